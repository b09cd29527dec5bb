"""SQL on the units that a round is for, and on those that ended within it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.criteria import Evaluation, EvaluationRound
from app.db.tables.units import Unit, UnitLevel, UnitVersion

# A round goes on in the unit that acts for its own; there the rounds of others may go on too.
UNITS = """
WITH RECURSIVE whole AS (
  SELECT CASE WHEN EXISTS (
    SELECT FROM unit_version v
    WHERE v.unit_id = :unit AND v.valid_from <= :day AND v.valid_to > :day
  ) THEN CAST(:unit AS uuid) ELSE standing_unit(:unit) END AS id
), expected AS (
  SELECT v.unit_id FROM unit_version v
  WHERE v.unit_id IN (
    SELECT unit_descendants(whole.id, 'administrative', :day) FROM whole)
    AND v.level = :level AND v.valid_from <= :day AND v.valid_to > :day
    AND ((SELECT id FROM whole) = :unit OR NOT EXISTS (
      SELECT FROM evaluation e JOIN evaluation_round r ON r.id = e.round_id
      WHERE e.subject_id = v.unit_id AND e.state <> 'closed' AND r.id <> :round
        AND r.set_id = :set AND r.window_name = :window))
)
"""
COUNT = f"{UNITS} SELECT count(*) FROM expected"  # noqa: S608
LIST = f"{UNITS} SELECT unit_id FROM expected ORDER BY unit_id"  # noqa: S608
# Those of ended units; which of them went on in one of these units, the main one first.
CONTINUED = """
SELECT e.id, s.unit_id AS heir FROM evaluation e
CROSS JOIN LATERAL standing_successors(ARRAY[e.subject_id]) s
WHERE e.round_id = :round AND (e.state <> 'closed' OR e.continued_by_id IS NOT NULL)
  AND e.subject_id IN (SELECT from_id FROM unit_succession)
  AND NOT EXISTS (SELECT FROM unit_version v WHERE v.unit_id = e.subject_id
    AND v.valid_from <= :day AND v.valid_to > :day)
  AND s.unit_id = ANY (CAST(:units AS uuid[]))
ORDER BY e.id, s.is_main DESC, s.unit_id
"""
ENDED = """
SELECT s.id FROM unnest(CAST(:units AS uuid[])) s (id) JOIN unit u ON u.id = s.id
WHERE NOT EXISTS (SELECT FROM unit_version v
  WHERE v.unit_id = s.id AND v.valid_from <= :day AND v.valid_to > :day)
"""


async def count_expected(
    session: Session, held: EvaluationRound, level: UnitLevel, day: date
) -> int:
    """Count the units that a round is for on a day."""
    found = await execute(session, text(COUNT), _name_round(held, level, day))
    return int(found.scalar_one())


async def list_expected(
    session: Session, held: EvaluationRound, level: UnitLevel, day: date
) -> list[UUID]:
    """List the units that a round is for on a day."""
    found = await execute(session, text(LIST), _name_round(held, level, day))
    return [row.unit_id for row in found.all()]


async def list_continued(
    session: Session, round_id: UUID, units: Collection[UUID], day: date
) -> Sequence[Any]:
    """List the evaluations of units ended by a day after which these came, each with its heir."""
    values = {"round": round_id, "units": list(units), "day": day}
    return (await execute(session, text(CONTINUED), values)).all()


async def lock_by_id(session: Session, ids: Iterable[UUID]) -> dict[UUID, Evaluation]:
    """Return evaluations by id, locked until the end, wherever they lie."""
    statement = select(Evaluation).where(col(Evaluation.id).in_(list(ids)))
    ordered = statement.order_by(col(Evaluation.id)).with_for_update(of=Evaluation)
    rows = await session.exec(ordered.execution_options(populate_existing=True))
    return {row.id: row for row in rows.all()}


async def load_round(
    session: Session, row: Evaluation, today: date
) -> tuple[EvaluationRound, bool]:
    """Return the round of an evaluation, and whether its unit ended before the window did."""
    held, version = EvaluationRound, UnitVersion
    day = func.least(held.window_to, today)
    unit = select(Unit.id).where(Unit.id == row.subject_id).exists()
    stands = select(version.unit_id).where(
        version.unit_id == row.subject_id, version.valid_from <= day, version.valid_to > day
    )
    ended = and_(unit, ~stands.correlate(held).exists())
    statement = select(held, ended.label("ended")).where(held.id == row.round_id)
    found, has_ended = (await session.exec(statement)).one()
    return found, has_ended


async def list_ended(session: Session, units: Iterable[UUID], day: date) -> set[UUID]:
    """Return those of the units that do not stand on a day."""
    found = await execute(session, text(ENDED), {"units": list(units), "day": day})
    return {row.id for row in found.all()}


def _name_round(held: EvaluationRound, level: UnitLevel, day: date) -> dict[str, Any]:
    return {
        "unit": held.unit_id, "level": level.value, "day": day, "round": held.id,
        "set": held.set_id, "window": held.window_name,
    }  # fmt: skip
