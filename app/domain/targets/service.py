"""Operations on targets: set, correct, revise, void."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.targets import Target, TargetValue
from app.domain.actor import Actor, Permission, operation
from app.domain.figures.context import FigureContext
from app.domain.figures.filters import check_filters
from app.domain.figures.question import choose_compared
from app.domain.figures.schemas import Comparison
from app.domain.records import kit as records
from app.domain.records.dependants import by_key
from app.domain.records.voids import build_void
from app.domain.records.windows import Period
from app.domain.targets import checks, queries
from app.domain.targets.errors import PeriodOfTarget, RevisedBefore, SameValue
from app.domain.targets.schemas import TargetChange, TargetCreate, TargetRevision
from app.domain.targets.terms import COMPARED
from app.domain.units import service as units
from app.domain.units.shape import today

WRITE = Permission.TARGET_WRITE
NUMBERS = ("value", "baseline_value")


@operation(WRITE)
async def create_target(
    session: Session, actor: Actor, figures: FigureContext, data: TargetCreate
) -> UUID:
    """Set a target of a unit: a change, a share, the growth of a share, or a ceiling."""
    catalogue = figures.catalogue
    wanted = catalogue.find(data.indicator)
    check_filters(catalogue, wanted, data.filter)
    target = _build(data, wanted.name)
    complete_baseline(target)
    checks.check(target, wanted)
    named = (data.unit, min(target.period_to, today()))  # a day on which the unit stood
    target.unit_id = (await units.open_units(session, actor, [named], own={named}))[named]
    first = build_value(actor, target)
    return await records.create(session, actor, WRITE, target, data.model_fields_set, also=[first])


@operation(WRITE)
async def change_target(
    session: Session, actor: Actor, id: UUID, figures: FigureContext, data: TargetChange,
    expected: int | None,
) -> UUID:  # fmt: skip
    """Correct a target; its unit, indicator and shape stay, and its value is revised."""
    target = await records.load(session, actor, Target, id, expected)
    values = _prepare(data.model_dump(exclude_unset=True))
    if {"period_from", "period_to"} & set(values):
        values["window_name"] = None  # days that were named take the place of a window
    if changed := records.assign(target, values):
        wanted = figures.catalogue.find(target.indicator)
        check_filters(figures.catalogue, wanted, target.filter)
        checks.check(target, wanted)
        await records.save(session, actor, WRITE, target, changed)
    return target.id


@operation(WRITE)
async def revise_target(
    session: Session, actor: Actor, id: UUID, data: TargetRevision, expected: int | None
) -> UUID:
    """Give a target another value from a day on, with the reason; earlier values stay."""
    target = await records.load(session, actor, Target, id, expected)
    value = Decimal(str(data.value))
    checks.check_value(target.shape, value)
    day = data.effective_on or today()
    latest = max(one.valid_from for one in await queries.list_values(session, target.id))
    if day < latest:
        raise RevisedBefore(day=latest.isoformat())
    if value == target.value:
        raise SameValue()
    target.value = value
    told = TargetValue(
        target_id=target.id, value=value, valid_from=day, reason=data.reason,
        recorded_by=actor.subject,
    )  # fmt: skip
    return await records.save(
        session, actor, WRITE, target, ["value"], reason=data.reason, also=[told]
    )


void_target = build_void(
    Target, Permission.TARGET_VOID, "void_target",
    "Void a target that was entered in error: it stays readable, and counts nowhere.",
    rests=[by_key(Target, "parent_id")],
)  # fmt: skip


def build_value(actor: Actor, target: Target) -> TargetValue:
    """Build the first value of a target: it holds from the first day of the period."""
    return TargetValue(
        target_id=target.id, value=target.value, valid_from=target.period_from,
        recorded_by=actor.subject,
    )  # fmt: skip


def _build(data: TargetCreate, indicator: str) -> Target:
    values = _prepare(data.model_dump(exclude={"unit", "window", "comparator"}))
    if (data.window is None) == (data.period_from is None and data.period_to is None):
        raise PeriodOfTarget()
    comparator = data.comparator or checks.choose_comparator(data.shape, values["value"])
    target = Target(
        **values | {"indicator": indicator}, comparator=comparator, window_name=data.window
    )
    checks.set_period(target)
    return target


def _prepare(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of an input as the table holds them."""
    given = {name: values[name] for name in NUMBERS if values.get(name) is not None}
    return values | {name: Decimal(str(value)) for name, value in given.items()}


def complete_baseline(target: Target) -> None:
    """Compare with the period of the same length before, where nobody says with which."""
    told = (target.baseline_from, target.baseline_to, target.baseline_value)
    known = None not in (target.period_from, target.period_to)
    if target.shape not in COMPARED or any(one is not None for one in told) or not known:
        return
    if target.period_from <= target.period_to:
        own = Period(target.period_from, target.period_to)
        before = choose_compared(own, Comparison.PREVIOUS)
        assert before is not None
        target.baseline_from, target.baseline_to = before.first, before.last
