"""Links between tips about the same matter: suggested by sketches, made by people."""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.tips import TipLink
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines.days import day_of
from app.domain.records import kit as records
from app.domain.records.refused_reads import audit_refusals
from app.domain.records.service import Change, log_changes
from app.domain.tips import scope
from app.domain.tips.handling import access, similarity
from app.domain.tips.handling.errors import AlreadyLinked, LinkNotFound, SameTip
from app.domain.tips.handling.schemas import AlikeTip, AlikeTips, TipLinkCreate
from app.domain.tips.sketches import VALUES


@audit_refusals("tip")
@operation(Permission.TIP_READ_CONTENT)
async def alike_tips(session: Session, actor: Actor, id: UUID) -> AlikeTips:
    """List tips of your units that may be about the same as one of yours; it is audited."""
    tip = await access.find_assigned_tip(session, actor, id)
    found = [
        AlikeTip(
            tip_id=row[0], share=row[1] / VALUES, received_on=row[2], unit_id=row[3], state=row[4],
            is_linked=row[5],
        )
        for row in await similarity.find_similar(session, actor, tip)
    ]  # fmt: skip
    read = [
        Change("tip", known, tip.unit_id, Act.READ, None, ["likeness"])
        for known in (tip.id, *(one.tip_id for one in found))
    ]
    await log_changes(session, actor, Permission.TIP_READ_CONTENT, read)
    return AlikeTips(items=found)


@operation(Permission.TIP_WRITE)
async def link_tips(session: Session, actor: Actor, id: UUID, data: TipLinkCreate) -> UUID:
    """Link two tips of your units as being about the same."""
    if data.other_id == id:
        raise SameTip()
    first, second = sorted((id, data.other_id))
    one, other = [await scope.lock_tip(session, actor, known) for known in (first, second)]
    if await similarity.find_link(session, one.id, other.id):
        raise AlreadyLinked()
    link = TipLink(
        tip_id=one.id, other_id=other.id, linked_by=actor.subject, linked_on=day_of(now()),
        note=data.note,
    )  # fmt: skip
    await records.write(session, link)
    await _log_link(session, actor, [(one.id, one.unit_id), (other.id, other.unit_id)])
    return id


@operation(Permission.TIP_WRITE)
async def unlink_tips(session: Session, actor: Actor, id: UUID, other_id: UUID) -> UUID:
    """Remove the link between two tips."""
    first, second = sorted((id, other_id))
    one = await scope.lock_tip(session, actor, first)
    other = one if first == second else await scope.lock_tip(session, actor, second)
    if not await similarity.delete_link(session, one.id, other.id):
        raise LinkNotFound()
    await _log_link(session, actor, [(one.id, one.unit_id), (other.id, other.unit_id)])
    return id


async def _log_link(session: Session, actor: Actor, tips: list[tuple[UUID, UUID]]) -> None:
    """Log a change of the links of two tips, with the units that hold them."""
    changes = [Change("tip_link", tip, unit, Act.CHANGE, 1, ["alike"]) for tip, unit in tips]
    await log_changes(session, actor, Permission.TIP_WRITE, changes)
