"""Models are found by the day of their launch and by a part of their name."""

from alembic import op

revision = "20261122_8"
down_revision = "20261122_3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index("ix_model_launched_on_id", "model", ["launched_on", "id"])
    op.create_index(
        "ix_model_search_key",
        "model",
        ["search_key"],
        postgresql_using="gin",
        postgresql_ops={"search_key": "gin_trgm_ops"},
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("ix_model_search_key", table_name="model")
    op.drop_index("ix_model_launched_on_id", table_name="model")
