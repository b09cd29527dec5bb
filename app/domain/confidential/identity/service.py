"""Operations on identity requests: ask, approve, decline, withdraw.

Each kind of record offers them under permissions of its own.
"""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.confidential import IdentityRequestRow, IdentityRequestState
from app.domain.actor import Actor
from app.domain.confidential.identity import queries, rules
from app.domain.confidential.identity.kinds import IdentityKind
from app.domain.confidential.identity.schemas import (
    IdentityRequestCreate,
    IdentityRequestTransition,
)
from app.domain.confidential.identity.shape import identity_request_scope
from app.domain.confidential.kinds import R
from app.domain.confidential.queries import load_unit, lock_record
from app.domain.records import kit as records
from app.domain.records.kit import Edit
from app.domain.records.schemas import TransitionInput
from app.domain.records.state_machine import AppliedTransition, StateMachine
from app.domain.units.shape import today

DECISION = ["decided_at", "decided_by", "decider_unit_id", "decision", "opens_until", "state"]


async def request_identity(
    session: Session,
    kind: IdentityKind[R],
    actor: Actor,
    record_id: UUID,
    data: IdentityRequestCreate,
) -> UUID:
    """Ask to know the protected person in a record; a person of another unit decides."""
    record = await lock_record(session, kind.record, actor, record_id)
    if not kind.has_identity(record):
        raise kind.refusals.no_identity()
    former = await _expire_former(session, kind, actor, record_id)
    request = kind.requests(
        **kind.record.refer_to(record_id), unit_id=record.unit_id, requested_by=actor.subject,
        requester_unit_id=actor.unit_id, reason=data.reason,
    )  # fmt: skip
    made = Edit(request, sorted(["reason", kind.record.reference]))
    await records.save_all(session, actor, kind.permissions.request, [*former, made])
    return request.id


async def transition_request(
    session: Session,
    kind: IdentityKind[R],
    actor: Actor,
    id: UUID,
    data: IdentityRequestTransition,
    expected: int | None,
) -> UUID:
    """Approve or decline another person's request, or withdraw one's own."""
    needed = rules.permission_for(kind.permissions, data.action)
    actor.require(needed)
    request = await records.load(
        session, actor, kind.requests, id, expected, scope=identity_request_scope(kind),
        lock_map=False,
    )  # fmt: skip
    step = _take(rules.LIFE, request, data.action, data.reason)
    own = await load_unit(session, actor.unit_id)
    below = rules.lies_below(own, await load_unit(session, request.requester_unit_id))
    rules.check_decider(request, actor, data.action, needed, below=below)
    if needed is kind.permissions.decide:
        _record_decision(request, actor, step)
    fields = DECISION if request.decided_by else ["state"]
    return await records.save(session, actor, needed, request, fields, step)


def _record_decision(request: IdentityRequestRow, actor: Actor, step: AppliedTransition) -> None:
    """Record who decided, when and why; an approval opens a window that begins now."""
    request.decided_by, request.decider_unit_id = actor.subject, actor.unit_id
    request.decided_at, request.decision = now(), step.reason
    if step.to_state == IdentityRequestState.APPROVED:
        request.opens_until = request.decided_at + rules.WINDOW


async def _expire_former(
    session: Session, kind: IdentityKind[R], actor: Actor, record_id: UUID
) -> list[Edit]:
    """Expire the actor's former request where it is used up; refuse another while it is open."""
    former = await queries.lock_open_request(session, kind, record_id, actor.subject)
    if former is None:
        return []
    if not rules.is_over(former, now()):
        raise kind.refusals.already_requested(state=former.state.value, open_request=str(former.id))
    step = _take(rules.EXPIRY, former, "expire", None)
    return [Edit(former, ["state"], step)]


def _take(
    life: StateMachine[IdentityRequestState],
    request: IdentityRequestRow,
    action: str,
    reason: str | None,
) -> AppliedTransition:
    """Take a step: set the state that it leads to, and return it for the log."""
    words = TransitionInput(action=action, reason=reason)
    step = life.apply(request.state, words, effective_on=today())
    request.state = IdentityRequestState(step.to_state)
    return step
