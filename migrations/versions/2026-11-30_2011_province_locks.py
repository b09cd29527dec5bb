"""Locks by province: a change of the map stops nobody elsewhere."""

from alembic import op

from app.db.migration_scripts import SCRIPTS, run_script, run_statements

revision = "20261130_2011"
down_revision = "20261130_2010"
branch_labels = None
depends_on = None

LATER = """
CREATE TABLE place_later (
    of_table REGCLASS NOT NULL,
    row_id UUID NOT NULL,
    CONSTRAINT pk_place_later PRIMARY KEY (of_table, row_id)
);
"""
# In this order: each is created after those that it calls.
NEW = (
    "lock_province", "lock_units", "lock_named_units", "lock_provinces", "keep_map",
    "place_row_later", "place_late",
)  # fmt: skip
OWNERS = """
REVOKE ALL ON FUNCTION place_row_later, place_late FROM PUBLIC;
GRANT EXECUTE ON FUNCTION place_late TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION place_row_later TO
    binhyen_runtime, binhyen_intake, binhyen_informant, binhyen_vault, binhyen_keeper;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(LATER)
    for name in NEW:
        run_script(f"functions/{name}_v1.sql")
    run_statements(OWNERS)
    run_script("functions/place_row_v2.sql")


def downgrade() -> None:
    """Go back to one lock; rows that still wait for their place are placed first."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements("SELECT place_late()")
    before = (SCRIPTS / "functions/place_row_v1.sql").read_text(encoding="utf-8")
    run_statements(before.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
    run_statements(f"DROP FUNCTION {', '.join(reversed(NEW))}; DROP TABLE place_later;")
