"""Deadlines of the requests in a case: each has its own, in place of one for all of them."""

from alembic import op

from app.db.migration_scripts import run_statements

revision = "20261201_0200"
down_revision = "20261201_0130"
branch_labels = None
depends_on = None

# the owner of the tables sees requests while their policies are not forced on it
FORCED = "ALTER TABLE reintegration_request {} ROW LEVEL SECURITY"
OWN = """
UPDATE deadline d SET resource = 'reintegration_request', resource_id = r.id
FROM (SELECT DISTINCT ON (case_id) case_id, id FROM reintegration_request
      WHERE answer IS NULL ORDER BY case_id, recorded_on, id) r
WHERE d.resource = 'reintegration_case' AND d.resource_id = r.case_id
  AND d.rule_code = 'data_request_reply' AND d.met_at IS NULL
"""
SHARED = """
UPDATE deadline d SET resource = 'reintegration_case', resource_id = r.case_id,
  state = CASE WHEN r.nth = 1 OR d.state = 'breached' THEN d.state ELSE 'met' END,
  met_at = CASE WHEN r.nth = 1 THEN d.met_at ELSE coalesce(d.met_at, now()) END
FROM (SELECT o.id, q.case_id, row_number() OVER (
        PARTITION BY q.case_id, o.state IN ('running', 'extended', 'paused')
        ORDER BY o.due_at, o.id) AS nth
      FROM deadline o JOIN reintegration_request q ON q.id = o.resource_id
      WHERE o.resource = 'reintegration_request') r
WHERE r.id = d.id
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(FORCED.format("NO FORCE"))
    run_statements(OWN)
    run_statements(FORCED.format("FORCE"))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(FORCED.format("NO FORCE"))
    run_statements(SHARED)
    run_statements(FORCED.format("FORCE"))
