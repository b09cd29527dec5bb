"""Pure decisions on emergency openings: how long they last, how they are reviewed, and by whom."""

from datetime import datetime, timedelta

from app.db.tables.reintegration_openings import CaseOpeningState, ReintegrationOpening
from app.domain.actor import Actor, Permission
from app.domain.records.state_machine import StateMachine, Transition
from app.domain.reintegration.openings.errors import OwnOpening

WINDOW = timedelta(hours=3)  # the policy of the database knows the same limit
_S = CaseOpeningState
REVIEW = StateMachine(
    Transition("justify", {_S.UNREVIEWED}, _S.JUSTIFIED),
    Transition("reject", {_S.UNREVIEWED}, _S.UNJUSTIFIED),
)


def check_reviewer(opening: ReintegrationOpening, actor: Actor) -> None:
    """Refuse a review by who opened the case."""
    if opening.opened_by == actor.subject:
        raise OwnOpening(permission=str(Permission.CASE_REVIEW_OPENING))


def end_of_opening(opening: ReintegrationOpening, at: datetime) -> datetime:
    """Return until when a reviewed opening lasts: one without good reason ends at once."""
    if opening.state is CaseOpeningState.UNJUSTIFIED:
        return min(opening.opens_until, at)
    return opening.opens_until
