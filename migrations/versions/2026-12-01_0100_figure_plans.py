"""Indexes by which figures are added up, and tallies of tips that are read by them."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261201_0100"
down_revision = "20261201_0010"
branch_labels = None
depends_on = None

DATE = """
ALTER TABLE activity_unit ADD COLUMN ends_on date;
UPDATE activity_unit u SET ends_on = a.ends_on FROM activity a
WHERE a.id = u.activity_id AND a.ends_on IS NOT NULL;
"""
UNDATE = """
DROP FUNCTION date_activity_units CASCADE;
ALTER TABLE activity_unit DROP COLUMN ends_on;
"""
INDEXES = {  # an index, and what it was before
    "ix_activity_unit_unit_id_ends_on": (
        "activity_unit (unit_id, ends_on) INCLUDE (activity_id)", None,
    ),
    "ix_activity_ends_on_id": (
        "activity (ends_on, id) INCLUDE (kind, state, voided_at)", "activity (ends_on, id)",
    ),
    "ix_activity_line_measure_day_activity_id": (
        "activity_line (measure, day, activity_id) INCLUDE (category, value, qualifier, voided_at)",
        "activity_line (measure, day, activity_id)",
    ),
    "ix_team_unit_id_id": (
        "team (unit_id, id) INCLUDE (kind, established_on, dissolved_on, voided_at)",
        "team (unit_id, id)",
    ),
    "ix_incident_unit_id_period_to": ("incident (unit_id, period_to)", None),
    "ix_unit_version_level_valid": (
        "unit_version (level, valid_to, valid_from) INCLUDE (unit_id, kind)", None,
    ),
    "ix_tip_received_unit_id_received_on": (
        "tip (received_unit_id, received_on) INCLUDE (id, resolved_on, resolved_in_time)",
        "tip (received_unit_id, received_on)",
    ),
}  # fmt: skip


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(DATE)
    run_script("functions/date_activity_units_v1.sql")
    for name, (now, _) in INDEXES.items():
        _replace(name, now)
    run_script("views/tip_tally_v2.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements("DROP VIEW tip_tally, tip_service_tally;")
    run_script("views/tip_tally_v1.sql")
    for name, (_, before) in INDEXES.items():
        _replace(name, before)
    run_statements(UNDATE)


def _replace(name: str, index: str | None) -> None:
    run_statements(f"DROP INDEX IF EXISTS {name};")
    if index:
        run_statements(f"CREATE INDEX {name} ON {index};")
