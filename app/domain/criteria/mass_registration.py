"""Registration of many units for a round in one call, each with a result of its own."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.criteria import Evaluation, EvaluationRound, RoundState
from app.db.tables.units import UnitLevel
from app.domain.actor import Actor, Permission, operation
from app.domain.criteria import queries, registration, succession, succession_queries
from app.domain.criteria.errors import (
    AlreadyRegistered,
    OutsideTheRound,
    RegistersLate,
    RoundClosed,
    UnitsOrAll,
    WrongSubject,
)
from app.domain.criteria.registration_schemas import (
    ChosenUnit,
    RegistrationOfMany,
    RegistrationResult,
    RegistrationsResult,
)
from app.domain.criteria.rounds import LEVEL_OF, find_round
from app.domain.errors import DomainError
from app.domain.records import kit as records
from app.domain.records.map_locks import lock_named, lock_row
from app.domain.units import queries as map_
from app.domain.units import service as units
from app.domain.units.errors import UnitNotFound
from app.domain.units.shape import today

WRITE = Permission.EVALUATION_WRITE
Found = Mapping[tuple[str, date], tuple[map_.UnitOnDate, bool]]


@operation(WRITE)
async def register_units(
    session: Session, actor: Actor, id: UUID, data: RegistrationOfMany
) -> RegistrationsResult:
    """Register units of yours for a round, those named or all expected; each has a result."""
    if data.all_expected == bool(data.units):
        raise UnitsOrAll()
    await lock_row(session, EvaluationRound, id)
    await lock_named(session, [(one.unit, today()) for one in data.units])
    held = await find_round(session, actor, id)
    chosen = await queries.get_set(session, held.set_id)
    if (level := LEVEL_OF.get(chosen.subject_kind)) is None:
        raise WrongSubject(kind=chosen.subject_kind, field="subject_id")
    if held.state is RoundState.CLOSED:
        raise RoundClosed()
    await queries.lock_code(session, registration.name_lock(held.id))
    expected = await succession_queries.list_expected(
        session, held, level, succession.last_day(held)
    )
    taken = await queries.list_registered(session, held.id, expected)
    wanted = data.units or await _choose_all(session, actor, expected, taken)
    found = await map_.find_own_units(session, actor, [(one.unit, today()) for one in wanted])
    made, items = dict[UUID, Evaluation](), list[RegistrationResult]()
    for one in wanted:
        try:
            unit = await _check(session, found, one, set(expected), level)
            if unit in taken or unit in made:
                raise AlreadyRegistered()
            reason = _check_late(held, one.late_reason or data.late_reason)
            made[unit] = registration.build(held, chosen, unit, unit, reason)
            items.append(_describe(one, made[unit].id))
        except DomainError as error:
            items.append(_describe(one, None, error))
    await _save(session, actor, held, made)
    return RegistrationsResult(registered=len(made), refused=len(items) - len(made), items=items)


async def _choose_all(
    session: Session, actor: Actor, expected: Sequence[UUID], taken: set[UUID]
) -> list[ChosenUnit]:
    mine = await map_.within(session, actor, expected)
    return [ChosenUnit(unit=str(one)) for one in expected if one in mine and one not in taken]


async def _check(
    session: Session, found: Found, one: ChosenUnit, expected: set[UUID], level: UnitLevel
) -> UUID:
    """Return a unit that is expected and the actor's own; refuse any other."""
    unit, mine = found.get((one.unit, today()), (None, False))
    if unit is None or not mine:
        raise UnitNotFound(wanted=one.unit, day=today().isoformat())
    if not unit.stands_on(today()):
        raise await units.unit_closed(session, unit)
    if unit.level is not level or unit.id not in expected:
        raise OutsideTheRound()
    return unit.id


def _check_late(held: EvaluationRound, reason: str | None) -> str | None:
    if today() > held.register_by and reason is None:
        raise RegistersLate(held.register_by.isoformat())
    return reason


async def _save(
    session: Session, actor: Actor, held: EvaluationRound, made: Mapping[UUID, Evaluation]
) -> None:
    ended = await succession.continue_ended(session, held, made.values())
    fields = ["late_reason", "round_id", "subject_id", "unit_id"]
    opened = [records.Edit(row, fields) for row in made.values()]
    await records.save_all(session, actor, WRITE, [*opened, *ended])


def _describe(
    one: ChosenUnit, id: UUID | None, error: DomainError | None = None
) -> RegistrationResult:
    return RegistrationResult(
        unit=one.unit, id=id, error_code=error.code if error else None,
        error_vi=error.message("vi") if error else None,
        error_en=error.message("en") if error else None,
    )  # fmt: skip
