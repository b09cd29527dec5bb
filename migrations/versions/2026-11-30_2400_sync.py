"""Offline sync: stored results of operations, and conflicts."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261130_2400"
down_revision = "20261130_2357"
branch_labels = None
depends_on = None

DROP = "DROP TABLE sync_conflict, sync_operation;"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("tables/sync.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(DROP)
