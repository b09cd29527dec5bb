"""Numbers of tips, as sources state them."""

from alembic import op

revision = "20261122_20"
down_revision = "20261122_19"
branch_labels = None
depends_on = None

BEFORE = "counts IN ('documents', 'commendations')"
SINCE = "counts IN ('documents', 'commendations', 'tips')"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _counts(SINCE)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DELETE FROM stated_tally WHERE counts = 'tips'")
    _counts(BEFORE)


def _counts(test: str) -> None:
    op.drop_constraint(op.f("ck_stated_tally_tallyof"), "stated_tally", type_="check")
    op.create_check_constraint(op.f("ck_stated_tally_tallyof"), "stated_tally", test)
