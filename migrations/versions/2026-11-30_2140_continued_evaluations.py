"""Evaluations of units that ended within a round, continued by those of their successors."""

from alembic import op

from app.db.migration_scripts import run_statements

revision = "20261130_2140"
down_revision = "20261130_2130"
branch_labels = None
depends_on = None

ADD = """
ALTER TABLE evaluation ADD COLUMN continued_by_id UUID;
ALTER TABLE evaluation ADD CONSTRAINT fk_evaluation_continued_by_id_evaluation
    FOREIGN KEY (continued_by_id) REFERENCES evaluation (id);
ALTER TABLE evaluation ADD CONSTRAINT ck_evaluation_continued_is_closed
    CHECK (continued_by_id IS NULL OR state = 'closed');
CREATE INDEX ix_evaluation_continued_by_id ON evaluation (continued_by_id);
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(ADD)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements("ALTER TABLE evaluation DROP COLUMN continued_by_id;")
