"""Every SQL statement on changes of the map."""

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, any_, bindparam, delete, insert, text
from sqlmodel import SQLModel, col, select

from app.db.base import now
from app.db.membership import is_among
from app.db.session import Session, execute
from app.db.tables.units import (
    Unit,
    UnitKind,
    UnitParent,
    UnitReorganisation,
    UnitSuccession,
    UnitVersion,
)
from app.domain.actor import Actor
from app.domain.scope import BY_UNIT
from app.domain.units import queries as units
from app.domain.units.reorganisations.name_checks import Namesake
from app.domain.units.reorganisations.names import NamedUnits, Names
from app.domain.units.reorganisations.plan import Bound, MapSnapshot, RowChanges

MapRow = TypeVar("MapRow", UnitVersion, UnitParent, UnitSuccession)


async def find_readable(session: Session, actor: Actor, id: UUID) -> UnitReorganisation | None:
    """Return one change of the map of the actor's units, without a lock, for reading."""
    test = BY_UNIT[actor.level](UnitReorganisation, actor.unit_id)
    statement = select(UnitReorganisation).where(UnitReorganisation.id == id, test)
    return (await session.exec(statement.execution_options(populate_existing=True))).one_or_none()


@asynccontextmanager
async def trial(session: Session) -> AsyncIterator[None]:
    """Try something on the map; roll back whatever is written meanwhile."""
    savepoint = await session.begin_nested()
    try:
        yield
    finally:
        await savepoint.rollback()


async def find_names(
    session: Session, actor: Actor, wanted: Sequence[NamedUnits], today: date
) -> Names:
    """Find the units with these names on these days, and those of them that are the actor's."""
    found = await units.find_units(session, wanted)
    own = await units.within(session, actor, {unit.id for unit in found.values()})
    return Names(found, own, today)


async def load_map_snapshot(
    session: Session, mentioned: Collection[UUID], ending: Collection[UUID],
    codes: Collection[str], day: date,
) -> MapSnapshot:  # fmt: skip
    """Load the rows of these units, of all units below those that end, and of the codes."""
    below = await _rows(session, UnitParent, is_among(UnitParent.parent_id, ending))
    known = {*mentioned, *(edge.unit_id for edge in below)}
    parents = await _rows(session, UnitParent, is_among(UnitParent.unit_id, known))
    above = {edge.parent_id for edge in parents}
    versions = await _rows(session, UnitVersion, is_among(UnitVersion.unit_id, known | above))
    codes = {*codes, *(version.code for version in versions if version.code)}
    coded = (col(UnitVersion.code) == any_(_texts(codes))) & (col(UnitVersion.valid_to) >= day)
    counters = await session.exec(select(Unit.id, Unit.version).where(is_among(Unit.id, known)))
    return MapSnapshot(
        versions=_group_rows(versions, "unit_id"),
        parents=_group_rows(parents, "unit_id"),
        children=_group_rows(below, "parent_id"),
        successions=await _rows(session, UnitSuccession, is_among(UnitSuccession.from_id, ending)),
        holders=await _rows(session, UnitVersion, coded),
        counters=dict(counters.all()),
    )


async def list_namesakes(
    session: Session, versions: Iterable[UnitVersion], day: date
) -> Sequence[Namesake]:
    """List the units that have names of these on a day or later, with their parents."""
    keys = {version.name_key for version in versions}
    if not keys:
        return ()
    rows = await execute(
        session,
        text(
            "SELECT DISTINCT v.unit_id, p.parent_id, v.kind, v.name_key FROM unit_version v "
            "JOIN unit_parent p ON p.unit_id = v.unit_id AND p.hierarchy = 'administrative' "
            "WHERE v.name_key = ANY (:keys) AND v.valid_to > :day AND p.valid_to > :day "
            "AND v.valid_from < v.valid_to AND p.valid_from < p.valid_to"
        ),
        {"keys": list(keys), "day": day},
    )
    return [Namesake(r.unit_id, r.parent_id, UnitKind(r.kind), r.name_key) for r in rows]


