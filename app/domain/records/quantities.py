"""Quantities that hold from a day: a change of today leaves the figures of earlier days alone."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal_column, select

from app.db.aliases import alias_table
from app.db.base import MINUS_INFINITY, Row, now
from app.db.session import Session
from app.db.tables.quantities import Quantity
from app.domain.actor import Actor
from app.domain.records import quantity_queries
from app.domain.records.days import today
from app.domain.records.errors import QuantityOfTheFuture
from app.domain.records.names import resource_name

# The column of a record has its latest value: only what was entered for later days is looked up.
ON_DAY = """CASE WHEN {row}.id IN (SELECT q.resource_id FROM quantity q WHERE q.field = '{field}'
    AND q.superseded_at IS NULL AND q.valid_from > '-infinity' AND q.valid_from > :day)
  THEN (SELECT q.value FROM quantity q WHERE q.resource_id = {row}.id AND q.field = '{field}'
    AND q.superseded_at IS NULL AND q.valid_from <= :day ORDER BY q.valid_from DESC LIMIT 1)
  ELSE {row}.{field} END"""


def quantity_sql(row: str, field: str) -> str:
    """Return the SQL of a quantity of a record, by the name of its row, on `:day`."""
    return ON_DAY.format(row=row, field=field)


def quantity_of(field: str) -> Callable[[Any, Any], ColumnElement[Any]]:
    """Return the value of a quantity that holds from a day, by its field."""

    def find(row: Any, day: Any) -> ColumnElement[Any]:
        entry: Any = alias_table(Quantity)
        own = and_(
            entry.resource_id == row.id, entry.field == literal_column(f"'{field}'"),
            entry.superseded_at.is_(None),
        )  # fmt: skip
        never: Any = literal_column("'-infinity'")
        one: Any = literal_column("1")
        later = select(one).where(own, entry.valid_from > never, entry.valid_from > day)
        known = select(entry.value).where(own, entry.valid_from <= day)
        last = known.order_by(entry.valid_from.desc()).limit(one)
        return case(
            (
                later.correlate_except(entry).exists(),
                last.correlate_except(entry).scalar_subquery(),
            ),
            else_=getattr(row, field),
        )

    return find


def choose_day(since: date | None, begun: date | None) -> date:
    """Return the day from which a value holds: since the record began, or a later day."""
    day = since or today()
    if day > today():
        raise QuantityOfTheFuture(day=day.isoformat())
    return MINUS_INFINITY if begun and day <= begun else day


async def enter_quantities(
    session: Session, actor: Actor, row: Row, values: Mapping[str, Any], *,
    since: date | None, begun: date | None,
) -> list[Quantity]:  # fmt: skip
    """Enter values of a record from a day on: today by default; return the rows to save.

    A second value of a day supersedes the first, a new day adds one, and the columns of the
    record have the latest. A value that holds already is entered only for a day that was named.
    """
    if not values:
        return []
    day, rows = choose_day(since, begun), list[Quantity]()
    known = await quantity_queries.list_standing(session, row.id, values)
    for name, given in values.items():
        value = None if given is None else int(given)
        entries = [one for one in known if one.field == name]
        if _holds(entries, day, value, named=since is not None):
            continue
        made = Quantity(
            resource=resource_name(type(row)), resource_id=row.id, field=name, valid_from=day,
            value=value, recorded_by=actor.subject,
        )  # fmt: skip
        rows += [*_supersede(entries, day), made]
        _set_latest(row, [*entries, made])
    return rows


def list_fields(rows: Sequence[Quantity]) -> list[str]:
    """List the fields of a record of which values were entered."""
    return sorted({one.field for one in rows})


def _holds(entries: Sequence[Quantity], day: date, value: int | None, *, named: bool) -> bool:
    """Return whether a value stands already: entered for the day or, unless named, before it."""
    before = [one for one in entries if one.valid_from <= day]
    last = max(before, key=lambda one: one.valid_from, default=None)
    if named and (last is None or last.valid_from != day):
        return False
    return value == (last.value if last else None)


def _supersede(entries: Sequence[Quantity], day: date) -> list[Quantity]:
    former = [one for one in entries if one.valid_from == day]
    for one in former:
        one.superseded_at = now()
    return former


def _set_latest(row: Row, entries: Sequence[Quantity]) -> None:
    """Let the column of a record have its latest value."""
    stand = [one for one in entries if one.superseded_at is None]
    last = max(stand, key=lambda one: one.valid_from)
    is_flag = isinstance(getattr(row, last.field), bool)
    setattr(row, last.field, bool(last.value) if is_flag else last.value)
