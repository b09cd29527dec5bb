"""The states of models and of recognitions, and the steps between them."""

from collections.abc import Sequence
from datetime import date

from app.db.tables.model_records import RecognitionLevel, RecognitionState
from app.db.tables.programme_models import Days, ModelState
from app.domain.actor import Level
from app.domain.records.state_machine import StateMachine, Transition

S = ModelState
AT_WORK = frozenset({S.LAUNCHED, S.OPERATING, S.UNDER_REVIEW, S.REPLICATED})
LIFE = StateMachine(
    Transition("survey", {S.PROPOSED}, S.SURVEYED),
    Transition("approve", {S.SURVEYED}, S.APPROVED),
    Transition("pilot", {S.APPROVED}, S.PILOT),
    Transition("launch", {S.APPROVED, S.PILOT}, S.LAUNCHED),
    Transition("operate", {S.LAUNCHED}, S.OPERATING),
    Transition("review", {S.OPERATING, S.REPLICATED}, S.UNDER_REVIEW),
    Transition("resume", {S.UNDER_REVIEW, S.SUSPENDED}, S.OPERATING),
    Transition("replicate", {S.UNDER_REVIEW}, S.REPLICATED),
    Transition("suspend", AT_WORK - {S.LAUNCHED}, S.SUSPENDED, needs_reason=True),
    Transition("retire", set(S) - {S.RETIRED}, S.RETIRED, needs_reason=True, needs_document=True),
)
HISTORY = StateMachine(
    Transition("launch", {S.PROPOSED}, S.LAUNCHED)
)  # what was at work when it was entered
RECOGNITION = StateMachine(
    Transition("revoke", {RecognitionState.IN_FORCE}, RecognitionState.REVOKED, needs_reason=True)
)
# Who records and revokes a recognition: the authority of its level, or one above.
ABOVE = {
    RecognitionLevel.COMMUNE: {Level.COMMUNE, Level.DISTRICT, Level.PROVINCE, Level.NATIONAL},
    RecognitionLevel.PROVINCE: {Level.PROVINCE, Level.NATIONAL},
    RecognitionLevel.MINISTRY: {Level.NATIONAL},
}


def levels_decided_by(level: str) -> list[RecognitionLevel]:
    """List the levels of recognitions that units of a level decide on."""
    return [of for of, deciders in ABOVE.items() if level in deciders]


def days_at_work(known: Sequence[Days[date]], state: ModelState, day: date) -> list[Days[date]]:
    """The days at work once this state has begun on that day."""
    closed = [one for one in known if one.upper is not None]
    since = next((one.lower for one in known if one.upper is None), None)
    if state in AT_WORK:
        return [*closed, Days(since or day, None)]
    if since is None or since == day:
        return closed
    return [*closed, Days(since, day)]
