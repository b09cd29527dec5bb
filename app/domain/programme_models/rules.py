"""Decisions about programme models: what may follow what, and how coverage is counted."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from app.db.tables.model_records import RecognitionState
from app.db.tables.programme_models import Days, ModelState, ProgrammeModel
from app.domain.programme_models.errors import (
    ApprovalNeeded,
    BeforeItsSource,
    BeforeTheLastStep,
    NotYet,
)
from app.domain.records.machine import Machine, Step, Taken
from app.domain.records.schemas import TransitionWords

S = ModelState
AT_WORK = frozenset({S.LAUNCHED, S.OPERATING, S.UNDER_REVIEW, S.REPLICATED})
LIFE = Machine(
    Step("survey", {S.PROPOSED}, S.SURVEYED),
    Step("approve", {S.SURVEYED}, S.APPROVED),
    Step("pilot", {S.APPROVED}, S.PILOT),
    Step("launch", {S.APPROVED, S.PILOT}, S.LAUNCHED),
    Step("operate", {S.LAUNCHED}, S.OPERATING),
    Step("review", {S.OPERATING, S.REPLICATED}, S.UNDER_REVIEW),
    Step("resume", {S.UNDER_REVIEW, S.SUSPENDED}, S.OPERATING),
    Step("replicate", {S.UNDER_REVIEW}, S.REPLICATED),
    Step("suspend", AT_WORK - {S.LAUNCHED}, S.SUSPENDED, needs_reason=True),
    Step("retire", set(S) - {S.RETIRED}, S.RETIRED, needs_reason=True, needs_document=True),
)
HISTORY = Machine(Step("launch", {S.PROPOSED}, S.LAUNCHED))  # what was at work when it was entered
RECOGNITION = Machine(
    Step("revoke", {RecognitionState.IN_FORCE}, RecognitionState.REVOKED, needs_reason=True)
)


def move(model: ProgrammeModel, words: TransitionWords, *, last: date | None, today: date) -> Taken:
    """Take a model one step on, from the day on which that took effect."""
    day = words.effective_on or today
    taken = LIFE.take(model.state, words, effective_on=day)
    in_order(day, last=last, today=today)
    if taken.action == "approve":
        model.approval_document_id = words.document_id
    if taken.action == "launch":
        model.approval_document_id = words.document_id or model.approval_document_id
        if model.approval_document_id is None:
            raise ApprovalNeeded()
    _enter(model, taken)
    return taken


def record_launch(model: ProgrammeModel, day: date, *, today: date) -> Taken:
    """What was at work already when it was entered: all that is known is when it was launched."""
    in_order(day, last=None, today=today)
    words = TransitionWords(action="launch")
    taken = HISTORY.take(model.state, words, effective_on=day)
    _enter(model, taken)
    return taken


def in_order(day: date, *, last: date | None, today: date) -> None:
    """A step takes effect when it has happened, and not before the step that it follows."""
    if day > today:
        raise NotYet(day=day.isoformat())
    if last and day < last:
        raise BeforeTheLastStep(last=last.isoformat(), day=day.isoformat())


def follows_its_source(
    model: ProgrammeModel, sources: Mapping[UUID, ProgrammeModel], *, today: date
) -> None:
    """A replica is of the type of what it was copied from, and is not older."""
    if model.replicated_from_id is None:
        return
    source = sources[model.replicated_from_id]
    begun = source.launched_on or date.max
    if source.type_id != model.type_id or (model.launched_on or today) < begun:
        raise BeforeItsSource(launched_on=source.launched_on and source.launched_on.isoformat())


def said_otherwise(model: ProgrammeModel, values: dict[str, Any], *, today: date) -> dict[str, Any]:
    """What is changed of a model, if it can have been so."""
    for name in ("pledged_on", "last_active_on"):
        if values.get(name) and values[name] > today:
            raise NotYet(day=values[name].isoformat())
    if (launched := model.launched_on) and "last_active_on" in values:
        day = values["last_active_on"] or launched
        if day < launched:
            raise BeforeTheLastStep(last=launched.isoformat(), day=day.isoformat())
        values = values | {"last_active_on": day}
    return values


def _enter(model: ProgrammeModel, taken: Taken) -> None:
    """Let a model be in the state that a step has led to."""
    model.state = ModelState(taken.to_state)
    model.pilot = model.pilot or model.state is ModelState.PILOT
    model.at_work = days_at_work(model.at_work, model.state, taken.effective_on)
    if taken.action == "launch":
        model.launched_on = taken.effective_on
    if model.state in AT_WORK:
        model.last_active_on = max(model.last_active_on or date.min, taken.effective_on)


def days_at_work(known: Sequence[Days[date]], state: ModelState, day: date) -> list[Days[date]]:
    """The days at work once this state has begun on that day."""
    closed = [one for one in known if one.upper is not None]
    since = next((one.lower for one in known if one.upper is None), None)
    if state in AT_WORK:
        return [*closed, Days(since or day, None)]
    if since is None or since == day:
        return closed
    return [*closed, Days(since, day)]


def percent(part: int, whole: int) -> float | None:
    """A share in per cent with two decimals, half up; None where there is nothing to share."""
    if not whole:
        return None
    return float((Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))
