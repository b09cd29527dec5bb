"""The SQL that looks up units by code or id, with those above or below them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.tips import TipUnitSettings
from app.db.tables.units import Unit, UnitKind, UnitLevel
from app.db.vietnamese import like_pattern
from app.domain.actor import Actor
from app.domain.confidential.scope import EXCEPTIONS
from app.domain.scope import in_scope
from app.domain.tips.routes import Lineage, RoutingUnit

UPWARDS = """
WITH requested AS (
  SELECT w.number, coalesce(unit_ref(w.wanted, :day), (
    SELECT unit_id FROM unit_version WHERE code = w.wanted AND valid_from <= :day
    AND valid_from < valid_to ORDER BY valid_from DESC LIMIT 1)) AS unit_id
  FROM unnest(CAST(:wanted AS text[])) WITH ORDINALITY AS w(wanted, number)
)
SELECT a.number, v.unit_id, v.level, v.kind, v.code, v.name, v.valid_from, v.valid_to
FROM requested a
CROSS JOIN LATERAL (
  SELECT a.unit_id AS id UNION SELECT unit_ancestors(a.unit_id, 'administrative', :day)) up
CROSS JOIN LATERAL (
  SELECT * FROM unit_version WHERE unit_id = up.id AND valid_from <= :day
  AND valid_from < valid_to ORDER BY valid_from DESC LIMIT 1) v
"""
BELOW = """
SELECT v.code, v.name, v.kind, v.level FROM unit_parent p
JOIN unit_version v ON v.unit_id = p.unit_id AND v.valid_from <= :day AND v.valid_to > :day
WHERE p.parent_id = :unit AND p.hierarchy = 'administrative'
AND p.valid_from <= :day AND p.valid_to > :day
AND v.level <> 'village'
AND (:search = '%%' OR v.unit_id = ANY (ARRAY(SELECT units_named(:search, :day))))
ORDER BY concat(' | ', v.search_key, ' | ') LIKE
  concat('% | ', substr(:search, 2, length(:search) - 2), ' | %') DESC, v.sort_key, v.unit_id
"""


async def find_lineages(session: Session, wanted: Sequence[str], day: date) -> list[Lineage]:
    """Find units by code or id, each with what it lies in; an empty lineage for an unknown one.

    A code that is not in use any more means the unit that had it last.
    """
    rows = await execute(session, text(UPWARDS), {"wanted": list(wanted), "day": day})
    found: list[list[RoutingUnit]] = [[] for _ in wanted]
    for row in rows:
        level, kind = UnitLevel(row.level), UnitKind(row.kind)
        dates = row.valid_from, row.valid_to
        unit = RoutingUnit(row.unit_id, level, kind, row.code, row.name, *dates)
        found[row.number - 1].append(unit)
    heights = list(UnitLevel)[::-1]
    return [sorted(one, key=lambda unit: heights.index(unit.level)) for one in found]


async def find_below(session: Session, unit: UUID, day: date, search: str | None) -> Sequence[Any]:
    """Find the units directly below one by name, apart from villages."""
    like = like_pattern(search or "")
    return (await execute(session, text(BELOW), {"unit": unit, "day": day, "search": like})).all()


async def is_in_tip_scope(session: Session, actor: Actor, unit: UUID) -> bool:
    """Return whether the tips of a unit are in the actor's scope."""
    test: ColumnElement[bool] = in_scope(Unit, actor)
    if actor.level in EXCEPTIONS:  # a unit holds its tips itself
        test = col(Unit.id) == actor.unit_id if actor.level is UnitLevel.NATIONAL else false()
    statement = select(Unit.id).where(Unit.id == unit, test)
    return (await session.exec(statement)).first() is not None


async def is_remote(session: Session, unit: UUID) -> bool:
    """Return whether a unit is set as remote."""
    statement = select(TipUnitSettings.remote).where(TipUnitSettings.unit_id == unit)
    return bool((await session.exec(statement)).first())
