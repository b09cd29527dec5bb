"""Endpoints that have something to send, and the next message about each record, by an index."""

from app.db.migration_scripts import run_statements

revision = "20261201_0330"
down_revision = "20261201_0240"
branch_labels = None
depends_on = None

# a server of the version before writes neither column: its messages are looked at as before
ADD = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE webhook_endpoint ADD COLUMN due_at TIMESTAMPTZ;
ALTER TABLE webhook_delivery ADD COLUMN is_next BOOLEAN DEFAULT true NOT NULL;
UPDATE webhook_endpoint SET due_at = now() WHERE state = 'active';
CREATE INDEX ix_webhook_endpoint_due ON webhook_endpoint (due_at) WHERE state = 'active';
DROP INDEX ix_webhook_delivery_due;
CREATE INDEX ix_webhook_delivery_due ON webhook_delivery (endpoint_id, next_attempt_at, seq)
    WHERE state = 'waiting' AND is_next;
DROP INDEX ix_webhook_delivery_before;
CREATE INDEX ix_webhook_delivery_before
    ON webhook_delivery (endpoint_id, coalesce(resource_id, endpoint_id), seq)
    WHERE state = 'waiting';
"""
REMOVE = """
DROP INDEX ix_webhook_delivery_before;
CREATE INDEX ix_webhook_delivery_before ON webhook_delivery (endpoint_id, resource_id, seq)
    WHERE state = 'waiting';
DROP INDEX ix_webhook_delivery_due;
CREATE INDEX ix_webhook_delivery_due ON webhook_delivery (endpoint_id, next_attempt_at, seq)
    WHERE state = 'waiting';
DROP INDEX ix_webhook_endpoint_due;
ALTER TABLE webhook_delivery DROP COLUMN is_next;
ALTER TABLE webhook_endpoint DROP COLUMN due_at;
"""


def upgrade() -> None:
    run_statements(ADD)


def downgrade() -> None:
    run_statements(REMOVE)
