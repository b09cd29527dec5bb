"""Targets, and their values from day to day."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261130_2350"
down_revision = "20261130_2340"
branch_labels = None
depends_on = None

DROP = "DROP TABLE target_value, target;"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("tables/targets.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(DROP)
