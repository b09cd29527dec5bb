"""Decisions about programme models: what may follow what, and how coverage is counted."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from app.db.tables.model_records import ModelRecognition
from app.db.tables.programme_models import ModelState, ProgrammeModel
from app.db.tables.records import DocumentRole, Transition
from app.domain.programme_models.errors import (
    ApprovalNeeded,
    BeforeItsSource,
    BeforeTheLastStep,
    DayInAnotherYear,
    NotLaunched,
    NotYet,
)
from app.domain.programme_models.states import AT_WORK, HISTORY, LIFE, days_at_work
from app.domain.records.schemas import TransitionInput
from app.domain.records.state_machine import AppliedTransition


def apply_transition(
    model: ProgrammeModel, words: TransitionInput, *, last: date | None, today: date
) -> AppliedTransition:
    """Take a model one step on, from the day on which that took effect."""
    day = words.effective_on or today
    taken = LIFE.apply(model.state, words, effective_on=day)
    check_order(day, last=last, today=today)
    if taken.action == "approve":
        model.approval_document_id = words.find_document(DocumentRole.APPROVAL)
    if taken.action == "launch":
        ordered = words.find_document(DocumentRole.LAUNCH_DECISION, DocumentRole.APPROVAL)
        model.approval_document_id = ordered or model.approval_document_id
        if model.approval_document_id is None:
            raise ApprovalNeeded()
    _enter_state(model, taken)
    return taken


def record_launch(model: ProgrammeModel, day: date, *, today: date) -> AppliedTransition:
    """Record the launch of a model that was at work when it was entered."""
    check_order(day, last=None, today=today)
    words = TransitionInput(action="launch")
    taken = HISTORY.apply(model.state, words, effective_on=day)
    _enter_state(model, taken)
    return taken


def find_last_day(model: ProgrammeModel, steps: Sequence[Transition]) -> date | None:
    """Return the day of the last step; the day of a launch is that of the model, if corrected."""
    if not steps:
        return None
    last = steps[-1]
    return model.launched_on if last.action == "launch" else last.effective_on


def correct_launch(
    model: ProgrammeModel, day: date, steps: Sequence[Transition], *, today: date
) -> None:
    """Let a model have been launched on another day, between the steps before and after."""
    former = model.launched_on
    if former is None:
        raise NotLaunched(state=model.state.value)
    check_order(day, last=_day_before_launch(steps), today=today)
    days = [(ModelState(one.to_state), one.effective_on, one.action) for one in steps]
    after = [since for _, since, _ in days[_find_launch(steps) + 1 :]]
    if after and day > min(after):
        raise BeforeTheLastStep(last=day.isoformat(), day=min(after).isoformat())
    model.launched_on, model.at_work = day, []
    for state, since, action in days:
        begun = day if action == "launch" else since
        model.at_work = days_at_work(model.at_work, state, begun)
    quiet = model.last_active_on in (None, former)
    model.last_active_on = day if quiet else max(day, model.last_active_on or day)


def _find_launch(steps: Sequence[Transition]) -> int:
    return next(n for n, one in enumerate(steps) if one.action == "launch")


def _day_before_launch(steps: Sequence[Transition]) -> date | None:
    before = [one.effective_on for one in steps[: _find_launch(steps)]]
    return before[-1] if before else None


def check_order(day: date, *, last: date | None, today: date) -> None:
    """A step takes effect when it has happened, and not before the step that it follows."""
    if day > today:
        raise NotYet(day=day.isoformat())
    if last and day < last:
        raise BeforeTheLastStep(last=last.isoformat(), day=day.isoformat())


def check_recognition(found: ModelRecognition, *, today: date) -> None:
    """Refuse a recognition on a day of another year, to come, or after its revocation."""
    day = found.recognised_on or date(found.year, 1, 1)
    if day.year != found.year:
        raise DayInAnotherYear(day=day.isoformat(), year=found.year)
    if day > today:
        raise NotYet(day=day.isoformat())
    if found.revoked_on and found.revoked_on < day:
        raise BeforeTheLastStep(last=day.isoformat(), day=found.revoked_on.isoformat())


def check_source(
    model: ProgrammeModel, sources: Mapping[UUID, ProgrammeModel], *, today: date
) -> None:
    """A replica is of the type of what it was copied from, and is not older."""
    if model.replicated_from_id is None:
        return
    source = sources[model.replicated_from_id]
    begun = source.launched_on or date.max
    if source.type_id != model.type_id or (model.launched_on or today) < begun:
        raise BeforeItsSource(launched_on=source.launched_on and source.launched_on.isoformat())


def changed_fields(model: ProgrammeModel, values: dict[str, Any], *, today: date) -> dict[str, Any]:
    """Return the changed values of a model; refuse impossible ones."""
    for name in ("pledged_on", "last_active_on"):
        if values.get(name) and values[name] > today:
            raise NotYet(day=values[name].isoformat())
    if (launched := model.launched_on) and "last_active_on" in values:
        day = values["last_active_on"] or launched
        if day < launched:
            raise BeforeTheLastStep(last=launched.isoformat(), day=day.isoformat())
        values = values | {"last_active_on": day}
    return values


def _enter_state(model: ProgrammeModel, taken: AppliedTransition) -> None:
    """Let a model be in the state that a step has led to."""
    model.state = ModelState(taken.to_state)
    model.pilot = model.pilot or model.state is ModelState.PILOT
    model.at_work = days_at_work(model.at_work, model.state, taken.effective_on)
    if taken.action == "launch":
        model.launched_on = taken.effective_on
    if model.state in AT_WORK:
        model.last_active_on = max(model.last_active_on or date.min, taken.effective_on)


def percent(part: int, whole: int) -> float | None:
    """A share in per cent with two decimals, half up; None where there is nothing to share."""
    if not whole:
        return None
    return float((Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))
