"""Every SQL statement on criteria sets, rounds and evaluations, apart from those of the shapes."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.criteria import (
    CriteriaSet,
    Evaluation,
    EvaluationAnswer,
    EvaluationRound,
    EvaluationState,
)
from app.domain.actor import Actor
from app.domain.criteria.shape import VISIBLE_ROUNDS, VISIBLE_SETS
from app.domain.criteria.states import RECOGNISED
from app.domain.scope import in_scope

OPEN = col(Evaluation.state) != EvaluationState.CLOSED


async def lock_code(session: Session, code: str, *, shared: bool = False) -> None:
    """Let nobody else write a set or a round under this code until the transaction ends."""
    lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    claimed = f"SELECT {lock}(hashtextextended(:code, 7300061))"
    await execute(session, text(claimed), {"code": code})


async def has_sets(session: Session, code: str) -> bool:
    """Return whether a set of this code is there, in any unit."""
    found = await session.exec(select(CriteriaSet.id).where(CriteriaSet.code == code).limit(1))
    return found.first() is not None


async def find_set(session: Session, actor: Actor, id: UUID) -> CriteriaSet | None:
    """Find a criteria set that the actor may read."""
    seen = VISIBLE_SETS[actor.level](CriteriaSet, actor.unit_id)
    return (await session.exec(select(CriteriaSet).where(CriteriaSet.id == id, seen))).one_or_none()


async def get_set(session: Session, id: UUID) -> CriteriaSet:
    """Return a criteria set that a record pins or extends."""
    return (await session.exec(select(CriteriaSet).where(CriteriaSet.id == id))).one()


async def list_editions(session: Session, unit: UUID, code: str) -> Sequence[CriteriaSet]:
    """List the editions of a set of a unit, the latest first; locked."""
    statement = select(CriteriaSet).where(CriteriaSet.unit_id == unit, CriteriaSet.code == code)
    ordered = statement.order_by(col(CriteriaSet.edition).desc()).with_for_update(of=CriteriaSet)
    return (await session.exec(ordered)).all()


async def find_round(session: Session, actor: Actor, id: UUID) -> EvaluationRound | None:
    """Find a round of the actor's units, or of the units above."""
    seen = VISIBLE_ROUNDS[actor.level](EvaluationRound, actor.unit_id)
    statement = select(EvaluationRound).where(EvaluationRound.id == id, seen)
    return (await session.exec(statement)).one_or_none()


async def find_evaluation(session: Session, actor: Actor, id: UUID) -> Evaluation | None:
    """Find an evaluation of the actor's units."""
    statement = select(Evaluation).where(Evaluation.id == id, in_scope(Evaluation, actor))
    return (await session.exec(statement)).one_or_none()


async def get_round(session: Session, id: UUID) -> EvaluationRound:
    """Return the round of an evaluation."""
    return (await session.exec(select(EvaluationRound).where(EvaluationRound.id == id))).one()


async def has_round(session: Session, unit: UUID, set_id: UUID, window: str) -> bool:
    """Return whether a unit holds a round of a set for a window already."""
    one = EvaluationRound
    same = (one.unit_id == unit, one.set_id == set_id, one.window_name == window)
    return (await session.exec(select(one.id).where(*same))).first() is not None


async def list_registered(
    session: Session, round_id: UUID, subjects: Collection[UUID]
) -> set[UUID]:
    """Return those of the subjects that are registered in a round."""
    statement = select(Evaluation.subject_id).where(
        Evaluation.round_id == round_id, col(Evaluation.subject_id).in_(subjects), OPEN
    )
    return set((await session.exec(statement)).all())


async def list_answers(session: Session, evaluation: UUID) -> Sequence[EvaluationAnswer]:
    """List the answers of an evaluation."""
    one = EvaluationAnswer
    statement = select(one).where(one.evaluation_id == evaluation)
    return (await session.exec(statement.order_by(col(one.id)))).all()


