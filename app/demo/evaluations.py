"""The demo of evaluations: one finished round of the residential areas of a commune, made up."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from app import features
from app.db.session import Session
from app.db.tables.criteria import CriteriaSet, SetState
from app.db.tables.units import Unit
from app.domain.actor import Actor, Level, Role
from app.domain.criteria import answer_forms, answers_entry, registration, rounds, transitions
from app.domain.criteria.evaluation_schemas import (
    AnswerEntry,
    AnswersEntry,
    EvaluationCreate,
    EvaluationTransition,
)
from app.domain.criteria.schemas import RoundCreate
from app.domain.criteria.set_reads import load_definition
from app.domain.figures.context import FigureContext
from app.domain.figures.indicators import Catalogue

CODE, WINDOW = "safe_residential_area", "residential_area_year:2025"
LATE = "Hồ sơ của đợt thử nghiệm được nhập sau khi đợt xét kết thúc"
FAILS = 4  # one in so many has an event that knocks it out
STEPS = ("assess", "submit", "verify", "decide", "publish")


async def load_evaluations(session: Session, villages: Sequence[UUID]) -> None:
    """Hold a round in a small commune, for all of these villages that lie in it today."""
    rows = (await session.exec(select(Unit).where(col(Unit.id).in_(villages)))).all()
    commune = _choose_commune(rows)
    roles = frozenset({Role.EVALUATOR, Role.APPROVER})
    actor = Actor("command-line", roles, Level.COMMUNE, commune)
    chosen = await _find_set(session)
    held = await rounds.create_evaluation_round(session, actor, RoundCreate(
        unit=str(commune), set_id=chosen.id, title="Xét khu dân cư an toàn năm 2025 (thử nghiệm)",
        window=WINDOW, register_by=date(2025, 3, 31), decide_by=date(2025, 11, 15),
        verify_level=Level.COMMUNE, decide_level=Level.COMMUNE,
    ))  # fmt: skip
    paths = list(answer_forms.list_paths(await load_definition(session, chosen)))
    figures = FigureContext(Catalogue.of(features.MEASURES, features.resource_paths()), b"")
    own = sorted(row.id for row in rows if row.commune_id == commune)
    for number, village in enumerate(own):
        fails = number % FAILS == FAILS - 1
        await _evaluate(session, actor, figures, held, village, _answer(paths, fails=fails))


def _choose_commune(rows: Sequence[Unit]) -> UUID:
    """Return the commune with the fewest of these villages, the same one each time."""
    sizes = Counter(row.commune_id for row in rows if row.commune_id is not None)
    return min(sizes, key=lambda commune: (sizes[commune], commune))


async def _find_set(session: Session) -> CriteriaSet:
    statement = select(CriteriaSet).where(
        CriteriaSet.code == CODE, CriteriaSet.state == SetState.PUBLISHED
    )
    return (await session.exec(statement)).one()


def _answer(paths: Sequence[str], *, fails: bool) -> AnswersEntry:
    """Answer all criteria; one that fails has had a dispute that went on for long."""
    unmet = {"no_events/prolonged_disputes"} if fails else set[str]()
    return AnswersEntry(answers=[AnswerEntry(criterion=p, holds=p not in unmet) for p in paths])


async def _evaluate(
    session: Session, actor: Actor, figures: FigureContext, held: UUID, village: UUID,
    answers: AnswersEntry,
) -> None:  # fmt: skip
    data = EvaluationCreate(round_id=held, unit=str(village), late_reason=LATE)
    id, version = await registration.create_evaluation(session, actor, data), 1
    await answers_entry.enter_answers(session, actor, id, answers, version)
    for action in STEPS:
        version += 1
        step = EvaluationTransition(action=action)
        await transitions.transition_evaluation(session, actor, id, step, version, figures)
