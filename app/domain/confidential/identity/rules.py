"""Rules on identities: how long, how often, by whom, and the five conditions.

The window and the number of views are rules of our own, not of a law.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.db.base import PLACE
from app.db.tables.confidential import IdentityRequestRow, IdentityRequestState
from app.db.tables.units import Unit, UnitLevel
from app.domain.actor import Actor, Permission
from app.domain.confidential.identity import errors
from app.domain.confidential.identity.kinds import IdentityPermissions
from app.domain.errors import FieldError
from app.domain.records.state_machine import StateMachine, Transition

WINDOW, MAX_VIEWS = timedelta(minutes=15), 3
MAX_SIGN_IN_AGE = timedelta(minutes=5)
SECOND_FACTORS = {"otp", "mfa"}
_S = IdentityRequestState
OPEN = (_S.REQUESTED, _S.APPROVED)
LIFE = StateMachine(
    Transition("approve", {_S.REQUESTED}, _S.APPROVED, needs_reason=True),
    Transition("decline", {_S.REQUESTED}, _S.DECLINED, needs_reason=True),
    Transition("withdraw", set(OPEN), _S.WITHDRAWN),
)
# Nobody takes this step by hand: it is recorded when the same person asks again.
EXPIRY = StateMachine(Transition("expire", {_S.APPROVED}, _S.EXPIRED))


def permission_for(permissions: IdentityPermissions, action: str) -> Permission:
    """Choose the permission for a step: requesters withdraw, custodians decide."""
    return permissions.request if action == "withdraw" else permissions.decide


def check_decider(
    request: IdentityRequestRow, actor: Actor, action: str, permission: Permission, *, below: bool
) -> None:
    """Refuse a step by the wrong person; `below`: their unit lies in that of the requester."""
    own = actor.subject == request.requested_by
    if action == "withdraw":
        if not own:
            raise errors.NotYourRequest(permission=str(permission))
    elif own or actor.unit_id == request.requester_unit_id or below:
        raise errors.SecondPersonNeeded(permission=str(permission))


def lies_below(unit: Unit, other: Unit) -> bool:
    """Return whether a unit lies in another on today's map; all others lie in the country."""
    if unit.id == other.id:
        return False
    return other.level is UnitLevel.NATIONAL or other.id in (getattr(unit, up) for up in PLACE)


def is_over(request: IdentityRequestRow, at: datetime) -> bool:
    """Return whether an approval has been used up or has run out."""
    until = request.opens_until
    return request.views >= MAX_VIEWS or (until is not None and until <= at)


def failed_conditions(
    request: IdentityRequestRow,
    actor: Actor,
    at: datetime,
    not_assigned: FieldError,
    *,
    assigned: bool,
) -> list[FieldError]:
    """List which of the five conditions fail; an identity is opened only where none does."""
    return list(_failures(request, actor, at, not_assigned, assigned=assigned))


def _failures(
    request: IdentityRequestRow,
    actor: Actor,
    at: datetime,
    not_assigned: FieldError,
    *,
    assigned: bool,
) -> Iterator[FieldError]:
    if not assigned or actor.subject != request.requested_by:
        yield not_assigned
    if request.state not in OPEN or not request.reason.strip():
        yield errors.NOT_OPEN
    if not _is_approved(request):
        yield errors.NOT_APPROVED
    if not _has_fresh_second_factor(actor, at):
        yield errors.SECOND_FACTOR
    if request.opens_until is None or is_over(request, at):
        yield errors.EXPIRED


def _is_approved(request: IdentityRequestRow) -> bool:
    """Return whether a second person of another unit has approved it, whatever came after."""
    if request.state in (_S.REQUESTED, _S.DECLINED) or request.opens_until is None:
        return False
    persons = request.decided_by, request.decider_unit_id
    other = request.decided_by != request.requested_by
    return None not in persons and other and request.decider_unit_id != request.requester_unit_id


def _has_fresh_second_factor(actor: Actor, at: datetime) -> bool:
    """Return whether the actor has signed in with a second factor just now."""
    if actor.signed_in_at is None or not SECOND_FACTORS & set(actor.methods):
        return False
    return at - actor.signed_in_at <= MAX_SIGN_IN_AGE
