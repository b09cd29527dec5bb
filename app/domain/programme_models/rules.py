"""Decisions about programme models: what may follow what, and how coverage is counted."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.db.tables.programme_models import ModelState, ProgrammeModel
from app.domain.programme_models.errors import NotYet
from app.domain.records.machine import Machine, Step, Taken
from app.domain.records.schemas import TransitionWords

LIFE = Machine(Step("launch", {ModelState.PROPOSED}, ModelState.LAUNCHED))


def move(model: ProgrammeModel, words: TransitionWords, *, today: date) -> Taken:
    """Take a model one step on, with the day on which that took effect."""
    day = words.effective_on or today
    taken = LIFE.take(model.state, words, effective_on=day)
    if day > today:
        raise NotYet(day=day.isoformat())
    model.state = ModelState(taken.to_state)
    if model.state is ModelState.LAUNCHED:
        model.launched_on = day
    return taken


def percent(part: int, whole: int) -> float | None:
    """A share in per cent with two decimals, half up; None where there is nothing to share."""
    if not whole:
        return None
    return float((Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))
