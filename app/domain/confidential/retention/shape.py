"""Shapes of retention rules and of legal holds."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.db.aliases import alias_table
from app.db.query.shape import CHOICE, Field, Filter, Row, Shape, columns
from app.db.tables.calendars import Certainty
from app.db.tables.confidential import RetentionRule
from app.domain.actor import Level, Permission
from app.domain.confidential.kinds import ConfidentialKind, R
from app.domain.confidential.retention.kinds import HoldKind
from app.domain.records.shape import NEWEST, choices
from app.domain.scope import EVERYBODY

RETENTION_RULE = Shape(
    name="RetentionRule",
    table=RetentionRule,
    needs=Permission.RETENTION_READ,
    scope=EVERYBODY,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        RetentionRule,
        "id version of valid_from months days basis source created_at created_by",
    )
    | {"certainty": Field(lambda rule: rule.certainty, Certainty)},
    filters=choices(RetentionRule, "of"),
)


def _with_record(kind: ConfidentialKind[R], level: Level) -> Any:
    """Build the scope of what lies with a record that has not expired."""

    def test(hold: Row, unit: Any) -> ColumnElement[bool]:
        record: Row = alias_table(kind.table)
        there = select(record.id).where(
            kind.scope[level](record, unit), record.expired_on.is_(None)
        )
        return kind.reference_of(hold).in_(there)  # type: ignore[no-any-return]

    return test


def hold_shape(kind: HoldKind[R], name: str) -> Shape:
    """Build the shape of the holds on one kind of record."""
    reference = kind.record.reference
    return Shape(
        name=name,
        table=kind.table,
        needs=kind.record.read,
        sensitive=True,
        scope={level: _with_record(kind.record, level) for level in Level},
        id_type=UUID,
        orders=NEWEST,
        fields=columns(
            kind.table,
            f"id version {reference} reason document_id released_on release_reason created_at "
            "created_by",
        )
        | {"is_live": Field(lambda hold: hold.released_on.is_(None), bool)},
        filters={
            reference: Filter(UUID, lambda hold: getattr(hold, reference), CHOICE),
            "live": Filter(
                bool,
                test=lambda hold, wanted, given: hold.released_on.is_(None) == wanted,
            ),
            "document_id": Filter(UUID, lambda hold: hold.document_id),
            "released_on": Filter(date, lambda hold: hold.released_on),
        },
    )
