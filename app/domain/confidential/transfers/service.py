"""Operations on transfers: offer, accept, decline, withdraw.

Each kind of record offers them under a permission of its own.
"""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.confidential import TransferRow, TransferState
from app.domain.actor import Actor
from app.domain.confidential.kinds import R
from app.domain.confidential.queries import (
    end_assignments,
    is_in_scope,
    load_unit,
    lock_record,
    move_deadlines,
)
from app.domain.confidential.transfers import queries, rules
from app.domain.confidential.transfers.errors import NotYourSide, TargetExcluded
from app.domain.confidential.transfers.kinds import TransferKind
from app.domain.confidential.transfers.schemas import TransferTransition
from app.domain.confidential.transfers.shape import transfer_scope
from app.domain.records import kit as records
from app.domain.records.kit import Edit
from app.domain.records.schemas import TransitionInput
from app.domain.records.service import check_version
from app.domain.units import queries as map_
from app.domain.units import service as units
from app.domain.units.shape import today

ANSWER = ["answer", "answered_on", "state"]


async def offer_record(
    session: Session,
    kind: TransferKind[R],
    actor: Actor,
    record_id: UUID,
    *,
    to_unit: str,
    reason: str,
    shared: Sequence[StrEnum],
) -> UUID:
    """Offer a record to another unit, which holds it once it accepts; deadlines run on."""
    record = await lock_record(session, kind.record, actor, record_id)
    kind.check_record(record)
    named, day = (to_unit, today()), today()
    found = await units.open_units(session, actor, [named], own=set())
    kind.check_target(record, await load_unit(session, found[named]))
    if await kind.record.is_barred(session, record.id, found[named]):
        raise TargetExcluded()
    if await queries.has_open_offer(session, kind, record.id):
        raise kind.refusals.already_offered()
    parts = rules.choose_parts(kind.parts, shared, kind.parts_shared_with(record))
    offer = kind.table(
        **kind.record.refer_to(record.id), **kind.summarise(record), unit_id=found[named],
        from_unit_id=record.unit_id, reason=reason, shared=parts, offered_on=day,
    )  # fmt: skip
    fields = ["from_unit_id", "reason", "shared", kind.record.reference, "unit_id"]
    return await records.create(session, actor, kind.permission, offer, fields)


async def transition_transfer(
    session: Session,
    kind: TransferKind[R],
    actor: Actor,
    id: UUID,
    data: TransferTransition,
    expected: int | None,
) -> UUID:
    """Accept or decline an offer to the actor's unit, or withdraw one of its own."""
    scope, table = transfer_scope(kind), kind.table
    offer = await records.get(session, actor, table, id, scope=scope, lock_map=False)
    words = TransitionInput(action=data.action, reason=data.reason)
    # before the version: of two answers one wins, and the other learns what the offer came to
    step = rules.OFFER_LIFE.apply(offer.state, words, effective_on=today())
    await check_version(session, offer, expected)
    await _check_side(session, kind, actor, offer, step.action)
    edits = []
    if step.to_state == TransferState.ACCEPTED:
        edits.append(await _accept(session, kind, actor, offer))
    offer.state, offer.answer = TransferState(step.to_state), step.reason
    offer.answered_on = step.effective_on
    edits.append(Edit(offer, ANSWER, step))
    await records.save_all(session, actor, kind.permission, edits)
    return offer.id


async def _check_side(
    session: Session, kind: TransferKind[R], actor: Actor, offer: TransferRow, action: str
) -> None:
    """Refuse a step of the other side: the receiving unit answers, the holding one withdraws."""
    if action in rules.BY_OFFERER:
        own = await is_in_scope(session, kind.record, actor, kind.record.id_of(offer))
    else:
        own = await queries.is_offered_to(session, kind, actor, offer.id)
    if not own:
        raise NotYourSide(permission=str(kind.permission))


async def _check_receiver(session: Session, offer: TransferRow) -> None:
    """Refuse an offer to a unit that has ended without a main successor; it names them all."""
    if await queries.find_receiving_unit(session, offer.unit_id) is None:
        found = await map_.find_units_by_id(session, [offer.unit_id], today())
        raise await units.unit_closed(session, found[offer.unit_id])


async def _accept(
    session: Session, kind: TransferKind[R], actor: Actor, offer: TransferRow
) -> Edit:
    """Move the record to the new unit; nobody of the former one reads it from now on."""
    id = kind.record.id_of(offer)  # the map may have changed since it was offered
    if await kind.record.is_barred(session, id, offer.unit_id):
        raise kind.refusals.moved_on()
    await _check_receiver(session, offer)
    if not await queries.accept_offer(session, kind, offer.id, today()):
        raise kind.refusals.moved_on()
    record = await lock_record(session, kind.record, actor, id)
    if not kind.taker_is_assigned:
        await end_assignments(session, kind.record, record.id, today())
    await move_deadlines(session, kind.record, record.id, record.unit_id)
    step = kind.take_transition(record)
    await kind.meet_deadlines(session, actor, record, now())
    former = [offer.from_unit_id] if kind.is_known_in_place(record) else []
    return Edit(record, kind.moved_fields, step, former_units=former)
