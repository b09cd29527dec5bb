"""Dated places: where each unit lay at each time, written down with the map."""

from alembic import op

from app.db.migration_scripts import SCRIPTS, run_script, run_statements

revision = "20261130_1600"
down_revision = "20261130_1500"
branch_labels = None
depends_on = None

NEW = ("dated_places", "date_units")
CHANGED = {"place_units": 2, "place_records": 3}
FILL = "SELECT place_units(NULL)"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("tables/unit_places.sql")
    for name in NEW:
        run_script(f"functions/{name}_v1.sql")
    for name, version in CHANGED.items():
        run_script(f"functions/{name}_v{version}.sql")
    run_statements(FILL)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name, version in CHANGED.items():
        before = (SCRIPTS / f"functions/{name}_v{version - 1}.sql").read_text(encoding="utf-8")
        run_statements(before.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
    run_statements("DROP FUNCTION date_units, dated_places; DROP TABLE unit_place")
