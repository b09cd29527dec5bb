"""Activities with their numbers, campaigns, and tasks."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261130_1950"
down_revision = "20261130_1940"
branch_labels = None
depends_on = None

TABLES = ("task", "activity_line", "activity_part", "activity_unit", "activity", "campaign")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("tables/activities.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements("; ".join(f"DROP TABLE {table}" for table in TABLES))
