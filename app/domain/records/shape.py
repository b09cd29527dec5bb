"""Common parts of shapes: orders, filters, parts, parents, transitions."""

from collections.abc import Callable
from datetime import date
from types import NoneType
from typing import Any, get_args

from sqlalchemy import func, literal_column

from app.db.query.shape import (
    CHOICE,
    IS_NULL,
    RANGE,
    Field,
    Filter,
    Link,
    Order,
    Params,
    Row,
    Shape,
    Table,
    Test,
    columns,
)
from app.db.tables.quantities import Quantity
from app.db.tables.records import Transition, TransitionDocument
from app.domain.actor import Permission
from app.domain.records.schemas import MAX_DOCUMENTS
from app.domain.records.unit_names import UNIT_ID_KNOWN

LOGGED = "created_at created_by changed_at changed_by"
FIRST = {"first": Order(lambda row: [row.id])}
NEWEST = {"newest": Order(lambda row: [row.id], descending=True)}
BY_NAME = {"name": Order(lambda row: [func.coalesce(row.sort_key, literal_column("''")), row.id])}
EITHER_END = NEWEST | {"oldest": Order(lambda row: [row.id])}


def choices(table: Table, names: str) -> dict[str, Filter]:
    """Make a filter of each of these columns: one value, or any of several."""
    return {name: _filter(table, name, CHOICE) for name in names.split()}


def ranges(table: Table, names: str) -> dict[str, Filter]:
    """Make a filter of each of these columns: a value, or bounds."""
    return {name: _filter(table, name, RANGE) for name in names.split()}


def part(
    shape: Shape | Callable[[], Shape], key: str, *,
    first: int = 20, most: int = 100, follows_parent: bool = True,
) -> Link:  # fmt: skip
    """Link to the rows that refer to a row by a key; by default visible to all who see the row."""
    return Link(
        _later(shape), lambda row, part, params: getattr(part, key) == row.id,
        many=True, first=first, most=most, follows_parent=follows_parent,
    )  # fmt: skip


def parent(shape: Shape | Callable[[], Shape], key: str, *, follows_parent: bool = True) -> Link:
    """Link to the row that a key refers to; by default visible to all who see the first row."""
    return Link(
        _later(shape), lambda row, other, params: other.id == getattr(row, key),
        follows_parent=follows_parent,
    )  # fmt: skip


def last_day(name: str) -> Field:
    """Return the day on which something ends; null where no end is known."""
    endless: Any = literal_column("'infinity'::date")
    return Field(lambda row: func.nullif(getattr(row, name), endless), date | None)


def first_day(name: str) -> Field:
    """Return the day on which something begins; null where it has always been."""
    always: Any = literal_column("'-infinity'::date")
    return Field(lambda row: func.nullif(getattr(row, name), always), date | None)


def holds_on(row: Row, day: Any, params: Params) -> Test:
    """Test whether a rule is in force on a day."""
    return (row.valid_from <= day) & (row.valid_to > day)  # type: ignore[no-any-return]


def _filter(table: Table, name: str, allows: tuple[str, ...]) -> Filter:
    kind = table.model_fields[name].annotation
    known = [one for one in get_args(kind) if one is not NoneType]
    nullable = (IS_NULL,) if NoneType in get_args(kind) else ()
    return Filter(
        known[0] if known else kind, lambda row: getattr(row, name), allows + nullable,
        known=UNIT_ID_KNOWN if name == "unit_id" else None,
    )  # fmt: skip


def _later(shape: Shape | Callable[[], Shape]) -> Callable[[], Shape]:
    return (lambda: shape) if isinstance(shape, Shape) else shape


STEP_DOCUMENT = Shape(
    name="TransitionDocument",
    table=TransitionDocument,
    needs=Permission.TRANSITION_READ,
    orders={"oldest": Order(lambda one: [one.id])},
    fields=columns(TransitionDocument, "document_id role"),
)

TRANSITION = Shape(
    name="Transition",
    table=Transition,
    needs=Permission.TRANSITION_READ,
    orders={"oldest": Order(lambda step: [step.id])},
    fields=columns(
        Transition,
        "id action from_state to_state effective_on recorded_at recorded_by reason document_id",
    ),
    links={"documents": part(STEP_DOCUMENT, "transition_id", first=MAX_DOCUMENTS)},
)


QUANTITY = Shape(
    name="Quantity",
    table=Quantity,
    needs=Permission.TRANSITION_READ,
    orders={"newest": Order(lambda one: [one.id], descending=True)},
    fields=columns(Quantity, "id field value recorded_at recorded_by superseded_at")
    | {"valid_from": first_day("valid_from")},
)


def quantities() -> Link:
    """Link to the values of a record that hold from a day, the newest first."""
    return Link(
        lambda: QUANTITY,
        lambda record, one, params: one.resource_id == record.id,
        many=True,
        first=50,
        most=100,
        follows_parent=True,
    )


def transitions() -> Link:
    """Link to the transitions of a record, the oldest first; visible to all who see the record."""
    return Link(
        lambda: TRANSITION,
        lambda record, step, params: step.resource_id == record.id,
        many=True,
        first=20,
        most=100,
        follows_parent=True,
    )
