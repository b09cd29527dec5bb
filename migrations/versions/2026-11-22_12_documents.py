"""Documents with attachments, commendations, exemplars, numbers as sources state them."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "20261122_12"
down_revision = "20261122_11"
branch_labels = None
depends_on = None

PLACED = ("document", "stated_tally", "commendation", "exemplar")


# What the application may do with each; the owner alone changes the tables themselves.
RUNTIME = {
    "document": "SELECT, INSERT, UPDATE",
    "document_link": "SELECT, INSERT, UPDATE, DELETE",
    "stated_tally": "SELECT, INSERT, UPDATE",
    "attachment": "SELECT, INSERT, UPDATE",
    "commendation": "SELECT, INSERT, UPDATE",
    "exemplar": "SELECT, INSERT, UPDATE",
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "document",
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
        sa.Column(
            "kind",
            sa.Enum(
                "law",
                "decree",
                "circular",
                "resolution",
                "decision",
                "directive",
                "plan",
                "programme",
                "guidance",
                "report",
                "notice",
                "official_letter",
                "other",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=30), nullable=True),
        sa.Column("symbol", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_year", sa.Integer(), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("issuer", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("issuer_eid", sqlmodel.sql.sqltypes.AutoString(length=35), nullable=True),
        sa.Column("signer_position", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "national",
                "province",
                "district",
                "commune",
                "village",
                name="unitlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("period_from", sa.Integer(), nullable=True),
        sa.Column("period_to", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "signed",
                "issued",
                "amended",
                "replaced",
                "repealed",
                name="documentstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=True),
        sa.Column("search_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "in_force_on >= issued_on", name=op.f("ck_document_in_force_after_issue")
        ),
        sa.CheckConstraint(
            "issued_year IS NOT DISTINCT FROM CAST(EXTRACT(year FROM issued_on) AS integer)",
            name=op.f("ck_document_year_is_that_of_the_date"),
        ),
        sa.CheckConstraint(
            "period_from <= period_to AND period_from >= 1900 AND period_to <= 2200",
            name=op.f("ck_document_period_begins_before_it_ends"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_document_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index("ix_document_commune_id_id", "document", ["commune_id", "id"], unique=False)
    op.create_index("ix_document_district_id_id", "document", ["district_id", "id"], unique=False)
    op.create_index("ix_document_issued_on_id", "document", ["issued_on", "id"], unique=False)
    op.create_index("ix_document_kind_id", "document", ["kind", "id"], unique=False)
    op.create_index("ix_document_province_id_id", "document", ["province_id", "id"], unique=False)
    op.create_index(
        "ix_document_search_key",
        "document",
        ["search_key"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search_key": "gin_trgm_ops"},
    )
    op.create_index("ix_document_unit_id_id", "document", ["unit_id", "id"], unique=False)
    op.create_index("ix_document_village_id_id", "document", ["village_id", "id"], unique=False)
    op.create_index(
        "uq_document_numbered",
        "document",
        ["issuer_eid", "number", "symbol", "issued_year"],
        unique=True,
        postgresql_where=sa.text(
            "issuer_eid IS NOT NULL AND number IS NOT NULL AND symbol IS NOT NULL "
            "AND issued_year IS NOT NULL"
        ),
    )
    op.create_table(
        "stated_tally",
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
        sa.Column(
            "counts",
            sa.Enum(
                "documents",
                "commendations",
                name="tallyof",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "law",
                "decree",
                "circular",
                "resolution",
                "decision",
                "directive",
                "plan",
                "programme",
                "guidance",
                "report",
                "notice",
                "official_letter",
                "other",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "form",
            sa.Enum(
                "merit_certificate",
                "commendation_letter",
                "recognition_certificate",
                "commemorative_medal",
                name="commendationform",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "national",
                "province",
                "district",
                "commune",
                "village",
                name="unitlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("period_from", sa.Integer(), nullable=False),
        sa.Column("period_to", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column(
            "qualifier",
            sa.Enum(
                "equal",
                "more_than",
                "almost",
                "at_least",
                name="qualifier",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("quote", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.CheckConstraint(
            "counts = 'commendations' OR form IS NULL",
            name=op.f("ck_stated_tally_form_is_of_commendation"),
        ),
        sa.CheckConstraint(
            "counts = 'documents' OR kind IS NULL",
            name=op.f("ck_stated_tally_kind_is_of_documents"),
        ),
        sa.CheckConstraint("count >= 0", name=op.f("ck_stated_tally_count_is_not_negative")),
        sa.CheckConstraint(
            "period_from <= period_to AND period_from >= 1900 AND period_to <= 2200",
            name=op.f("ck_stated_tally_period_begins_before_it_ends"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_stated_tally_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_tally")),
    )
    op.create_index(
        "ix_stated_tally_commune_id_id", "stated_tally", ["commune_id", "id"], unique=False
    )
    op.create_index(
        "ix_stated_tally_district_id_id", "stated_tally", ["district_id", "id"], unique=False
    )
    op.create_index(
        "ix_stated_tally_province_id_id", "stated_tally", ["province_id", "id"], unique=False
    )
    op.create_index("ix_stated_tally_unit_id_id", "stated_tally", ["unit_id", "id"], unique=False)
    op.create_index(
        "ix_stated_tally_village_id_id", "stated_tally", ["village_id", "id"], unique=False
    )
    op.create_index(
        "uq_stated_tally_once",
        "stated_tally",
        ["unit_id", "counts", "label", "period_from", "period_to", "source"],
        unique=True,
    )
    op.create_table(
        "attachment",
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
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_attachment_sha256_is_one")),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachment_is_not_empty")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_attachment_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(
        "ix_attachment_document_id_id", "attachment", ["document_id", "id"], unique=False
    )
    op.create_index("ix_attachment_sha256_id", "attachment", ["sha256", "id"], unique=False)
    op.create_index(
        "uq_attachment_document_id_sha256_file_name",
        "attachment",
        ["document_id", "sha256", "file_name"],
        unique=True,
    )
    op.create_table(
        "commendation",
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
        sa.Column(
            "recipient_kind",
            sa.Enum(
                "collective",
                "individual",
                "model",
                name="recipientkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("recipient_name", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=True),
        sa.Column("recipient_label", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=True),
        sa.Column(
            "form",
            sa.Enum(
                "merit_certificate",
                "commendation_letter",
                "recognition_certificate",
                "commemorative_medal",
                name="commendationform",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "authority",
            sa.Enum(
                "state",
                "government",
                "ministry",
                "provincial_peoples_committee",
                "provincial_police",
                "district_peoples_committee",
                "commune_peoples_committee",
                "commune_police",
                "organisation",
                name="commendingauthority",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "national",
                "province",
                "district",
                "commune",
                "village",
                name="unitlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("achievement", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "nominated",
                "reviewed",
                "approved",
                "awarded",
                "declined",
                "revoked",
                name="commendationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("search_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN recipient_kind = 'individual' THEN recipient_name IS NULL "
            "ELSE recipient_label IS NULL AND recipient_name IS NOT NULL END",
            name=op.f("ck_commendation_persons_are_labels"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('awarded', 'revoked') OR "
            "(awarded_on IS NOT NULL AND document_id IS NOT NULL)",
            name=op.f("ck_commendation_awarded_by_a_document"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_commendation_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_commendation_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commendation")),
    )
    op.create_index(
        "ix_commendation_awarded_on_id", "commendation", ["awarded_on", "id"], unique=False
    )
    op.create_index(
        "ix_commendation_commune_id_id", "commendation", ["commune_id", "id"], unique=False
    )
    op.create_index(
        "ix_commendation_district_id_id", "commendation", ["district_id", "id"], unique=False
    )
    op.create_index(
        "ix_commendation_document_id_id", "commendation", ["document_id", "id"], unique=False
    )
    op.create_index(
        "ix_commendation_province_id_id", "commendation", ["province_id", "id"], unique=False
    )
    op.create_index(
        "ix_commendation_search_key",
        "commendation",
        ["search_key"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search_key": "gin_trgm_ops"},
    )
    op.create_index("ix_commendation_state_id", "commendation", ["state", "id"], unique=False)
    op.create_index("ix_commendation_unit_id_id", "commendation", ["unit_id", "id"], unique=False)
    op.create_index(
        "ix_commendation_village_id_id", "commendation", ["village_id", "id"], unique=False
    )
    op.create_table(
        "document_link",
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
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("earlier_id", sa.Uuid(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "amends",
                "replaces",
                "repeals",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "document_id <> earlier_id", name=op.f("ck_document_link_never_to_itself")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_document_link_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["document.id"], name=op.f("fk_document_link_earlier_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_link")),
    )
    op.create_index(
        "ix_document_link_earlier_id_id", "document_link", ["earlier_id", "id"], unique=False
    )
    op.create_index(
        "uq_document_link_document_id_earlier_id",
        "document_link",
        ["document_id", "earlier_id"],
        unique=True,
    )
    op.create_table(
        "exemplar",
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
        sa.Column(
            "subject_kind",
            sa.Enum(
                "collective",
                "model",
                "unit",
                "person",
                name="subjectkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_name", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=True),
        sa.Column("subject_label", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "national",
                "province",
                "district",
                "commune",
                "village",
                name="unitlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("description", sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
        sa.Column("commendation_id", sa.Uuid(), nullable=True),
        sa.Column("search_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN subject_kind = 'person' THEN subject_name IS NULL "
            "ELSE subject_label IS NULL AND subject_name IS NOT NULL END",
            name=op.f("ck_exemplar_persons_are_labels"),
        ),
        sa.CheckConstraint("year BETWEEN 1900 AND 2200", name=op.f("ck_exemplar_year_is_one")),
        sa.ForeignKeyConstraint(
            ["commendation_id"],
            ["commendation.id"],
            name=op.f("fk_exemplar_commendation_id_commendation"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_exemplar_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemplar")),
    )
    op.create_index("ix_exemplar_commendation_id", "exemplar", ["commendation_id"], unique=False)
    op.create_index("ix_exemplar_commune_id_id", "exemplar", ["commune_id", "id"], unique=False)
    op.create_index("ix_exemplar_district_id_id", "exemplar", ["district_id", "id"], unique=False)
    op.create_index("ix_exemplar_province_id_id", "exemplar", ["province_id", "id"], unique=False)
    op.create_index(
        "ix_exemplar_search_key",
        "exemplar",
        ["search_key"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search_key": "gin_trgm_ops"},
    )
    op.create_index("ix_exemplar_unit_id_id", "exemplar", ["unit_id", "id"], unique=False)
    op.create_index("ix_exemplar_village_id_id", "exemplar", ["village_id", "id"], unique=False)
    op.create_index("ix_exemplar_year_id", "exemplar", ["year", "id"], unique=False)
    for table in PLACED:
        op.execute(
            f"CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION place_row()"
        )
    for table, rights in RUNTIME.items():
        op.execute(f"GRANT {rights} ON {table} TO binhyen_runtime")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in (
        "exemplar", "commendation", "attachment", "document_link", "stated_tally", "document",
    ):  # fmt: skip
        op.drop_table(table)
