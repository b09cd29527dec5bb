"""What can be done to know an informant: ask, approve, decline, withdraw."""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.tip_parts import IdentityRequest, IdentityRequestState
from app.domain.actor import Actor, Permission, operation
from app.domain.records import service as records
from app.domain.records.schemas import TransitionInput
from app.domain.records.service import Change
from app.domain.records.state_machine import AppliedTransition, StateMachine
from app.domain.tips import reach
from app.domain.tips.identity import queries, rules
from app.domain.tips.identity.errors import AlreadyRequested, IdentityRequestNotFound, NoContact
from app.domain.tips.identity.schemas import IdentityAsk, IdentityStep
from app.domain.units.shape import today

RESOURCE = "identity_request"
DECIDED = ["decided_at", "decided_by", "decider_unit_id", "decision", "opens_until", "state"]


@operation(Permission.IDENTITY_REQUEST)
async def request_identity(session: Session, actor: Actor, id: UUID, data: IdentityAsk) -> UUID:
    """Ask to know the informant of a tip; somebody of another unit decides, and he may see why."""
    tip = await reach.held(session, actor, id)
    if not tip.has_contact:
        raise NoContact()
    changes = await _end_former(session, actor, id)
    request = IdentityRequest(
        tip_id=id, unit_id=tip.unit_id, requested_by=actor.subject,
        requester_unit_id=actor.unit_id, reason=data.reason, created_by=actor.subject,
        changed_by=actor.subject,
    )  # fmt: skip
    session.add(request)
    await session.flush()
    changes.append(Change(RESOURCE, request.id, tip.unit_id, fields=["reason", "tip_id"]))
    await records.log_changes(session, actor, Permission.IDENTITY_REQUEST, changes)
    return request.id


@operation(Permission.IDENTITY_READ)
async def move_request(
    session: Session, actor: Actor, id: UUID, data: IdentityStep, expected: int | None
) -> UUID:
    """Approve or decline a request by another's hand, or withdraw one's own."""
    needed = rules.needed_for(data.action)
    actor.require(needed)
    request = await queries.one(session, actor, id)
    if request is None:
        raise IdentityRequestNotFound()
    await records.check_version(session, request, expected)
    step = _taken(rules.LIFE, request, data.action, data.reason)
    own = await queries.unit(session, actor.unit_id)
    below = rules.lies_below(own, await queries.unit(session, request.requester_unit_id))
    rules.check_hand(request, actor, data.action, below=below)
    if needed is Permission.IDENTITY_DECIDE:
        _decide(request, actor, step)
    change = _move(request, actor, step, DECIDED if request.decided_by else ["state"])
    await session.flush()
    await records.log_changes(session, actor, needed, [change])
    return request.id


def _decide(request: IdentityRequest, actor: Actor, step: AppliedTransition) -> None:
    """Who decided, when and why; an approval opens a window that begins now."""
    request.decided_by, request.decider_unit_id = actor.subject, actor.unit_id
    request.decided_at, request.decision = now(), step.reason
    if step.to_state == IdentityRequestState.APPROVED:
        request.opens_until = request.decided_at + rules.WINDOW


async def _end_former(session: Session, actor: Actor, tip_id: UUID) -> list[Change]:
    """A request of the same person that is used up makes room for another; an open one does not."""
    former = await queries.open_of(session, tip_id, actor.subject)
    if former is None:
        return []
    if not rules.is_over(former, now()):
        raise AlreadyRequested(state=former.state.value, open_request=str(former.id))
    step = _taken(rules.FATE, former, "expire", None)
    return [_move(former, actor, step, ["state"])]


def _taken(
    life: StateMachine[IdentityRequestState],
    request: IdentityRequest,
    action: str,
    reason: str | None,
) -> AppliedTransition:
    words = TransitionInput(action=action, reason=reason)
    return life.apply(request.state, words, effective_on=today())


def _move(
    request: IdentityRequest, actor: Actor, step: AppliedTransition, fields: list[str]
) -> Change:
    request.state = IdentityRequestState(step.to_state)
    records.apply_changes(request, actor)
    act, version = Act.TRANSITION, request.version
    return Change(RESOURCE, request.id, request.unit_id, act, version, fields, step)
