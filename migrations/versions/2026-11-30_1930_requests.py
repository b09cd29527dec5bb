"""Requests: one statement enters a session, one claims an idempotency key."""

from alembic import op

from app.db.migration_scripts import run_script

revision = "20261130_1930"
down_revision = "20261130_1700"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("functions/enter_request_v1.sql")
    run_script("functions/claim_key_v1.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP FUNCTION enter_request, claim_key")
