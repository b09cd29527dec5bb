"""Every SQL statement on programme models, apart from those of the shapes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.programme_models import ModelHost, ModelType, ProgrammeModel
from app.domain.actor import Actor
from app.domain.scope import in_scope


async def types_named(session: Session, wanted: Iterable[str]) -> dict[str, ModelType]:
    """Model types by the id or code they were asked for with."""
    names = set(wanted)
    rows = await session.exec(
        select(ModelType).where(
            col(ModelType.code).in_(names) | col(ModelType.id).in_(list(_ids(names)))
        )
    )
    found: dict[str, ModelType] = {}
    for row in rows:
        found |= {row.code: row, str(row.id): row}
    return {name: found[name.lower()] for name in names if name.lower() in found}


def _ids(names: Iterable[str]) -> Iterable[UUID]:
    for name in names:
        try:
            yield UUID(name)
        except ValueError:
            continue


async def one(session: Session, actor: Actor, id: UUID) -> ProgrammeModel | None:
    """One model at work in the actor's unit, kept from others until this transaction ends."""
    hosted = select(ModelHost.model_id).where(in_scope(ModelHost, actor))
    statement = select(ProgrammeModel).where(
        ProgrammeModel.id == id, col(ProgrammeModel.id).in_(hosted)
    )
    return (await session.exec(statement.with_for_update())).one_or_none()


async def claim(session: Session, source: str, references: Iterable[str]) -> None:
    """Let nobody else record for this sender under these references until the transaction ends."""
    claimed = (
        "SELECT pg_advisory_xact_lock(hashtextextended(:source || chr(10) || reference, 7300003)) "
        "FROM (SELECT unnest(CAST(:references AS text[])) AS reference ORDER BY 1) asked"
    )
    values = {"source": source, "references": sorted(references)}
    await execute(session, text(claimed), values)


async def referenced(session: Session, source: str, references: Iterable[str]) -> dict[str, UUID]:
    """Models that this sender has recorded under these references."""
    statement = select(ProgrammeModel.reference, ProgrammeModel.id).where(
        ProgrammeModel.source == source, col(ProgrammeModel.reference).in_(list(references))
    )
    return {reference: id for reference, id in (await session.exec(statement)).all() if reference}


# Places are villages and the like. Those of the unit lie below it on its own day; those that
# belonged to nobody on that day, since their commune was divided or they had ended, are asked one
# by one. One row a commune of the boundary's map; NULL where the map knows none for a place.
COVERAGE = """
WITH place AS (
  SELECT v.unit_id, EXISTS (
    SELECT FROM unit_parent p WHERE p.unit_id = v.unit_id AND p.hierarchy = 'administrative'
    AND p.valid_from <= :unit_day AND p.valid_to > :unit_day) AS belongs
  FROM unit_version v
  WHERE v.level = 'village' AND v.valid_from <= :day AND v.valid_to > :day
), found AS (
  SELECT unit_id FROM place WHERE :whole
  UNION
  SELECT unit_id FROM place
  WHERE unit_id IN (SELECT unit_descendants(:unit, 'administrative', :unit_day))
  UNION
  SELECT l.unit_id
  FROM unit_places(:unit_day, ARRAY(SELECT unit_id FROM place WHERE NOT belongs)) l
  WHERE :unit IN (l.province_id, l.district_id, l.commune_id, l.village_id)
), counted AS (
  SELECT t.unit_id, t.commune_id,
         count(m.id) AS models, coalesce(sum(m.households), 0) AS households
  FROM unit_places(:boundary_day, ARRAY(SELECT unit_id FROM found)) t
  LEFT JOIN model_host h ON h.unit_id = t.unit_id
  LEFT JOIN model m ON m.id = h.model_id AND m.type_id = :type AND m.launched_on <= :day
  GROUP BY t.unit_id, t.commune_id
)
SELECT c.commune_id, v.code, v.full_name, v.sort_key,
       count(*) FILTER (WHERE c.models > 0) AS covered, count(*) AS existing,
       sum(c.households) AS households
FROM counted c LEFT JOIN unit_version v
  ON v.unit_id = c.commune_id AND v.valid_from <= :boundary_day AND v.valid_to > :boundary_day
GROUP BY c.commune_id, v.code, v.full_name, v.sort_key ORDER BY v.sort_key, c.commune_id
"""


async def coverage(
    session: Session,
    *,
    type: UUID,
    unit: UUID,
    whole: bool,
    day: date,
    unit_day: date,
    boundary_day: date,
) -> Sequence[Any]:
    """Places, covered places and households on a day, by commune of the boundary's map."""
    values = {"type": type, "unit": unit, "whole": whole, "day": day}
    values |= {"unit_day": unit_day, "boundary_day": boundary_day}
    return (await execute(session, text(COVERAGE), values)).all()
