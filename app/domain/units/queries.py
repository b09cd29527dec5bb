"""Every SQL statement on units, apart from those of the shapes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, column, literal, text
from sqlmodel import col, func, select

from app.db.fixed_query import FixedQuery, ValuedQuery
from app.db.membership import is_among
from app.db.session import Session, execute
from app.db.tables.units import Unit, UnitLevel, UnitSuccession, UnitVersion
from app.db.vietnamese import name_key
from app.domain.actor import Actor, Level
from app.domain.records.map_lock_queries import lock_provinces
from app.domain.records.unit_names import exists_unit, list_successors
from app.domain.scope import BY_PLACE, in_scope

MAP_LOCK = 7_300_002  # shared by all who write; alone by who brings a whole map
STANDING = """
SELECT from_id, unit_id, code, name, full_name, is_main
FROM standing_successors(CAST(:ended AS uuid[]))
"""
FIND = """
SELECT w.wanted, w.day, v.unit_id, v.level, v.name, v.code, v.valid_from, v.valid_to
FROM unnest(CAST(:wanted AS text[]), CAST(:days AS date[])) AS w(wanted, day)
CROSS JOIN LATERAL (
  SELECT * FROM unit_version WHERE unit_id = unit_ref(w.wanted, w.day) AND valid_from <= w.day
  AND valid_from < valid_to ORDER BY valid_from DESC LIMIT 1) v
"""
COLUMNS = ("wanted", "day", "unit_id", "level", "name", "code", "valid_from", "valid_to")
FOUND = text(FIND).columns(*(column(name) for name in COLUMNS)).subquery("found")


@dataclass(frozen=True, slots=True)
class UnitOnDate:
    """A unit as it stood, or was last known, on a day."""

    id: UUID
    level: UnitLevel
    name: str
    code: str | None
    valid_from: date
    valid_to: date

    def stands_on(self, day: date) -> bool:
        return self.valid_from <= day < self.valid_to


async def lock_map(session: Session) -> None:
    """Lock the whole map alone: wait for all who write records on it, and hold others back."""
    await execute(session, text(f"SELECT pg_advisory_xact_lock({MAP_LOCK})"))


async def lock_units_alone(session: Session, units: Iterable[UUID]) -> set[UUID | None]:
    """Lock the provinces of these units alone, to change the map there; return them."""
    provinces = await list_provinces(session, units)
    await lock_provinces(session, provinces)
    return provinces


async def list_provinces(session: Session, units: Iterable[UUID]) -> set[UUID | None]:
    """List the provinces of these units; None for those below the country that lie in none."""
    found = select(Unit.province_id).where(
        is_among(Unit.id, units), Unit.level != UnitLevel.NATIONAL
    )
    return set((await session.exec(found.distinct())).all())


async def has_units(session: Session) -> bool:
    return (await session.exec(select(Unit.id).limit(1))).first() is not None


async def copy_rows(session: Session, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows at once, by COPY; every row has the same columns."""
    if not rows:
        return
    bare = await session.connect()
    columns = list(rows[0])
    records = [tuple(row[name] for name in columns) for row in rows]
    await bare.copy_records_to_table(table, records=records, columns=columns)


async def place_units(session: Session, units: Iterable[UUID] | None = None) -> int:
    """Write down again where units lie, on each day and today; return how many have moved today."""
    only = None if units is None else list(units)
    moved = select(func.place_units(only))
    return int((await execute(session, moved)).scalar_one())


async def date_units(session: Session, units: Iterable[UUID]) -> None:
    """Write down again where units lie on each day; the place on their rows stays."""
    await execute(session, select(func.date_units(list(units))))


async def place_records(session: Session, units: Iterable[UUID]) -> dict[str, int]:
    """Move the records of these units to where their units lie now; count them by table."""
    moved = text("SELECT name, moved FROM place_records(:only)")
    rows = await execute(session, moved, {"only": list(units)})
    return {row.name: row.moved for row in rows}


async def find_units(
    session: Session, wanted: Sequence[tuple[str, date]]
) -> dict[tuple[str, date], UnitOnDate]:
    """Find units by id, or by code and day, as they stood or were last known on that day."""
    rows = await execute(session, text(FIND), name_units(wanted))
    return {(row.wanted, row.day): _to_unit(row) for row in rows}


def _to_unit(row: Any) -> UnitOnDate:
    return UnitOnDate(
        row.unit_id, UnitLevel(row.level), row.name, row.code, row.valid_from, row.valid_to
    )


async def find_own_units(
    session: Session, actor: Actor, wanted: Sequence[tuple[str, date]]
) -> dict[tuple[str, date], tuple[UnitOnDate, bool]]:
    """Find units as `find_units` does, each with whether it lies in the actor's own."""
    (rows,) = await session.exec_all(select_own_units(actor, wanted))
    return read_own_units(rows)