async def lock_evaluations(
    session: Session, actor: Actor, round_id: UUID, ids: Collection[UUID]
) -> dict[UUID, Evaluation]:
    """Return evaluations of a round that are the actor's, by id, locked until the end."""
    statement = select(Evaluation).where(
        col(Evaluation.id).in_(ids), Evaluation.round_id == round_id, in_scope(Evaluation, actor)
    )
    ordered = statement.order_by(col(Evaluation.id)).with_for_update(of=Evaluation)
    rows = await session.exec(ordered.execution_options(populate_existing=True))
    return {row.id: row for row in rows.all()}


async def list_answers_of(
    session: Session, evaluations: Iterable[UUID]
) -> dict[UUID, list[EvaluationAnswer]]:
    """List the answers of many evaluations, by evaluation."""
    ids, one = list(evaluations), EvaluationAnswer
    found: dict[UUID, list[EvaluationAnswer]] = {id: [] for id in ids}
    statement = select(one).where(col(one.evaluation_id).in_(ids)).order_by(col(one.id))
    for row in (await session.exec(statement)).all():
        found[row.evaluation_id].append(row)
    return found


async def count_grades(session: Session, round_id: UUID) -> dict[str, int]:
    """Count the grades that were decided in a round; the round is locked for this question."""
    await lock_code(session, str(round_id))
    statement = select(Evaluation.grade, func.count()).where(
        Evaluation.round_id == round_id, col(Evaluation.state).in_(RECOGNISED),
        col(Evaluation.grade).is_not(None),
    ).group_by(col(Evaluation.grade))  # fmt: skip
    return {str(grade): number for grade, number in (await session.exec(statement)).all()}


async def count_states(session: Session, actor: Actor, round_id: UUID) -> Sequence[Any]:
    """Count the evaluations of a round in the actor's units: state, number, and late ones."""
    statement = select(
        Evaluation.state, func.count(), func.count(col(Evaluation.late_reason))
    ).where(Evaluation.round_id == round_id, in_scope(Evaluation, actor))
    return (await session.exec(statement.group_by(col(Evaluation.state)))).all()


async def count_recognised(
    session: Session, unit: UUID, set_code: str, window: tuple[Any, Any]
) -> tuple[int, int]:
    """Count the areas below a unit that are recognised under a set, and all of them."""
    found = await execute(session, text(RECOGNISED_BELOW), {
        "unit": unit, "code": set_code, "first": window[0], "last": window[1],
    })  # fmt: skip
    row = found.one()
    return int(row.recognised), int(row.whole)


# the window of areas ends in the one of their commune, some days before it
RECOGNISED_BELOW = """
WITH area AS (
  SELECT v.unit_id FROM unit_version v
  WHERE v.unit_id IN (SELECT unit_descendants(CAST(:unit AS uuid), 'administrative',
      least(CAST(:last AS date), today())))
    AND v.level = 'village' AND v.valid_from <= least(CAST(:last AS date), today())
    AND v.valid_to > least(CAST(:last AS date), today())
)
SELECT count(*) AS whole, count(*) FILTER (WHERE EXISTS (
  SELECT FROM evaluation e JOIN evaluation_round r ON r.id = e.round_id
  JOIN criteria_set s ON s.id = e.set_id
  WHERE e.subject_id = area.unit_id AND s.code = :code AND e.result = 'met'
    AND e.state IN ('decided', 'published')
    AND r.window_to BETWEEN CAST(:first AS date) AND CAST(:last AS date)
)) AS recognised FROM area
"""


async def lies_in(session: Session, unit: UUID, whole: UUID) -> bool:
    """Return whether a unit is another one, or lies today in it or in the one that acts for it."""
    acting = func.standing_unit(whole)
    below = select(func.unit_descendants(acting, "administrative", func.today()))
    found = await execute(session, select(literal(unit).in_(below)))
    return unit == whole or bool(found.scalar_one())
