"""News of purges: of some records only those who had a part in them get any."""

from app.db.migration_scripts import run_statements

revision = "20261201_0340"
down_revision = "20261201_0330"
branch_labels = None
depends_on = None

ADD = "SET LOCAL lock_timeout = '5s'; ALTER TABLE outbox ADD COLUMN readers TEXT[];"


def upgrade() -> None:
    run_statements(ADD)


def downgrade() -> None:
    run_statements("ALTER TABLE outbox DROP COLUMN readers;")
