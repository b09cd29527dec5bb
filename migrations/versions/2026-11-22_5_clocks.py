"""Calendars, the rules that set terms, and the clocks of records."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_5"
down_revision = "20261122_6"
branch_labels = None
depends_on = None

PLACED = """
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON deadline
FOR EACH ROW EXECUTE FUNCTION place_row()
"""

# What has happened to a clock stays as it was written.
KEEP = """
CREATE FUNCTION keep_deadline_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'deadline_event is only ever added to';
END $$
"""
KEPT = """
CREATE TRIGGER keep_deadline_event BEFORE UPDATE OR DELETE ON deadline_event
FOR EACH ROW EXECUTE FUNCTION keep_deadline_event()
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "calendar",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_by",
            sqlmodel.sql.sqltypes.AutoString(),
            server_default="system",
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_by",
            sqlmodel.sql.sqltypes.AutoString(),
            server_default="system",
            nullable=False,
        ),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("name_vi", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("name_en", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("weekly_rest", sa.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint(
            "weekly_rest <@ ARRAY['monday', 'tuesday', 'wednesday', 'thursday', 'friday', "
            "'saturday', 'sunday'] AND cardinality(weekly_rest) < 7",
            name=op.f("ck_calendar_rests_on_days_of_the_week"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar")),
        sa.UniqueConstraint("code", name=op.f("uq_calendar_code")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_by",
            sqlmodel.sql.sqltypes.AutoString(),
            server_default="system",
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_by",
            sqlmodel.sql.sqltypes.AutoString(),
            server_default="system",
            nullable=False,
        ),
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "holiday",
                "working",
                name="daykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name_vi", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("name_en", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column(
            "certainty",
            sa.Enum(
                "verified",
                "read",
                "memory",
                "projected",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendar.id"], name=op.f("fk_calendar_day_calendar_id_calendar")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
    )
    op.create_index(
        "uq_calendar_day_calendar_id_day", "calendar_day", ["calendar_id", "day"], unique=True
    )
    op.create_table(
        "deadline_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_by",
            sqlmodel.sql.sqltypes.AutoString(),
            server_default="system",
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_by",
            sqlmodel.sql.sqltypes.AutoString(),
            server_default="system",
            nullable=False,
        ),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("name_vi", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("name_en", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("trigger", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "hour",
                "calendar_day",
                "working_day",
                "month",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rolls", sa.Boolean(), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("suspension_allowed", sa.Boolean(), nullable=False),
        sa.Column("suspension_most_days", sa.Integer(), nullable=True),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column(
            "certainty",
            sa.Enum(
                "verified",
                "read",
                "memory",
                "projected",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        postgresql.ExcludeConstraint(
            (sa.column("code"), "="),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            using="gist",
            name="one_edition_a_day",
        ),
        sa.CheckConstraint(
            "measure <> 'hour' OR NOT rolls", name=op.f("ck_deadline_rule_hours_do_not_roll")
        ),
        sa.CheckConstraint(
            "length > 0 AND edition > 0", name=op.f("ck_deadline_rule_counts_are_positive")
        ),
        sa.CheckConstraint(
            "suspension_allowed OR suspension_most_days IS NULL",
            name=op.f("ck_deadline_rule_most_days_of_what_is_allowed"),
        ),
        sa.CheckConstraint(
            "suspension_most_days > 0", name=op.f("ck_deadline_rule_most_days_are_positive")
        ),
        sa.CheckConstraint(
            "valid_from < valid_to", name=op.f("ck_deadline_rule_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendar.id"], name=op.f("fk_deadline_rule_calendar_id_calendar")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_rule")),
    )
    op.create_index(
        op.f("ix_deadline_rule_calendar_id"), "deadline_rule", ["calendar_id"], unique=False
    )
    op.create_index(
        "uq_deadline_rule_code_edition", "deadline_rule", ["code", "edition"], unique=True
    )
    op.create_table(
        "deadline",
        sa.Column("province_id", sa.Uuid(), nullable=True),
        sa.Column("district_id", sa.Uuid(), nullable=True),
        sa.Column("commune_id", sa.Uuid(), nullable=True),
        sa.Column("village_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_by",
            sqlmodel.sql.sqltypes.AutoString(),
            server_default="system",
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_by",
            sqlmodel.sql.sqltypes.AutoString(),
            server_default="system",
            nullable=False,
        ),
        sa.Column("resource", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("rule_code", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "paused",
                "extended",
                "met",
                "breached",
                name="deadlinestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pause_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_seconds", sa.Integer(), nullable=False),
        sa.Column("remaining_seconds", sa.Integer(), nullable=True),
        sa.Column("remaining_days", sa.Integer(), nullable=True),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("breached_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'breached') = (breached_at IS NOT NULL)",
            name=op.f("ck_deadline_breach_has_time"),
        ),
        sa.CheckConstraint(
            "(state = 'paused') = (paused_at IS NOT NULL) AND "
            "num_nonnulls(remaining_seconds, remaining_days) = "
            "CASE WHEN state = 'paused' THEN 1 ELSE 0 END",
            name=op.f("ck_deadline_paused_has_what_remains"),
        ),
        sa.CheckConstraint(
            "state <> 'met' OR met_at IS NOT NULL", name=op.f("ck_deadline_met_has_time")
        ),
        sa.CheckConstraint(
            "remaining_seconds >= 0 AND remaining_days >= 0",
            name=op.f("ck_deadline_remains_something"),
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["deadline_rule.id"], name=op.f("fk_deadline_rule_id_deadline_rule")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_deadline_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    op.create_index(
        "ix_deadline_commune_id_due",
        "deadline",
        ["commune_id", "due_on", "due_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_deadline_district_id_due",
        "deadline",
        ["district_id", "due_on", "due_at", "id"],
        unique=False,
    )
    op.create_index("ix_deadline_due", "deadline", ["due_on", "due_at", "id"], unique=False)
    op.create_index(
        "ix_deadline_pause_ends_at",
        "deadline",
        ["pause_ends_at"],
        unique=False,
        postgresql_where=sa.text("state = 'paused' AND pause_ends_at IS NOT NULL"),
    )
    op.create_index(
        "ix_deadline_province_id_due",
        "deadline",
        ["province_id", "due_on", "due_at", "id"],
        unique=False,
    )
    op.create_index("ix_deadline_resource_id_id", "deadline", ["resource_id", "id"], unique=False)
    op.create_index(op.f("ix_deadline_rule_id"), "deadline", ["rule_id"], unique=False)
    op.create_index(
        "ix_deadline_ticking",
        "deadline",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('running', 'extended')"),
    )
    op.create_index(op.f("ix_deadline_unit_id"), "deadline", ["unit_id"], unique=False)
    op.create_index(
        "ix_deadline_village_id_due",
        "deadline",
        ["village_id", "due_on", "due_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_deadline_live",
        "deadline",
        ["resource", "resource_id", "rule_code"],
        unique=True,
        postgresql_where=sa.text("state IN ('running', 'paused', 'extended')"),
    )
    op.create_table(
        "deadline_extension_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "hour",
                "calendar_day",
                "working_day",
                "month",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.CheckConstraint(
            "length > 0 AND times > 0 AND step > 0",
            name=op.f("ck_deadline_extension_step_counts_are_positive"),
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"],
            ["deadline_rule.id"],
            name=op.f("fk_deadline_extension_step_rule_id_deadline_rule"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_extension_step")),
    )
    op.create_index(
        "uq_deadline_extension_step_rule_id_step",
        "deadline_extension_step",
        ["rule_id", "step"],
        unique=True,
    )
    op.create_table(
        "deadline_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "started",
                "paused",
                "resumed",
                "extended",
                "met",
                "breached",
                "reckoned",
                name="deadlineact",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column(
            "measure",
            sa.Enum(
                "hour",
                "calendar_day",
                "working_day",
                "month",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=True),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=True),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadline.id"], name=op.f("fk_deadline_event_deadline_id_deadline")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_event")),
    )
    op.create_index(
        "uq_deadline_event_deadline_id_number",
        "deadline_event",
        ["deadline_id", "number"],
        unique=True,
    )
    for made in (PLACED, KEEP, KEPT):
        op.execute(made)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in (
        "deadline_event", "deadline_extension_step", "deadline", "deadline_rule", "calendar_day",
        "calendar",
    ):  # fmt: skip
        op.drop_table(table)
    op.execute("DROP FUNCTION keep_deadline_event")
