"""The functions, the view of dated units, and the triggers."""

from alembic import op

from app.db.migration_scripts import list_created, run_script

revision = "20261129_1502"
down_revision = "20261129_1501"
branch_labels = None
depends_on = None

VIEW = "views/unit_dated_v1.sql"
# In this order: each is created after those that it calls.
FUNCTIONS = tuple(
    f"functions/{name}_v1.sql"
    for name in (
        "today", "unit_ref", "unit_parent_at", "unit_ancestors", "unit_descendants", "unit_places",
        "place_units", "place_row", "place_records", "audit_wait", "keep_deadline_event",
        "protect_by_place", "protect_tips", "tip_of_receipt", "tip_still_kept", "tip_tallies",
        "take_tip", "clock_of_tip", "tell_stubs", "keep_back", "tell_overdue_tips",
    )
)  # fmt: skip


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for script in (VIEW, *FUNCTIONS, "triggers.sql"):
        run_script(script)


def downgrade() -> None:
    """Drop the functions, and with them the triggers that call them."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"DROP FUNCTION {list_created('FUNCTION', *FUNCTIONS)} CASCADE")
    op.execute(f"DROP VIEW {list_created('VIEW', VIEW)}")
