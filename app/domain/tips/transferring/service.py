"""What can be done to hand a tip over: offer, accept, decline, withdraw."""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.tip_transfers import TipTransfer, TransferState
from app.db.tables.tips import TipState
from app.domain.actor import Actor, Permission, operation
from app.domain.records import service as records
from app.domain.records.schemas import TransitionInput
from app.domain.records.service import Change
from app.domain.records.state_machine import AppliedTransition
from app.domain.tips import reach, terms
from app.domain.tips.transferring import queries, rules
from app.domain.tips.transferring.errors import (
    AlreadyOffered,
    NotYourSide,
    TakenBack,
    TransferNotFound,
)
from app.domain.tips.transferring.schemas import TransferOffer, TransferStep
from app.domain.units import service as units
from app.domain.units.shape import today

BY = Permission.TIP_TRANSFER


@operation(Permission.TIP_TRANSFER)
async def offer_tip(session: Session, actor: Actor, id: UUID, data: TransferOffer) -> UUID:
    """Offer a triaged tip to another unit, which has it once it accepts; its clock runs on."""
    tip = await reach.held(session, actor, id)
    rules.check_tip(tip.state)
    named = (data.to_unit, today())
    found = await units.open_units(session, actor, [named], own=set())
    rules.check_target(tip, await queries.unit(session, found[named]))
    if await queries.has_offer(session, tip.id):
        raise AlreadyOffered()
    offer = TipTransfer(
        tip_id=tip.id, unit_id=found[named], from_unit_id=tip.unit_id, kind=tip.kind,
        category=tip.category, received_on=tip.received_on, reason=data.reason,
        shared=rules.parts_of(tip, data.shared), offered_on=today(), created_by=actor.subject,
        changed_by=actor.subject,
    )  # fmt: skip
    session.add(offer)
    await session.flush()
    fields = ["from_unit_id", "reason", "shared", "tip_id", "unit_id"]
    made = Change("tip_transfer", offer.id, offer.unit_id, fields=fields)
    await records.log_changes(session, actor, BY, [made])
    return offer.id


@operation(Permission.TIP_TRANSFER)
async def move_transfer(
    session: Session, actor: Actor, id: UUID, data: TransferStep, expected: int | None
) -> UUID:
    """Accept or decline a tip that is offered to your unit, or withdraw an offer of yours."""
    offer = await queries.one(session, actor, id)
    if offer is None:
        raise TransferNotFound()
    words = TransitionInput(action=data.action, reason=data.reason)
    step = rules.OFFER_LIFE.apply(offer.state, words, effective_on=today())  # one wins, told first
    await records.check_version(session, offer, expected)
    await _check_side(session, actor, offer, step.action)
    changes = []
    if step.to_state == TransferState.ACCEPTED:
        changes.append(await _take(session, actor, offer))
    offer.state, offer.answer = TransferState(step.to_state), step.reason
    offer.answered_on = step.effective_on
    records.apply_changes(offer, actor)
    fields, version = ["answer", "answered_on", "state"], offer.version
    act, unit = Act.TRANSITION, offer.unit_id
    changes.append(Change("tip_transfer", offer.id, unit, act, version, fields, step))
    await session.flush()
    await records.log_changes(session, actor, BY, changes)
    return offer.id


async def _check_side(session: Session, actor: Actor, offer: TipTransfer, action: str) -> None:
    """Who is offered a tip answers; who holds it takes the offer back."""
    if action in rules.BY_OFFERER:
        its_own = await reach.is_held(session, actor, offer.tip_id)
    else:
        its_own = await queries.is_offered_to(session, actor, offer.id)
    if not its_own:
        raise NotYourSide(permission=str(BY))


async def _take(session: Session, actor: Actor, offer: TipTransfer) -> Change:
    """The tip is held by the new unit from now on, which was the aim of its first clock."""
    if not await queries.take(session, offer.id, today()):
        raise TakenBack()
    tip = await reach.held(session, actor, offer.tip_id)
    await queries.leave_behind(session, tip.id, tip.unit_id, today())
    words = TransitionInput(action="transfer")
    step: AppliedTransition = rules.TIP_MOVES.apply(tip.state, words, effective_on=today())
    tip.state = TipState(step.to_state)
    records.apply_changes(tip, actor)
    await terms.meet(session, actor, tip.id, terms.HANDING_OVER, now())
    await session.flush()
    fields = ["shared", "state", "unit_id"]
    return Change("tip", tip.id, tip.unit_id, Act.TRANSITION, tip.version, fields, step)
