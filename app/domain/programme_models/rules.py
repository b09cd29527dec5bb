"""Decisions about programme models: what may follow what, and how coverage is counted."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from app.db.tables.programme_models import ModelState, ProgrammeModel
from app.domain.programme_models.errors import (
    ApprovalNeeded,
    BeforeItsSource,
    BeforeTheLastStep,
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
        model.approval_document_id = words.document_id
    if taken.action == "launch":
        model.approval_document_id = words.document_id or model.approval_document_id
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


def check_order(day: date, *, last: date | None, today: date) -> None:
    """A step takes effect when it has happened, and not before the step that it follows."""
    if day > today:
        raise NotYet(day=day.isoformat())
    if last and day < last:
        raise BeforeTheLastStep(last=last.isoformat(), day=day.isoformat())


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
