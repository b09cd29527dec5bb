"""Where accounts and clients lie, so that their lists are scoped by one equality."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_9"
down_revision = "20261122_5"
branch_labels = None
depends_on = None

TABLES = ("account", "client")
PLACE = ("province_id", "district_id", "commune_id", "village_id")
INDEXED = ("province_id", "commune_id", "village_id")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        for column in PLACE:
            op.add_column(table, sa.Column(column, sa.Uuid(), nullable=True))
        op.execute(
            f"UPDATE {table} r SET province_id = u.province_id, district_id = u.district_id, "
            "commune_id = u.commune_id, village_id = u.village_id FROM unit u "
            "WHERE u.id = r.unit_id"
        )
        for column in INDEXED:
            op.create_index(f"ix_{table}_{column}_id", table, [column, "id"])
        op.execute(
            f"CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION place_row()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        op.execute(f"DROP TRIGGER place_row ON {table}")
        for column in INDEXED:
            op.drop_index(f"ix_{table}_{column}_id", table_name=table)
        for column in PLACE:
            op.drop_column(table, column)
