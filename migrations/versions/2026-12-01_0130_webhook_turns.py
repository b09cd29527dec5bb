"""Messages that are due, by endpoint: each gets a few at a time."""

from app.db.migration_scripts import run_statements

revision = "20261201_0130"
down_revision = "20261201_0100"
branch_labels = None
depends_on = None

DUE = """
DROP INDEX ix_webhook_delivery_due;
CREATE INDEX ix_webhook_delivery_due ON webhook_delivery ({columns}) WHERE state = 'waiting';
"""


def upgrade() -> None:
    _index("endpoint_id, next_attempt_at, seq")


def downgrade() -> None:
    _index("next_attempt_at, seq")


def _index(columns: str) -> None:
    run_statements(DUE.format(columns=columns))
