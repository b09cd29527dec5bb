"""Committees that decide evaluations, and the position by which they did."""

from alembic import op

revision = "20261201_0240"
down_revision = "20261201_0230"
branch_labels = None
depends_on = None

SCOPES = "'crime_138', 'movement', 'model'"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE evaluation ADD COLUMN decided_as varchar(200)")
    op.execute(
        "ALTER TABLE evaluation_round ADD COLUMN decide_committee varchar(32), "
        "ADD CONSTRAINT ck_evaluation_round_decide_committee "
        f"CHECK (decide_committee IN ({SCOPES}))"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE evaluation_round DROP COLUMN decide_committee")
    op.execute("ALTER TABLE evaluation DROP COLUMN decided_as")
