"""Figures: what sources print of a figure as it stands, and tips as numbers alone."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261130_1700"
down_revision = "20261130_1600"
branch_labels = None
depends_on = None

QUALIFIERS = ["equal", "more_than", "almost", "at_least", "less_than", "unquantified"]
MORE = ["at_most", "about"]
COLUMNS = """
ALTER TABLE stated_figure ADD COLUMN value_text VARCHAR(100),
    ADD COLUMN counting_unit_text VARCHAR(100), ADD COLUMN place_text VARCHAR(200);
"""
CHECKS = """
ALTER TABLE stated_figure DROP CONSTRAINT ck_stated_figure_qualifier,
    DROP CONSTRAINT ck_stated_figure_unquantified_has_no_value;
ALTER TABLE stated_figure ADD CONSTRAINT ck_stated_figure_qualifier
    CHECK (qualifier IN ('{qualifiers}')),
    ADD CONSTRAINT ck_stated_figure_unquantified_has_no_value CHECK ({unquantified});
"""
TEXT_OR_VALUE = "(qualifier = 'unquantified' OR value_text IS NOT NULL) = (value IS NULL)"
VALUE = "(qualifier = 'unquantified') = (value IS NULL)"
# what the version before cannot hold, as near as it can
BACK = """
UPDATE stated_figure SET qualifier = 'almost' WHERE qualifier IN ('at_most', 'about');
UPDATE stated_figure SET qualifier = 'unquantified' WHERE value IS NULL;
"""
DROP = """
DROP VIEW tip_tally, tip_service_tally;
ALTER TABLE stated_figure DROP COLUMN value_text, DROP COLUMN counting_unit_text,
    DROP COLUMN place_text;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(COLUMNS)
    _check([*QUALIFIERS, *MORE], TEXT_OR_VALUE)
    run_script("views/tip_tally_v1.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(BACK)
    _check(QUALIFIERS, VALUE)
    run_statements(DROP)


def _check(qualifiers: list[str], unquantified: str) -> None:
    run_statements(CHECKS.format(qualifiers="', '".join(qualifiers), unquantified=unquantified))
