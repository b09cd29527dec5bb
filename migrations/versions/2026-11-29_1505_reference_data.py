"""Initial data of every installation; data that can be replaced is loaded from files instead."""

from alembic import op

from app.db.migration_scripts import run_script

revision = "20261129_1505"
down_revision = "20261129_1504"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("reference_data.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DELETE FROM rating_terms")
