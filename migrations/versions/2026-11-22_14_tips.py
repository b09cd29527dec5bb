"""Tips, what of them is sealed, their transfers, identities, holds, terms and public counter."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_14"
down_revision = "20261122_13"
branch_labels = None
depends_on = None

PLACED = ("tip", "tip_transfer", "tip_stub", "tip_desk", "identity_request")
HOLDERS = ("province_id", "district_id", "commune_id", "unit_id")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "retention_rule",
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
        sa.Column(
            "of",
            sa.Enum(
                "tip",
                "identity",
                "notice",
                name="retentionof",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("certainty", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule")),
    )
    op.create_index(
        "uq_retention_rule_of_valid_from", "retention_rule", ["of", "valid_from"], unique=True
    )
    op.create_table(
        "spent_work",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_spent_work")),
    )
    op.create_table(
        "tip",
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
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("received_unit_id", sa.Uuid(), nullable=False),
        sa.Column("excluded_unit_id", sa.Uuid(), nullable=True),
        sa.Column("about_officials", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "online",
                "in_person",
                "phone",
                "post",
                "other",
                name="tipchannel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "crime_denunciation",
                "crime_report",
                "prosecution_proposal",
                "violation_info",
                "feedback",
                "unknown",
                name="tipkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "category",
            sa.Enum(
                "life_and_health",
                "property",
                "drugs",
                "gambling",
                "fraud",
                "domestic_violence",
                "children",
                "weapons",
                "traffic",
                "fire",
                "resources",
                "residence",
                "corruption",
                "security",
                "public_order",
                "other",
                name="tipcategory",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "recorded",
                "triaged",
                "transferred",
                "with_investigator",
                "suspended",
                "handled_locally",
                "forwarded",
                "decided_prosecute",
                "decided_not",
                "informant_notified",
                "closed",
                name="tipstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("has_contact", sa.Boolean(), nullable=False),
        sa.Column("shared", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("kept_back", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("is_useful", sa.Boolean(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "prosecuted",
                "not_prosecuted",
                "handled_locally",
                "forwarded",
                name="tipoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("resolved_in_time", sa.Boolean(), nullable=True),
        sa.Column("informed_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), server_default=sa.text("'9999-01-01'"), nullable=False),
        sa.Column("clock", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=True),
        sa.Column("overdue", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("expired_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL)", name=op.f("ck_tip_closed_has_date")
        ),
        sa.CheckConstraint("closed_on >= received_on", name=op.f("ck_tip_closed_after_received")),
        sa.ForeignKeyConstraint(
            ["excluded_unit_id"], ["unit.id"], name=op.f("fk_tip_excluded_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["received_unit_id"], ["unit.id"], name=op.f("fk_tip_received_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_tip_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip")),
    )
    op.create_index(
        "ix_tip_expires_on",
        "tip",
        ["expires_on"],
        unique=False,
        postgresql_where=sa.text("expired_on IS NULL"),
    )
    for place in HOLDERS:
        for by in ("received_on", "due_on"):
            op.create_index(f"ix_tip_{place}_{by}_id", "tip", [place, by, "id"])
    op.create_index("ix_tip_overdue", "tip", ["due_on"], postgresql_where=sa.text("NOT overdue"))
    op.create_index(
        "ix_tip_received_unit_id_received_on",
        "tip",
        ["received_unit_id", "received_on"],
        unique=False,
    )
    op.create_table(
        "tip_count",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "event",
            sa.Enum(
                "received",
                "answered",
                "late",
                name="countedevent",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_tip_count_unit_id_unit")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_tip_count")),
        sa.UniqueConstraint("leaf", name=op.f("uq_tip_count_leaf")),
    )
    op.create_index(op.f("ix_tip_count_unit_id"), "tip_count", ["unit_id"], unique=False)
    op.create_table(
        "tip_desk",
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
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_tip_desk_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_desk")),
    )
    op.create_index("ix_tip_desk_commune_id_id", "tip_desk", ["commune_id", "id"], unique=False)
    op.create_index("ix_tip_desk_district_id_id", "tip_desk", ["district_id", "id"], unique=False)
    op.create_index("ix_tip_desk_province_id_id", "tip_desk", ["province_id", "id"], unique=False)
    op.create_index("ix_tip_desk_unit_id_id", "tip_desk", ["unit_id", "id"], unique=False)
    op.create_index("ix_tip_desk_village_id_id", "tip_desk", ["village_id", "id"], unique=False)
    op.create_index("uq_tip_desk_unit_id", "tip_desk", ["unit_id"], unique=True)
    op.create_table(
        "identity_request",
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
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("requester_unit_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "approved",
                "declined",
                "withdrawn",
                "expired",
                name="identityrequeststate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("decider_unit_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=True),
        sa.Column("opens_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("first_opened_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decider_unit_id"], ["unit.id"], name=op.f("fk_identity_request_decider_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["requester_unit_id"],
            ["unit.id"],
            name=op.f("fk_identity_request_requester_unit_id_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_identity_request_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_identity_request_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_request")),
    )
    op.create_index(
        "ix_identity_request_commune_id_id", "identity_request", ["commune_id", "id"], unique=False
    )
    op.create_index(
        "ix_identity_request_district_id_id",
        "identity_request",
        ["district_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_identity_request_province_id_id",
        "identity_request",
        ["province_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_identity_request_unit_id_id", "identity_request", ["unit_id", "id"], unique=False
    )
    op.create_index(
        "ix_identity_request_village_id_id", "identity_request", ["village_id", "id"], unique=False
    )
    op.create_index(
        "uq_identity_request_open",
        "identity_request",
        ["tip_id", "requested_by"],
        unique=True,
        postgresql_where=sa.text("state IN ('requested', 'approved')"),
    )
    op.create_table(
        "kept_receipt",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_kept_receipt_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_kept_receipt")),
    )
    op.create_table(
        "tip_assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("assigned_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_assignment_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_assignment")),
    )
    op.create_index("ix_tip_assignment_subject", "tip_assignment", ["subject"], unique=False)
    op.create_index(
        "uq_tip_assignment_live",
        "tip_assignment",
        ["tip_id", "subject"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "tip_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("keys", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_attachment_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_attachment")),
    )
    op.create_index("ix_tip_attachment_tip_id", "tip_attachment", ["tip_id"], unique=False)
    op.create_table(
        "tip_hold",
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
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("release_reason", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_tip_hold_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_hold_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_hold")),
    )
    op.create_index(
        "uq_tip_hold_live",
        "tip_hold",
        ["tip_id"],
        unique=True,
        postgresql_where=sa.text("released_on IS NULL"),
    )
    op.create_table(
        "tip_identity",
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("keys", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_identity_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tip_id", name=op.f("pk_tip_identity")),
    )
    op.create_table(
        "tip_likeness",
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_likeness_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tip_id", "place", name=op.f("pk_tip_likeness")),
    )
    op.create_index("ix_tip_likeness_place_value", "tip_likeness", ["place", "value"], unique=False)
    op.create_table(
        "tip_link",
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("linked_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("linked_on", sa.Date(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=True),
        sa.CheckConstraint("tip_id < other_id", name=op.f("ck_tip_link_named_once")),
        sa.ForeignKeyConstraint(
            ["other_id"], ["tip.id"], name=op.f("fk_tip_link_other_id_tip"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_link_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tip_id", "other_id", name=op.f("pk_tip_link")),
    )
    op.create_index("ix_tip_link_other_id", "tip_link", ["other_id"], unique=False)
    op.create_table(
        "tip_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_informant", sa.Boolean(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("keys", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_message_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_message")),
    )
    op.create_index(
        "ix_tip_message_tip_id_number", "tip_message", ["tip_id", "number"], unique=True
    )
    op.create_table(
        "tip_receipt",
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_receipt_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_tip_receipt")),
        sa.UniqueConstraint("tip_id", name=op.f("uq_tip_receipt_tip_id")),
    )
    op.create_table(
        "tip_redaction",
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
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.Column("begin", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("permanent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_redaction_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_redaction")),
    )
    op.create_index("ix_tip_redaction_tip_id_id", "tip_redaction", ["tip_id", "id"], unique=False)
    op.create_table(
        "tip_stub",
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
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("to_unit_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "recorded",
                "triaged",
                "transferred",
                "with_investigator",
                "suspended",
                "handled_locally",
                "forwarded",
                "decided_prosecute",
                "decided_not",
                "informant_notified",
                "closed",
                name="tipstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "prosecuted",
                "not_prosecuted",
                "handled_locally",
                "forwarded",
                name="tipoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_stub_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_unit_id"], ["unit.id"], name=op.f("fk_tip_stub_to_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_tip_stub_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_stub")),
    )
    op.create_index("ix_tip_stub_commune_id_id", "tip_stub", ["commune_id", "id"], unique=False)
    op.create_index("ix_tip_stub_district_id_id", "tip_stub", ["district_id", "id"], unique=False)
    op.create_index("ix_tip_stub_province_id_id", "tip_stub", ["province_id", "id"], unique=False)
    op.create_index("ix_tip_stub_tip_id", "tip_stub", ["tip_id"], unique=False)
    op.create_index("ix_tip_stub_unit_id_id", "tip_stub", ["unit_id", "id"], unique=False)
    op.create_index("ix_tip_stub_village_id_id", "tip_stub", ["village_id", "id"], unique=False)
    op.create_table(
        "tip_text",
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("keys", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_text_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tip_id", name=op.f("pk_tip_text")),
    )
    op.create_table(
        "tip_transfer",
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
        sa.Column("tip_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("from_unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "accepted",
                "declined",
                "withdrawn",
                name="transferstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "crime_denunciation",
                "crime_report",
                "prosecution_proposal",
                "violation_info",
                "feedback",
                "unknown",
                name="tipkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "category",
            sa.Enum(
                "life_and_health",
                "property",
                "drugs",
                "gambling",
                "fraud",
                "domestic_violence",
                "children",
                "weapons",
                "traffic",
                "fire",
                "resources",
                "residence",
                "corruption",
                "security",
                "public_order",
                "other",
                name="tipcategory",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("shared", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_unit_id"], ["unit.id"], name=op.f("fk_tip_transfer_from_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["tip.id"], name=op.f("fk_tip_transfer_tip_id_tip"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_tip_transfer_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_transfer")),
    )
    op.create_index(
        "ix_tip_transfer_commune_id_id", "tip_transfer", ["commune_id", "id"], unique=False
    )
    op.create_index(
        "ix_tip_transfer_district_id_id", "tip_transfer", ["district_id", "id"], unique=False
    )
    op.create_index(
        "ix_tip_transfer_province_id_id", "tip_transfer", ["province_id", "id"], unique=False
    )
    op.create_index("ix_tip_transfer_tip_id_id", "tip_transfer", ["tip_id", "id"], unique=False)
    op.create_index("ix_tip_transfer_unit_id_id", "tip_transfer", ["unit_id", "id"], unique=False)
    op.create_index(
        "ix_tip_transfer_village_id_id", "tip_transfer", ["village_id", "id"], unique=False
    )
    op.create_index(
        "uq_tip_transfer_open",
        "tip_transfer",
        ["tip_id"],
        unique=True,
        postgresql_where=sa.text("state = 'offered'"),
    )
    for table in PLACED:
        op.execute(
            f"CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION place_row()"
        )
    _list_clocks(" WHERE resource <> 'tip'")


def _list_clocks(which: str) -> None:
    """The indexes by which clocks are listed: those of tips are in no such list any more."""
    for place in ("", "province_id_", "district_id_", "commune_id_", "village_id_"):
        columns = f"{place.removesuffix('_')}, " if place else ""
        op.execute(f"DROP INDEX ix_deadline_{place}due")
        op.execute(
            f"CREATE INDEX ix_deadline_{place}due ON deadline ({columns}due_on, due_at, id){which}"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _list_clocks("")
    op.drop_index(
        "uq_tip_transfer_open",
        table_name="tip_transfer",
        postgresql_where=sa.text("state = 'offered'"),
    )
    op.drop_index("ix_tip_transfer_village_id_id", table_name="tip_transfer")
    op.drop_index("ix_tip_transfer_unit_id_id", table_name="tip_transfer")
    op.drop_index("ix_tip_transfer_tip_id_id", table_name="tip_transfer")
    op.drop_index("ix_tip_transfer_province_id_id", table_name="tip_transfer")
    op.drop_index("ix_tip_transfer_district_id_id", table_name="tip_transfer")
    op.drop_index("ix_tip_transfer_commune_id_id", table_name="tip_transfer")
    op.drop_table("tip_transfer")
    op.drop_table("tip_text")
    op.drop_index("ix_tip_stub_village_id_id", table_name="tip_stub")
    op.drop_index("ix_tip_stub_unit_id_id", table_name="tip_stub")
    op.drop_index("ix_tip_stub_tip_id", table_name="tip_stub")
    op.drop_index("ix_tip_stub_province_id_id", table_name="tip_stub")
    op.drop_index("ix_tip_stub_district_id_id", table_name="tip_stub")
    op.drop_index("ix_tip_stub_commune_id_id", table_name="tip_stub")
    op.drop_table("tip_stub")
    op.drop_index("ix_tip_redaction_tip_id_id", table_name="tip_redaction")
    op.drop_table("tip_redaction")
    op.drop_table("tip_receipt")
    op.drop_index("ix_tip_message_tip_id_number", table_name="tip_message")
    op.drop_table("tip_message")
    op.drop_index("ix_tip_link_other_id", table_name="tip_link")
    op.drop_table("tip_link")
    op.drop_index("ix_tip_likeness_place_value", table_name="tip_likeness")
    op.drop_table("tip_likeness")
    op.drop_table("tip_identity")
    op.drop_index(
        "uq_tip_hold_live", table_name="tip_hold", postgresql_where=sa.text("released_on IS NULL")
    )
    op.drop_table("tip_hold")
    op.drop_index("ix_tip_attachment_tip_id", table_name="tip_attachment")
    op.drop_table("tip_attachment")
    op.drop_index(
        "uq_tip_assignment_live",
        table_name="tip_assignment",
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.drop_index("ix_tip_assignment_subject", table_name="tip_assignment")
    op.drop_table("tip_assignment")
    op.drop_table("kept_receipt")
    op.drop_index(
        "uq_identity_request_open",
        table_name="identity_request",
        postgresql_where=sa.text("state IN ('requested', 'approved')"),
    )
    op.drop_index("ix_identity_request_village_id_id", table_name="identity_request")
    op.drop_index("ix_identity_request_unit_id_id", table_name="identity_request")
    op.drop_index("ix_identity_request_province_id_id", table_name="identity_request")
    op.drop_index("ix_identity_request_district_id_id", table_name="identity_request")
    op.drop_index("ix_identity_request_commune_id_id", table_name="identity_request")
    op.drop_table("identity_request")
    op.drop_index("uq_tip_desk_unit_id", table_name="tip_desk")
    op.drop_index("ix_tip_desk_village_id_id", table_name="tip_desk")
    op.drop_index("ix_tip_desk_unit_id_id", table_name="tip_desk")
    op.drop_index("ix_tip_desk_province_id_id", table_name="tip_desk")
    op.drop_index("ix_tip_desk_district_id_id", table_name="tip_desk")
    op.drop_index("ix_tip_desk_commune_id_id", table_name="tip_desk")
    op.drop_table("tip_desk")
    op.drop_index(op.f("ix_tip_count_unit_id"), table_name="tip_count")
    op.drop_table("tip_count")
    op.drop_index("ix_tip_overdue", table_name="tip", postgresql_where=sa.text("NOT overdue"))
    for place in HOLDERS:
        for by in ("received_on", "due_on"):
            op.drop_index(f"ix_tip_{place}_{by}_id", table_name="tip")
    op.drop_index("ix_tip_received_unit_id_received_on", table_name="tip")
    op.drop_index(
        "ix_tip_expires_on", table_name="tip", postgresql_where=sa.text("expired_on IS NULL")
    )
    op.drop_table("tip")
    op.drop_table("spent_work")
    op.drop_index("uq_retention_rule_of_valid_from", table_name="retention_rule")
    op.drop_table("retention_rule")
