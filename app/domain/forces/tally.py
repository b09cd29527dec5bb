"""Tally of the teams of a unit by kind on a day."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from app.db.session import Session
from app.db.tables.forces import TeamKind
from app.domain.actor import Actor, Permission, operation
from app.domain.arguments import AS_RECORDED, Boundary, OfUnit, OnDay
from app.domain.forces import tally_queries
from app.domain.forces.tally_schemas import TallyLine, TallyShare, TeamTally
from app.domain.units import service as units
from app.domain.units.shape import today


@operation(Permission.TEAM_READ)
async def tally(
    session: Session,
    actor: Actor,
    *,
    unit: OfUnit,
    on: OnDay = None,
    boundary: Boundary = AS_RECORDED,
) -> TeamTally:
    """Count the teams of a unit on a day, by kind and by commune.

    `on` is the day of the facts. `boundary` says by whose communes they are grouped: `as_recorded`
    (those of that day), `current` (today's) or `as_of:DATE`. A team of a unit above the communes,
    or of a place whose commune nobody knows, counts in the whole and stands under `unattributed`.
    """
    day = on or today()
    boundary_day = units.boundary_day(boundary, recorded=day)
    place, unit_day = await units.on_either_day(session, actor, unit, boundary_day, day)
    found = await tally_queries.tally(
        session, unit=place, day=day, unit_day=unit_day, boundary_day=boundary_day
    )
    by_commune = [list(rows) for _, rows in groupby(found, key=lambda row: row.commune_id)]
    return TeamTally(
        unit_id=place.id, unit_code=place.code, unit_name=place.name, on=day, boundary=boundary,
        boundary_day=boundary_day, teams=sum(row.teams for row in found), kinds=_lines(found),
        by_commune=[_share(rows) for rows in by_commune if rows[0].commune_id],
        unattributed=_lines(row for row in found if not row.commune_id),
    )  # fmt: skip


def _share(rows: list[Any]) -> TallyShare:
    first = rows[0]
    return TallyShare(
        unit_id=first.commune_id, code=first.code, name=first.full_name, kinds=_lines(rows)
    )


def _lines(rows: Iterable[Any]) -> list[TallyLine]:
    """One line a kind, each the sum of its rows."""
    ordered = sorted(rows, key=lambda row: row.kind)
    return [_line(TeamKind(kind), list(of)) for kind, of in groupby(ordered, key=lambda r: r.kind)]


def _line(kind: TeamKind, rows: list[Any]) -> TallyLine:
    return TallyLine(
        kind=kind, teams=sum(row.teams for row in rows), people=sum(row.people for row in rows),
        of_unknown_size=sum(row.of_unknown_size for row in rows),
    )  # fmt: skip
