"""Operations on retention: enter a term, hold a record, release the hold."""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.confidential import RetentionRule
from app.domain.actor import NATION_ONLY, Actor, Permission, operation
from app.domain.confidential.kinds import R
from app.domain.confidential.queries import lock_record
from app.domain.confidential.retention import queries
from app.domain.confidential.retention.errors import RetentionRuleNotLater
from app.domain.confidential.retention.kinds import HoldKind
from app.domain.confidential.retention.schemas import HoldInput, ReleaseInput, RetentionRuleCreate
from app.domain.deadlines.days import day_of
from app.domain.records import kit as records
from app.domain.records.basis_documents import check_basis
from app.domain.records.kit import Edit


@operation(Permission.RETENTION_WRITE, levels=NATION_ONLY)
async def add_retention_rule(session: Session, actor: Actor, data: RetentionRuleCreate) -> UUID:
    """Enter a retention rule; it does not apply to what has been given notice."""
    await queries.lock_rules(session)
    last = await queries.find_last_rule(session, data.of)
    if last and data.valid_from <= last.valid_from:
        raise RetentionRuleNotLater(of=data.of.value, since=last.valid_from.isoformat())
    rule, fields = RetentionRule(**data.model_dump()), data.model_fields_set
    return await records.create(session, actor, Permission.RETENTION_WRITE, rule, fields)


async def hold_record(
    session: Session, kind: HoldKind[R], actor: Actor, record_id: UUID, data: HoldInput
) -> UUID:
    """Keep a record whatever its term, because a document says so."""
    record = await lock_record(session, kind.record, actor, record_id)
    if await queries.find_live_hold(session, kind, record.id):
        raise kind.already_held()
    await check_basis(session, actor, [(data.document_id, day_of(now()))])
    hold = kind.table(**kind.record.refer_to(record.id), **data.model_dump())
    fields = sorted(["document_id", "reason", kind.record.reference])
    edit = Edit(hold, fields, unit_id=record.unit_id)
    await records.save_all(session, actor, kind.permission, [edit])
    return hold.id


async def release_record(
    session: Session, kind: HoldKind[R], actor: Actor, record_id: UUID, data: ReleaseInput
) -> UUID:
    """End the hold on a record; its term counts again."""
    record = await lock_record(session, kind.record, actor, record_id)
    hold = await queries.find_live_hold(session, kind, record.id)
    if hold is None:
        raise kind.not_held()
    values = {"released_on": day_of(now()), "release_reason": data.reason}
    edit = Edit(hold, records.assign(hold, values), unit_id=record.unit_id)
    await records.save_all(session, actor, kind.permission, [edit])
    return hold.id
