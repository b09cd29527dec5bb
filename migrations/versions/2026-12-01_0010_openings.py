"""Emergency openings of cases, and the time of a request for the policies."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261201_0010"
down_revision = "20261130_2400"
branch_labels = None
depends_on = None

FUNCTIONS = ("opening_of_case", "may_open_case", "case_to_open", "name_opening")
READ = (
    "case", "assignment", "identity", "need", "action", "contact", "support", "consent",
)  # fmt: skip

RIGHTS = """
GRANT SELECT, INSERT, UPDATE ON reintegration_opening TO binhyen_runtime;
GRANT SELECT, DELETE ON reintegration_opening TO binhyen_keeper;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements("DROP FUNCTION enter_request")
    run_script("functions/enter_request_v2.sql")
    run_script("functions/request_time_v1.sql")
    run_script("tables/reintegration_opening.sql")
    for name in FUNCTIONS:
        run_script(f"functions/{name}_v1.sql")
    run_script("policies_of_openings.sql")
    run_statements(RIGHTS)
    op.execute("ALTER TABLE reintegration_opening SET (fillfactor = 85)")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements("DROP TRIGGER name_opening ON audit_entry")
    for name in READ:
        run_statements(f"DROP POLICY opened_select ON reintegration_{name}")
    run_statements("DROP TABLE reintegration_opening")
    run_statements(f"DROP FUNCTION {', '.join(FUNCTIONS)}, request_time, enter_request")
    run_script("functions/enter_request_v1.sql")
