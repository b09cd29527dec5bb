"""Criteria sets, rounds and evaluations."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261130_2130"
down_revision = "20261130_2110"
branch_labels = None
depends_on = None

DROP = "DROP TABLE evaluation_answer, evaluation, evaluation_round, criteria_set;"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("tables/criteria.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(DROP)
