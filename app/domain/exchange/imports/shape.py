"""Shapes of imports and of their rows: read by who made an import, and by administrators."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, func, literal_column, or_, select

from app.db.aliases import alias_table
from app.db.query.shape import Caller, Field, Filter, Order, Row, Shape, columns
from app.db.tables.imports import DataImport, DataImportRow, ImportRowState
from app.domain.actor import Level, Permission
from app.domain.exchange.imports.states import LIFE
from app.domain.records.actions import actions
from app.domain.records.shape import EITHER_END, LOGGED, choices, parent, transitions
from app.domain.scope import BY_PLACE, Scope
from app.domain.units.shape import MAP_OF, OWN_UNIT, WITHIN

TRUE: Any = literal_column("true")
SUBJECT: Any = func.current_setting("binhyen.subject", TRUE)  # of the caller
ROLES: Any = func.string_to_array(func.current_setting("binhyen.roles", TRUE), " ")
ADMIN: Any = literal_column("'unit_admin'")


def _visible_from(level: Level) -> Any:
    def test(row: Row, unit: Any) -> ColumnElement[bool]:
        own = or_(row.created_by == SUBJECT, any_(ROLES) == ADMIN)
        return BY_PLACE[level](row, unit) & own

    return test


VISIBLE: Scope = {level: _visible_from(level) for level in Level}


def _with_import(level: Level) -> Any:
    def test(row: Row, unit: Any) -> ColumnElement[bool]:
        whole: Row = alias_table(DataImport)
        seen = select(whole.id).where(VISIBLE[level](whole, unit))
        return row.import_id.in_(seen)  # type: ignore[no-any-return]

    return test


def _may_create(row: Row, caller: Caller) -> ColumnElement[bool]:
    """Test for imports of what the caller may create."""
    return row.create_permission == any_(caller.permissions)  # type: ignore[no-any-return]


def _may_void(row: Row, caller: Caller) -> ColumnElement[bool]:
    return row.void_permission == any_(caller.permissions)  # type: ignore[no-any-return]


WITH_IMPORT: Scope = {level: _with_import(level) for level in Level}
IMPORT: Shape = Shape(
    name="DataImport",
    table=DataImport,
    needs=Permission.IMPORT_READ,
    sensitive=True,
    scope=VISIBLE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        DataImport,
        "id version resource media_type sha256 state row_count read_count done_count created_count "
        "refused_count voided_count plan_hash skip_faults failure message_vi message_en "
        f"expires_at unit_id {LOGGED}",
    )
    | actions(LIFE, Permission.IMPORT_WRITE, conditions={"": _may_create, "void": _may_void}),
    links={"unit": OWN_UNIT, "transitions": transitions()},
    filters={**choices(DataImport, "resource state"), "unit": WITHIN},
)
IMPORT_ROW: Shape = Shape(
    name="DataImportRow",
    table=DataImportRow,
    needs=Permission.IMPORT_READ,
    sensitive=True,
    scope=WITH_IMPORT,
    terms=MAP_OF,
    id_type=UUID,
    orders={"first": Order(lambda row: [row.import_id, row.number])},
    fields={
        **columns(DataImportRow, "id import_id number sheet state record_id field code"),
        "row": Field(lambda one: one.row_number, int),
        "column": Field(lambda one: one.cell_column, str | None),
        "value": Field(lambda one: one.cell_value, str | None),
        **columns(DataImportRow, "message_vi message_en"),
    },
    links={"data_import": parent(lambda: IMPORT, "import_id")},
    filters={
        "import_id": Filter(UUID, lambda row: row.import_id),
        "state": Filter(ImportRowState, lambda row: row.state, ("eq", "in")),
    },
)
