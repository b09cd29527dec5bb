"""Decisions about programme models: what may follow what, and how coverage is counted."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.db.tables.programme_models import ModelState, ProgrammeModel
from app.domain.errors import IllegalTransition
from app.domain.programme_models.errors import NotYet

TRANSITIONS: dict[ModelState, dict[str, ModelState]] = {
    ModelState.PROPOSED: {"launch": ModelState.LAUNCHED},
    ModelState.LAUNCHED: {},
}


def allowed_actions(state: ModelState) -> list[str]:
    """What may be done with a model in this state."""
    return list(TRANSITIONS[state])


def move(model: ProgrammeModel, action: str, *, effective_on: date, today: date) -> None:
    """Take a model one step on, with the day on which that took effect."""
    following = TRANSITIONS[model.state].get(action)
    if following is None:
        raise IllegalTransition(model.state, action, allowed_actions(model.state))
    if effective_on > today:
        raise NotYet(day=effective_on.isoformat())
    model.state = following
    if following is ModelState.LAUNCHED:
        model.launched_on = effective_on


def percent(part: int, whole: int) -> float | None:
    """A share in per cent with two decimals, half up; None where there is nothing to share."""
    if not whole:
        return None
    return float((Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))
