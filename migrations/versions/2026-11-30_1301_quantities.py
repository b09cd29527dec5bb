"""Quantities of records hold from a day; those that stand hold since their record began."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261130_1301"
down_revision = "20261130_1300"
branch_labels = None
depends_on = None

FIELDS = {"model": ("households", "residents", "groups"), "team": ("counted_size",)}
MOVE = """
INSERT INTO quantity (id, recorded_at, resource, resource_id, field, valid_from, value, recorded_by)
SELECT gen_random_uuid(), created_at, '{table}', id, '{field}', '-infinity', {field}::int,
    created_by FROM {table} WHERE {condition};
"""
TRIGGERS = """
CREATE TRIGGER keep_first_quantities AFTER INSERT ON model FOR EACH ROW
    EXECUTE FUNCTION keep_first_quantities('households', 'residents', 'groups', 'pilot');
CREATE TRIGGER keep_first_quantities AFTER INSERT ON team FOR EACH ROW
    EXECUTE FUNCTION keep_first_quantities('counted_size');
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("tables/quantities.sql")
    run_script("functions/keep_first_quantities_v1.sql")
    for table, fields in FIELDS.items():
        for field in fields:
            run_statements(MOVE.format(table=table, field=field, condition=f"{field} IS NOT NULL"))
    run_statements(MOVE.format(table="model", field="pilot", condition="pilot"))
    run_statements(TRIGGERS)


def downgrade() -> None:
    """Go back to one number a record, the latest; the columns have it."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements("DROP FUNCTION keep_first_quantities() CASCADE; DROP TABLE quantity")
