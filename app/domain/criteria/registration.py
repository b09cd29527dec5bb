"""Registration of subjects for a round: units, organisations, models and teams."""

from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.criteria import (
    CriteriaSet,
    EvaluatedKind,
    Evaluation,
    EvaluationRound,
    RoundState,
)
from app.db.tables.forces import Team
from app.db.tables.organisations import Organisation
from app.db.tables.programme_models import ProgrammeModel
from app.domain.actor import Actor, Permission, operation
from app.domain.criteria import queries
from app.domain.criteria.errors import (
    AlreadyRegistered,
    OutsideTheRound,
    RegistersLate,
    RoundClosed,
    WrongSubject,
)
from app.domain.criteria.evaluation_schemas import EvaluationCreate
from app.domain.criteria.rounds import LEVEL_OF, find_round
from app.domain.criteria.succession import continue_ended
from app.domain.records import kit as records
from app.domain.units import queries as map_
from app.domain.units import service as units
from app.domain.units.shape import today

WRITE = Permission.EVALUATION_WRITE
TABLES: dict[EvaluatedKind, type[Any]] = {
    EvaluatedKind.AGENCY: Organisation,
    EvaluatedKind.ENTERPRISE: Organisation,
    EvaluatedKind.SCHOOL: Organisation,
    EvaluatedKind.MODEL: ProgrammeModel,
    EvaluatedKind.TEAM: Team,
}


@operation(WRITE)
async def create_evaluation(session: Session, actor: Actor, data: EvaluationCreate) -> UUID:
    """Register a subject of your units for a round; after the last day with a reason."""
    held = await find_round(session, actor, data.round_id)
    chosen = await queries.get_set(session, held.set_id)
    subject, unit = await _find_subject(session, actor, chosen, data)
    if held.state is RoundState.CLOSED:
        raise RoundClosed()
    if today() > held.register_by and data.late_reason is None:
        raise RegistersLate(held.register_by.isoformat())
    await _check_place(session, held, unit)
    await queries.lock_code(session, name_lock(held.id), shared=True)
    await queries.lock_code(session, f"{held.id} {subject}")
    if await queries.list_registered(session, held.id, [subject]):
        raise AlreadyRegistered()
    if data.follows_id is not None:
        await records.get(session, actor, Evaluation, data.follows_id, lock_map=False)
    row = build(held, chosen, subject, unit, data.late_reason, data.follows_id)
    ended = await continue_ended(session, held, [row]) if data.unit is not None else []
    opened = records.Edit(row, sorted(data.model_fields_set))
    await records.save_all(session, actor, WRITE, [opened, *ended])
    return row.id


def build(
    held: EvaluationRound, chosen: CriteriaSet, subject: UUID, unit: UUID,
    late_reason: str | None = None, follows_id: UUID | None = None,
) -> Evaluation:  # fmt: skip
    """Build the evaluation of a subject under the set of a round, whose edition it pins."""
    return Evaluation(
        unit_id=unit, round_id=held.id, set_id=chosen.id, set_hash=chosen.content_hash or "",
        subject_kind=chosen.subject_kind, subject_id=subject, late_reason=late_reason,
        follows_id=follows_id,
    )  # fmt: skip


def name_lock(round_id: UUID) -> str:
    """Name the lock that one registration shares with others, and that of many has alone."""
    return f"registration {round_id}"


async def _find_subject(
    session: Session, actor: Actor, chosen: CriteriaSet, data: EvaluationCreate
) -> tuple[UUID, UUID]:
    """Return the subject and its unit; refuse one of another kind than the set is for."""
    kind = chosen.subject_kind
    field = "unit" if kind in LEVEL_OF else "subject_id"
    wrong = WrongSubject(kind=kind, field=field)
    if (data.unit is None) == (data.subject_id is None) or getattr(data, field) is None:
        raise wrong
    if data.unit is not None:
        named = (data.unit, today())
        unit = (await units.open_units(session, actor, [named], own={named}))[named]
        found = (await map_.find_units_by_id(session, [unit], today()))[unit]
        if found.level is not LEVEL_OF[kind]:
            raise wrong
        return unit, unit
    assert data.subject_id is not None
    row = await records.get(session, actor, TABLES[kind], data.subject_id)
    if isinstance(row, Organisation) and row.kind.value != kind.value:
        raise wrong
    return row.id, row.unit_id


async def _check_place(session: Session, held: EvaluationRound, unit: UUID) -> None:
    if not await queries.lies_in(session, unit, held.unit_id):
        raise OutsideTheRound()