async def write_changes(session: Session, changes: RowChanges) -> None:
    """Write the rows of a change of the map: first those that end, to make room for the others."""
    await _add(session, Unit, changes.units)
    for table, bounds in (("unit_version", changes.version_bounds),
                          ("unit_parent", changes.parent_bounds)):  # fmt: skip
        await _move_bounds(session, table, [bound for bound in bounds if bound.until < bound.was])
        await _move_bounds(session, table, [bound for bound in bounds if bound.until > bound.was])
    gone = [edge.id for edge in changes.replaced]
    await execute(session, delete(UnitSuccession).where(is_among(UnitSuccession.id, gone)))
    await _add(session, UnitVersion, changes.versions)
    await _add(session, UnitParent, changes.parents)
    await _add(session, UnitSuccession, [*changes.successions, *changes.restored])


async def touch_units(session: Session, units: Iterable[UUID], subject: str) -> dict[UUID, int]:
    """Mark units as changed; return their new versions."""
    changed = "version = version + 1, changed_at = :at, changed_by = :by"
    found = await execute(
        session,
        text(f"UPDATE unit SET {changed} WHERE id = ANY (:units) RETURNING id, version"),
        {"units": list(units), "at": now(), "by": subject},
    )
    return {row.id: row.version for row in found}


async def list_dependents(session: Session, units: Iterable[UUID], day: date) -> set[UUID]:
    """Return all units whose place depends on these as they are since a day.

    They are all that ever lay below or went into them, and what came out of them later.
    """
    rows = await execute(
        session,
        text(
            "WITH RECURSIVE reach(id) AS (SELECT unnest(CAST(:units AS uuid[])) "
            "UNION SELECT n.id FROM reach r CROSS JOIN LATERAL ("
            "SELECT p.unit_id AS id FROM unit_parent p "
            "WHERE p.parent_id = r.id AND p.hierarchy = 'administrative' "
            "UNION ALL SELECT e.from_id FROM unit_succession e WHERE e.to_id = r.id "
            "UNION ALL SELECT e.to_id FROM unit_succession e "
            "WHERE e.from_id = r.id AND e.effective_on > :day) n) "
            "SELECT id FROM reach"
        ),
        {"units": list(units), "day": day},
    )
    return set(rows.scalars())


async def count_misplaced(session: Session, units: Iterable[UUID], day: date) -> dict[str, int]:
    """Count the records of these units that the map of a day places elsewhere, by table."""
    counted = text("SELECT name, many FROM count_misplaced(:day, :units)")
    rows = await execute(session, counted, {"day": day, "units": list(units)})
    return {row.name: row.many for row in rows}


async def find_later_change(
    session: Session, act: UnitReorganisation, touched: Iterable[UUID]
) -> tuple[UUID, str] | None:
    """Return the first later change of these units; a change undone from its first day is none."""
    rows = await execute(
        session,
        text(
            "SELECT r.id, r.title FROM unit_reorganisation r "
            "LEFT JOIN unit_reorganisation o ON o.id = r.reverses_id "
            "WHERE r.state = 'committed' AND r.committed_at > :since "
            "AND (o.id IS NULL OR o.effective_on < r.effective_on) "
            "AND jsonb_exists_any(r.plan->'done'->'touched', :touched) "
            "ORDER BY r.committed_at LIMIT 1"
        ),
        {"since": act.committed_at, "touched": [str(unit) for unit in touched]},
    )
    return next(((row.id, row.title) for row in rows), None)


def _texts(values: Iterable[str]) -> Any:
    return bindparam(None, list(values), ARRAY(Text))


async def _rows(
    session: Session, table: type[MapRow], test: ColumnElement[bool]
) -> Sequence[MapRow]:
    since = "effective_on" if table is UnitSuccession else "valid_from"
    statement = select(table).where(test).order_by(getattr(table, since), col(table.id))
    return (await session.exec(statement.execution_options(populate_existing=True))).all()


def _group_rows(rows: Iterable[MapRow], by: str) -> dict[UUID, list[MapRow]]:
    found: dict[UUID, list[MapRow]] = {}
    for row in rows:
        found.setdefault(getattr(row, by), []).append(row)
    return found


async def _add(session: Session, table: type[SQLModel], rows: Sequence[SQLModel]) -> None:
    if rows:
        await execute(session, insert(table), [row.model_dump() for row in rows])


async def _move_bounds(session: Session, table: str, bounds: Sequence[Bound]) -> None:
    await execute(
        session,
        text(
            f"UPDATE {table} t SET valid_to = b.until "
            "FROM unnest(CAST(:ids AS uuid[]), CAST(:days AS date[])) AS b(id, until) "
            "WHERE t.id = b.id"
        ),
        {"ids": [bound.id for bound in bounds], "days": [bound.until for bound in bounds]},
    )
