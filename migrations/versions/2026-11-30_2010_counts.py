"""Indexes that counts by place read alone."""

from alembic import op

from app.db.migration_scripts import run_statements

revision = "20261130_2010"
down_revision = "20261130_1950"
branch_labels = None
depends_on = None

LEVELS = ("province", "district", "commune", "village")
ALONE = " INCLUDE (valid_from, valid_to, unit_id, commune_id, village_id)"
PLACES = """
DROP INDEX ix_unit_place_{level}_id;
CREATE INDEX ix_unit_place_{level}_id ON unit_place ({level}_id){more};
"""
TERMS = """
DROP INDEX ix_team_term_team_id;
CREATE INDEX ix_team_term_team_id ON team_term (team_id){more};
"""
# Quantities that were entered for a day, by which counts find what has changed since.
ENTERED = """
CREATE INDEX ix_quantity_field_valid_from ON quantity (field, valid_from, resource_id)
    WHERE superseded_at IS NULL AND valid_from > '-infinity';
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for level in LEVELS:
        run_statements(PLACES.format(level=level, more=ALONE))
    run_statements(TERMS.format(more=" INCLUDE (since, until, voided_at)"))
    run_statements(ENTERED)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements("DROP INDEX ix_quantity_field_valid_from")
    run_statements(TERMS.format(more=""))
    for level in LEVELS:
        run_statements(PLACES.format(level=level, more=""))
