"""Tips that tell of the same: suggested by their sketches, linked by people, never made one."""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.tips import TipLink
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines.days import day_of
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.tips import reach
from app.domain.tips.handling import alike, opening
from app.domain.tips.handling.errors import AlreadyLinked, LinkNotFound, OneTipTwice
from app.domain.tips.handling.schemas import AlikeTip, AlikeTips, TipLinkCreate
from app.domain.tips.likeness import VALUES


@operation(Permission.TIP_READ_CONTENT)
async def alike_tips(session: Session, actor: Actor, id: UUID) -> AlikeTips:
    """Tips of your units that may tell of the same as one you are assigned to; on record."""
    tip = await opening.assigned(session, actor, id)
    found = [
        AlikeTip(
            tip_id=row[0], share=row[1] / VALUES, received_on=row[2], unit_id=row[3], state=row[4],
            is_linked=row[5],
        )
        for row in await alike.alike(session, actor, tip)
    ]  # fmt: skip
    read = [
        Change("tip", known, tip.unit_id, Act.READ, None, ["likeness"])
        for known in (tip.id, *(one.tip_id for one in found))
    ]
    await records.log_changes(session, actor, Permission.TIP_READ_CONTENT, read)
    return AlikeTips(items=found)


@operation(Permission.TIP_WRITE)
async def link_tips(session: Session, actor: Actor, id: UUID, data: TipLinkCreate) -> UUID:
    """Say that two tips of your units tell of the same; each keeps its receipt and its clocks."""
    if data.other_id == id:
        raise OneTipTwice()
    first, second = sorted((id, data.other_id))
    one, other = [await reach.held(session, actor, known) for known in (first, second)]
    if await alike.link(session, one.id, other.id):
        raise AlreadyLinked()
    session.add(
        TipLink(
            tip_id=one.id, other_id=other.id, linked_by=actor.subject, linked_on=day_of(now()),
            note=data.note,
        )
    )  # fmt: skip
    await session.flush()
    await _account(session, actor, [(one.id, one.unit_id), (other.id, other.unit_id)])
    return id


@operation(Permission.TIP_WRITE)
async def unlink_tips(session: Session, actor: Actor, id: UUID, other_id: UUID) -> UUID:
    """Say that two tips do not tell of the same after all."""
    first, second = sorted((id, other_id))
    one = await reach.held(session, actor, first)
    other = one if first == second else await reach.held(session, actor, second)
    if not await alike.unlink(session, one.id, other.id):
        raise LinkNotFound()
    await _account(session, actor, [(one.id, one.unit_id), (other.id, other.unit_id)])
    return id


async def _account(session: Session, actor: Actor, tips: list[tuple[UUID, UUID]]) -> None:
    changes = [Change("tip_link", tip, unit, Act.CHANGE, 1, ["alike"]) for tip, unit in tips]
    await records.log_changes(session, actor, Permission.TIP_WRITE, changes)
