"""Models in full: types by all their names, the whole life of a model, and what is kept of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.db.vietnamese import name_key

revision = "20261122_13"
down_revision = "20261122_12"
branch_labels = None
depends_on = None

STATES = ("proposed", "surveyed", "approved", "pilot", "launched", "operating", "under_review",
          "replicated", "suspended", "retired")  # fmt: skip
FIELDS = ("security_order", "fire_safety", "traffic_safety", "mediation", "reintegration", "youth",
          "family", "digital", "epidemic")  # fmt: skip
AT_WORK = "state IN ('launched', 'operating', 'under_review', 'replicated')"
AT_WORK_BY_STATE = (
    f"({AT_WORK}) = upper_inf(at_work) AND (state IN ('retired', 'suspended') "
    f"OR (launched_on IS NOT NULL) = ({AT_WORK}))"
)
LAUNCHED_HAS_DATE = (
    "CASE WHEN launched_on IS NULL THEN isempty(at_work) AND state <> 'suspended' "
    "ELSE launched_on <= coalesce(lower(at_work), launched_on) "
    "AND last_active_on >= launched_on END"
)
COUNTS = "households >= 0 AND residents >= 0 AND groups >= 0 AND failed_reviews >= 0"
PRINCIPLES = "'self_prevention', 'self_management', 'self_protection', 'self_mediation'"
TABLES = ("model_recognition", "model_review_rule", "model_review", "model_member",
          "model_type_name")  # fmt: skip
PLACE = ("province_id", "district_id", "commune_id", "village_id")


# What the application may do with each; the owner alone changes the tables themselves.
RUNTIME = {
    "model_recognition": "SELECT, INSERT, UPDATE",
    "model_review_rule": "SELECT, INSERT, UPDATE",
    "model_review": "SELECT, INSERT, UPDATE",
    "model_member": "SELECT, INSERT, UPDATE",
    "model_type_name": "SELECT, INSERT, UPDATE, DELETE",
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _types()
    _models()
    _table(
        "model_member",
        _key("model_id", "model", ondelete="CASCADE"),
        _choice("kind", "memberkind", "household", "resident", "group", "organisation"),
        sa.Column("name", sa.String(300)),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("joined_on", sa.Date, nullable=False),
        sa.Column("left_on", sa.Date),
        _key("merged_into_id", "model_member", nullable=True),
        counts_somebody="count > 0",
        leaves_after_joining="joined_on <= left_on",
        nobody_named="name IS NULL OR kind IN ('group', 'organisation')",
        what_is_merged_has_left=(
            "merged_into_id IS NULL OR (kind = 'group' AND left_on IS NOT NULL)"
        ),
    )
    _index("model_member", "model_id", "id")
    _index("model_member", "merged_into_id", "id")
    _table(
        "model_review",
        _key("model_id", "model", ondelete="CASCADE"),
        sa.Column("reviewed_on", sa.Date, nullable=False),
        _choice("result", "reviewresult", "passed", "failed"),
        sa.Column("note", sa.String(2000)),
    )
    _index("model_review", "model_id", "reviewed_on")
    _rules()
    _recognitions()
    for table, rights in RUNTIME.items():
        op.execute(f"GRANT {rights} ON {table} TO binhyen_runtime")


def _types() -> None:
    empty = {"nullable": False, "server_default": sa.text("'{}'")}
    op.add_column("model_type", sa.Column("aliases", sa.ARRAY(sa.Text), **empty))
    op.add_column("model_type", sa.Column("principles", sa.ARRAY(sa.Text), **empty))
    op.add_column("model_type", sa.Column("source", sa.String(500)))
    op.add_column(
        "model_type",
        sa.Column("field", sa.String(32), nullable=False, server_default="security_order"),
    )
    op.create_check_constraint(
        op.f("ck_model_type_principles_are_known"),
        "model_type", f"principles <@ ARRAY[{PRINCIPLES}]",
    )  # fmt: skip
    op.create_check_constraint("modelfield", "model_type", _one_of("field", FIELDS))
    _table(
        "model_type_name",
        _key("type_id", "model_type", ondelete="CASCADE"),
        sa.Column("key", sa.String(1000), nullable=False),
        sa.UniqueConstraint("key", name="uq_model_type_name_key"),
    )
    _index("model_type_name", "type_id")
    for id, code, name in op.get_bind().execute(sa.text("SELECT id, code, name FROM model_type")):
        for key in {name_key(code), name_key(name)}:
            op.get_bind().execute(
                sa.text(
                    "INSERT INTO model_type_name (id, type_id, key) "
                    "VALUES (gen_random_uuid(), :id, :key) ON CONFLICT (key) DO NOTHING"
                ),
                {"id": id, "key": key},
            )


def _models() -> None:
    for column in (
        sa.Column("pilot", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("pledged_on", sa.Date),
        sa.Column("groups", sa.Integer),
        sa.Column("host_organisation", sa.String(300)),
        sa.Column("replicated_from_id", sa.Uuid),
        sa.Column("approval_document_id", sa.Uuid),
        sa.Column("last_active_on", sa.Date),
        sa.Column("failed_reviews", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column(
            "at_work", postgresql.DATEMULTIRANGE, nullable=False, server_default=sa.text("'{}'")
        ),
    ):
        op.add_column("model", column)
    for name in ("launched_has_date", "counts_are_not_negative"):
        op.drop_constraint(op.f(f"ck_model_{name}"), "model")
    op.drop_constraint(op.f("ck_model_modelstate"), "model")
    op.execute(
        "UPDATE model SET at_work = datemultirange(daterange(launched_on, NULL)), "
        "last_active_on = launched_on WHERE launched_on IS NOT NULL"
    )
    op.create_foreign_key(
        op.f("fk_model_replicated_from_id_model"), "model", "model", ["replicated_from_id"], ["id"]
    )
    op.create_check_constraint("modelstate", "model", _one_of("state", STATES))
    op.create_check_constraint("at_work_by_state", "model", AT_WORK_BY_STATE)
    op.create_check_constraint("launched_has_date", "model", LAUNCHED_HAS_DATE)
    op.create_check_constraint("counts_are_not_negative", "model", COUNTS)
    op.create_check_constraint("no_copy_of_itself", "model", "replicated_from_id <> id")
    working, failing = sa.text(AT_WORK), sa.text("failed_reviews > 0")
    op.create_index(
        "ix_model_last_active_on", "model", ["last_active_on", "id"], postgresql_where=working
    )
    op.create_index("ix_model_failed_reviews", "model", ["id"], postgresql_where=failing)
    _index("model", "replicated_from_id", "id")


def _rules() -> None:
    _table(
        "model_review_rule",
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_to", sa.Date, nullable=False),
        sa.Column("months_inactive", sa.Integer, nullable=False),
        sa.Column("failed_reviews", sa.Integer, nullable=False),
        sa.Column("basis", sa.String(500), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            using="gist",
            name="one_review_rule_a_day",
        ),
        ends_after_it_begins="valid_from < valid_to",
        counts_are_positive="months_inactive > 0 AND failed_reviews > 0",
    )


def _recognitions() -> None:
    _table(
        "model_recognition",
        *(sa.Column(column, sa.Uuid) for column in PLACE),
        _key("type_id", "model_type", nullable=True),
        _key("model_id", "model", nullable=True),
        _key("unit_id", "unit"),
        _choice("level", "recognitionlevel", "commune", "province", "ministry"),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("recognised_on", sa.Date),
        _choice("scope", "recognitionscope", "commune", "province", "nationwide"),
        sa.Column("decision", sa.String(300)),
        sa.Column("document_id", sa.Uuid),
        _choice("state", "recognitionstate", "in_force", "revoked"),
        sa.Column("revoked_on", sa.Date),
        of_a_type_or_of_a_model="num_nonnulls(type_id, model_id) = 1",
        day_lies_in_year="extract(year FROM recognised_on) = year",
        revoked_has_day="(state = 'revoked') = (revoked_on IS NOT NULL)",
    )
    for column in ("type_id", "model_id", "unit_id", "province_id", "commune_id", "village_id"):
        _index("model_recognition", column, "id")
    op.execute(
        "CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON model_recognition "
        "FOR EACH ROW EXECUTE FUNCTION place_row()"
    )


def _table(name: str, *columns: sa.schema.SchemaItem, **checks: str) -> None:
    """A table of records: what all have in common, and its own."""
    now, by = sa.text("now()"), "system"
    op.create_table(
        name,
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("created_by", sa.String, server_default=by, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("changed_by", sa.String, server_default=by, nullable=False),
        *columns,
        *(sa.CheckConstraint(said, op.f(f"ck_{name}_{check}")) for check, said in checks.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _key(name: str, to: str, *, nullable: bool = False, ondelete: str | None = None) -> sa.Column:
    return sa.Column(name, sa.Uuid, sa.ForeignKey(f"{to}.id", ondelete=ondelete), nullable=nullable)


def _choice(name: str, kind: str, *values: str) -> sa.Column:
    of = sa.Enum(*values, name=kind, native_enum=False, create_constraint=True, length=32)
    return sa.Column(name, of, nullable=False)


def _one_of(column: str, values: tuple[str, ...]) -> str:
    told = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({told})"


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP TRIGGER place_row ON model_recognition")
    for table in TABLES:
        op.drop_table(table)
    for column in ("aliases", "principles", "source", "field"):
        op.drop_column("model_type", column)
    for name in ("at_work_by_state", "launched_has_date", "counts_are_not_negative"):
        op.drop_constraint(op.f(f"ck_model_{name}"), "model")
    op.drop_constraint(op.f("ck_model_modelstate"), "model")
    for column in (
        "pilot", "pledged_on", "groups", "host_organisation", "replicated_from_id",
        "approval_document_id", "last_active_on", "failed_reviews", "at_work",
    ):  # fmt: skip
        op.drop_column("model", column)
    op.execute(  # what is known of a life that has no word here any more is that it was launched
        "UPDATE model SET state = CASE WHEN launched_on IS NULL THEN 'proposed' ELSE 'launched' END"
    )
    op.create_check_constraint("modelstate", "model", _one_of("state", ("proposed", "launched")))
    op.create_check_constraint(
        "launched_has_date", "model", "(state = 'proposed') = (launched_on IS NULL)"
    )
    op.create_check_constraint(
        "counts_are_not_negative", "model", "households >= 0 AND residents >= 0"
    )
