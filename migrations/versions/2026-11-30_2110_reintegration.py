"""Reintegration cases: who is helped back, what is done, and who may see it."""

from alembic import op

from app.db.migration_scripts import list_created, run_script, run_statements

revision = "20261130_2110"
down_revision = "20261130_2012"
branch_labels = None
depends_on = None

TABLES = "tables/reintegration.sql"
FUNCTIONS = (
    "lies_in_own_place", "is_case_orphaned", "is_case_handover_late", "has_part_in_case",
    "may_assign_case", "take_case", "cases_in_support",
)  # fmt: skip
NAME = "ck_retention_rule_retentionof"
CHECK = f"""
ALTER TABLE retention_rule DROP CONSTRAINT {NAME}, ADD CONSTRAINT {NAME} CHECK ("of" IN ({{}}))
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(CHECK.format("'tip', 'identity', 'notice', 'case'"))
    run_script(TABLES)
    for name in FUNCTIONS:
        run_script(f"functions/{name}_v1.sql")
    run_script("policies_of_cases.sql")
    run_script("views/reintegration_cohort_v1.sql")
    run_script("tables/reintegration_grants.sql")
    for placed in ("reintegration_case", "reintegration_transfer"):
        op.execute(f"ALTER TABLE {placed} SET (fillfactor = 85)")  # a row moves with the map


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DELETE FROM retention_rule WHERE \"of\" = 'case'")
    op.execute(CHECK.format("'tip', 'identity', 'notice'"))
    run_statements("DROP VIEW reintegration_cohort")
    run_statements(f"DROP TABLE {list_created('TABLE', TABLES)}")
    run_statements(f"DROP FUNCTION {', '.join(reversed(FUNCTIONS))}")
