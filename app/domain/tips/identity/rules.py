"""Decisions about identities: how long, how often, by whom, and the five conditions.

The window and the number of views are rules of our own, not of a law.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.db.base import PLACE
from app.db.tables.tip_parts import IdentityRequest, IdentityRequestState
from app.db.tables.units import Unit, UnitLevel
from app.domain.actor import Actor, Permission
from app.domain.errors import FieldError
from app.domain.records.state_machine import StateMachine, Transition
from app.domain.tips.identity import errors

WINDOW, MOST_VIEWS = timedelta(minutes=15), 3
FRESH = timedelta(minutes=5)  # how long ago somebody has signed in at most
SECOND_FACTORS = {"otp", "mfa"}
_S = IdentityRequestState
OPEN = (_S.REQUESTED, _S.APPROVED)
LIFE = StateMachine(
    Transition("approve", {_S.REQUESTED}, _S.APPROVED, needs_reason=True),
    Transition("decline", {_S.REQUESTED}, _S.DECLINED, needs_reason=True),
    Transition("withdraw", set(OPEN), _S.WITHDRAWN),
)
# Nobody takes this step by hand: it is noted when the same person asks again.
FATE = StateMachine(Transition("expire", {_S.APPROVED}, _S.EXPIRED))


def needed_for(action: str) -> Permission:
    """Whoever asks may withdraw; custodians decide."""
    return (
        Permission.IDENTITY_REQUEST if action == "withdraw" else Permission.IDENTITY_DECIDE
    )  # fmt: skip


def check_hand(request: IdentityRequest, actor: Actor, action: str, *, below: bool) -> None:
    """Refuse a step by the wrong person; `below`: his unit lies in that of the requester."""
    own = actor.subject == request.requested_by
    if action == "withdraw":
        if not own:
            raise errors.NotYourRequest(permission=str(Permission.IDENTITY_REQUEST))
    elif own or actor.unit_id == request.requester_unit_id or below:
        raise errors.SecondPersonNeeded(permission=str(Permission.IDENTITY_DECIDE))


def lies_below(unit: Unit, other: Unit) -> bool:
    """Whether a unit lies in another on today's map; in the country all others do."""
    if unit.id == other.id:
        return False
    return other.level is UnitLevel.NATIONAL or other.id in (getattr(unit, up) for up in PLACE)


def is_over(request: IdentityRequest, at: datetime) -> bool:
    """Whether an approval has been used up or has run out."""
    until = request.opens_until
    return request.views >= MOST_VIEWS or (until is not None and until <= at)


def lacking(
    request: IdentityRequest, actor: Actor, at: datetime, *, assigned: bool
) -> list[FieldError]:
    """Which of the five conditions do not hold; an identity is opened only where all do."""
    return list(_lacking(request, actor, at, assigned=assigned))


def _lacking(
    request: IdentityRequest, actor: Actor, at: datetime, *, assigned: bool
) -> Iterator[FieldError]:
    if not assigned or actor.subject != request.requested_by:
        yield errors.NOT_ASSIGNED
    if request.state not in OPEN or not request.reason.strip():
        yield errors.NOT_OPEN
    if not _approved(request):
        yield errors.NOT_APPROVED
    if not _proved(actor, at):
        yield errors.SECOND_FACTOR
    if request.opens_until is None or is_over(request, at):
        yield errors.EXPIRED


def _approved(request: IdentityRequest) -> bool:
    """Whether a second person of another unit has said yes, whatever has come after that."""
    if request.state in (_S.REQUESTED, _S.DECLINED) or request.opens_until is None:
        return False
    persons = request.decided_by, request.decider_unit_id
    other = request.decided_by != request.requested_by
    return None not in persons and other and request.decider_unit_id != request.requester_unit_id


def _proved(actor: Actor, at: datetime) -> bool:
    """Whether somebody has just now shown his second factor."""
    if actor.signed_in_at is None or not SECOND_FACTORS & set(actor.methods):
        return False
    return at - actor.signed_in_at <= FRESH
