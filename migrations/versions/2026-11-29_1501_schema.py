"""The tables, their constraints and indexes."""

from alembic import op

from app.db.migration_scripts import list_created, run_script

revision = "20261129_1501"
down_revision = None
branch_labels = None
depends_on = None

TABLES = tuple(
    f"tables/{name}.sql"
    for name in (
        "units", "records", "audit", "auth", "login", "calendars", "deadlines", "documents",
        "stated_tallies", "commendations", "programme_models", "model_records", "forces",
        "team_members", "committees", "tips", "tip_parts", "tip_transfers",
    )
)  # fmt: skip


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for extension in ("btree_gist", "pg_trgm"):
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    for script in TABLES:
        run_script(script)


def downgrade() -> None:
    """Drop the tables; the extensions stay, for something else may use them."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"DROP TABLE {list_created('TABLE', *TABLES)}")
