"""Shape of conflicts: values are read by who may read them in the record itself."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, case, null

from app.db.query.shape import Caller, Field, Filter, Row, Shape, columns
from app.db.tables.sync import SyncConflict
from app.domain.actor import Permission
from app.domain.exchange.changes.schemas import RecordJson
from app.domain.records.shape import EITHER_END, LOGGED, choices
from app.domain.scope import BY_PLACE
from app.domain.units.shape import MAP_OF, OWN_UNIT, WITHIN


def _value(name: str) -> Field:
    """Return a value that only those see who may read the field in the record."""
    return Field(lambda row: getattr(row, name), RecordJson | None, by_caller=_withhold(name))


def _withhold(name: str) -> Callable[[Row, Caller], ColumnElement[Any]]:
    def read(row: Row, caller: Caller) -> ColumnElement[Any]:
        may_read = row.value_permission == any_(caller.permissions)
        return case((may_read, getattr(row, name)), else_=null())

    return read


CONFLICT: Shape = Shape(
    name="SyncConflict",
    table=SyncConflict,
    needs=Permission.SYNC_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields={
        **columns(
            SyncConflict,
            "id version operation_id resource record_id field base_version their_version "
            f"client_time state choice unit_id {LOGGED}",
        ),
        "base": _value("base"),
        "mine": _value("mine"),
        "theirs": _value("theirs"),
    },
    links={"unit": OWN_UNIT},
    filters={
        **choices(SyncConflict, "resource field state"),
        "record_id": Filter(UUID, lambda row: row.record_id, ("eq", "in")),
        "unit": WITHIN,
    },
)
