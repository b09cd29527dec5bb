"""What people decide of keeping: terms for all tips, and holds on one."""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.documents import Document
from app.db.tables.records import Act
from app.db.tables.tip_parts import LegalHold, RetentionRule
from app.domain.actor import Actor, Level, Permission, operation
from app.domain.deadlines.days import day_of
from app.domain.documents import queries as documents
from app.domain.records import service as records
from app.domain.records.errors import build_not_found
from app.domain.records.service import Change
from app.domain.tips import reach
from app.domain.tips.keeping import queries
from app.domain.tips.keeping.errors import (
    AlreadyHeld,
    NotHeld,
    RetentionForTheCountryOnly,
    RetentionRuleNotLater,
)
from app.domain.tips.keeping.schemas import HoldWords, ReleaseWords, RetentionRuleCreate


@operation(Permission.RETENTION_WRITE)
async def add_retention_rule(session: Session, actor: Actor, data: RetentionRuleCreate) -> UUID:
    """Enter how long something is kept; tips that have been given notice keep their day."""
    if actor.level is not Level.NATIONAL:
        raise RetentionForTheCountryOnly(permission=Permission.RETENTION_WRITE)
    await queries.enter_alone(session)
    last = await queries.last_rule(session, data.of)
    if last and data.valid_from <= last.valid_from:
        raise RetentionRuleNotLater(of=data.of.value, since=last.valid_from.isoformat())
    by = actor.subject
    rule = RetentionRule(**data.model_dump(), created_by=by, changed_by=by)
    session.add(rule)
    await session.flush()
    entered = Change("retention_rule", rule.id, fields=sorted(data.model_fields_set))
    await records.log_changes(session, actor, Permission.RETENTION_WRITE, [entered])
    return rule.id


@operation(Permission.TIP_HOLD)
async def hold_tip(session: Session, actor: Actor, id: UUID, data: HoldWords) -> UUID:
    """Keep a tip whatever its term, because a document says so."""
    tip = await reach.held(session, actor, id)
    if await queries.live_hold(session, tip.id):
        raise AlreadyHeld()
    if await documents.find_visible(session, actor, data.document_id) is None:
        raise build_not_found(Document)
    by = actor.subject
    hold = LegalHold(tip_id=tip.id, **data.model_dump(), created_by=by, changed_by=by)
    session.add(hold)
    await session.flush()
    told = Change("tip_hold", hold.id, tip.unit_id, fields=["document_id", "reason", "tip_id"])
    await records.log_changes(session, actor, Permission.TIP_HOLD, [told])
    return hold.id


@operation(Permission.TIP_HOLD)
async def release_tip(session: Session, actor: Actor, id: UUID, data: ReleaseWords) -> UUID:
    """End the hold on a tip; its term counts again."""
    tip = await reach.held(session, actor, id)
    hold = await queries.live_hold(session, tip.id)
    if hold is None:
        raise NotHeld()
    said = {"released_on": day_of(now()), "release_reason": data.reason}
    fields = records.apply_changes(hold, actor, said)
    await session.flush()
    told = Change("tip_hold", hold.id, tip.unit_id, Act.CHANGE, hold.version, fields)
    await records.log_changes(session, actor, Permission.TIP_HOLD, [told])
    return hold.id