def select_own_units(actor: Actor, wanted: Sequence[tuple[str, date]]) -> ValuedQuery:
    """Return the query of `find_own_units`, to be sent together with others."""
    values = {"own_unit": actor.unit_id} if actor.level is not Level.NATIONAL else {}
    return _own_units(actor.level).having(**name_units(wanted), **values)


def read_own_units(rows: Iterable[Any]) -> dict[tuple[str, date], tuple[UnitOnDate, bool]]:
    """Return the units that this query has found, by their name and day."""
    return {(row.wanted, row.day): (_to_unit(row), row.own) for row in rows}


@cache
def _own_units(level: Level) -> FixedQuery:
    given = bindparam("own_unit", type_=Uuid())
    own = select(Unit.id).where(col(Unit.id) == FOUND.c.unit_id, BY_PLACE[level](Unit, given))
    names = ("wanted", "days", *(() if level is Level.NATIONAL else ("own_unit",)))
    return FixedQuery(select(FOUND, own.exists().label("own")), *names)


def name_units(wanted: Sequence[tuple[str, date]]) -> dict[str, Any]:
    """Return named units and their days as the arguments of a query on them."""
    return {"wanted": [name for name, _ in wanted], "days": [day for _, day in wanted]}


async def find_units_by_id(
    session: Session, units: Iterable[UUID], day: date
) -> dict[UUID, UnitOnDate]:
    """Find units by id, as they stood or were last known on a day."""
    found = await find_units(session, [(str(unit), day) for unit in units])
    return {unit.id: unit for unit in found.values()}


async def within(session: Session, actor: Actor, units: Iterable[UUID]) -> set[UUID]:
    """Return those of the units that lie in the actor's own."""
    statement = select(Unit.id).where(col(Unit.id).in_(list(units)), in_scope(Unit, actor))
    return set((await session.exec(statement)).all())


async def lock_children(session: Session, units: Iterable[UUID]) -> None:
    """Lock the direct children of these units against changes until this transaction ends."""
    statement = select(Unit.id).where(col(Unit.id).in_(list(units)))
    await session.exec(statement.order_by(col(Unit.id)).with_for_update(key_share=True))


async def successors(session: Session, units: Iterable[UUID]) -> Sequence[UnitSuccession]:
    """Return the successions of these units, the main successor first."""
    statement = select(UnitSuccession).where(col(UnitSuccession.from_id).in_(list(units)))
    return (
        await session.exec(
            statement.order_by(col(UnitSuccession.is_main).desc(), col(UnitSuccession.to_id))
        )
    ).all()


async def exists(session: Session, wanted: str, day: date) -> bool:
    """Return whether a unit has this id, or this code on the day."""
    found = select(exists_unit(literal(wanted), {"as_of": literal(day)}))
    return bool((await execute(session, found)).scalar_one())


async def find_successors(session: Session, wanted: str) -> list[dict[str, Any]]:
    """Return the successors of the units that had this code on another day."""
    found = await execute(session, select(list_successors(literal(wanted))))
    return list(found.scalar_one())


async def find_standing_successors(session: Session, ended: Iterable[UUID]) -> Sequence[Any]:
    """Find the units that stand today and came, at first or later hand, after these."""
    return (await execute(session, text(STANDING), {"ended": list(ended)})).all()


async def last_days(session: Session, units: Iterable[UUID]) -> Sequence[tuple[UUID, date]]:
    """Return the last day of each of these units, or the end of time."""
    statement = select(UnitVersion.unit_id, func.max(UnitVersion.valid_to))
    statement = statement.where(col(UnitVersion.unit_id).in_(list(units)))
    return (await session.exec(statement.group_by(col(UnitVersion.unit_id)))).all()


async def names_below(session: Session, parents: Iterable[UUID]) -> set[tuple[UUID, str, str]]:
    """Return parent, kind and key of name of every unit that was ever directly below these."""
    rows = await execute(
        session,
        text(
            "SELECT DISTINCT p.parent_id, v.kind, v.name FROM unit_parent p "
            "JOIN unit_version v ON v.unit_id = p.unit_id WHERE p.parent_id = ANY (:parents) "
            "AND v.voided_at IS NULL"
        ),
        {"parents": list(parents)},
    )
    return {(row.parent_id, row.kind, name_key(row.name)) for row in rows}


async def codes_taken(session: Session, codes: Iterable[str]) -> set[str]:
    """Return those of the codes that any unit has ever had."""
    statement = select(UnitVersion.code).where(
        col(UnitVersion.code).in_(list(codes)), col(UnitVersion.voided_at).is_(None)
    )
    return {code for code in (await session.exec(statement)).all() if code}


def forget(session: Session, rows: Iterable[object]) -> None:
    """Let a session forget written rows, else its end looks at each of them in one turn."""
    for row in rows:
        session.expunge(row)
