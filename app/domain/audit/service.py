"""Operations of an auditor: read the signed heads of the chain, and verify the chain."""

from datetime import timedelta

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.domain.actor import Actor, Level, Permission, operation
from app.domain.audit import queries
from app.domain.audit.errors import NationalOnly, NotARange
from app.domain.audit.keys import AuditKeys
from app.domain.audit.schemas import (
    AuditFault,
    AuditHeads,
    AuditKey,
    Place,
    Verification,
    VerificationInput,
    to_head,
)
from app.domain.audit.verification import MAX_REPORTED, ChainVerifier, Signed, What
from app.domain.records import service as records
from app.domain.records.service import Change

MAX_HEADS = 20
SEAL_PATIENCE = timedelta(minutes=1)


@operation(Permission.AUDIT_VERIFY)
async def audit_heads(session: Session, actor: Actor, keys: AuditKeys) -> AuditHeads:
    """Return the last signed heads of the audit, to store them elsewhere."""
    heads = await queries.list_seals(session, most=MAX_HEADS, newest=True)
    return AuditHeads(
        keys=[AuditKey(**key) for key in keys.public()["keys"]],
        heads=[to_head(head) for head in heads],
        waiting=await queries.count_waiting(session),
    )


@operation(Permission.AUDIT_VERIFY)
async def verify_audit(
    session: Session, actor: Actor, keys: AuditKeys, data: VerificationInput
) -> Verification:
    """Verify the chain of the audit, or a part of it, and name every alteration."""
    if actor.level is not Level.NATIONAL:
        raise NationalOnly(permission=Permission.AUDIT_VERIFY)
    begin, end = data.from_position or 1, data.to_position
    if end is not None and end < begin:
        raise NotARange(from_position=begin, to_position=end)
    judge = await verify_chain(session, keys.verify, begin, end, _read_published(data))
    seen = Change("audit_chain", None, actor.unit_id, Act.SECURITY, None)
    await records.log_changes(session, actor, Permission.AUDIT_VERIFY, [seen])
    return to_verification(judge)


async def verify_chain(
    session: Session, signed: Signed, begin: int, end: int | None, published: dict[int, bytes]
) -> ChainVerifier:
    """Verify the stored chain, or a part of it; a batch at a time in memory."""
    judge = ChainVerifier(signed, begin, published=published)
    if begin > 1:
        judge = ChainVerifier(signed, begin, await queries.find_hash(session, begin - 1), published)
    async for link, seal in queries.read_chain(session, after=begin - 1, until=end):
        judge.link(link)
        if seal:
            judge.seal(seal, link.hash)
    if end is None:
        await _find_unlinked(session, judge)
    judge.end(tail=end is None)
    return judge


async def _find_unlinked(session: Session, judge: ChainVerifier) -> None:
    """Find seals and entries that belong to the chain and are not in it."""
    for seal in await queries.list_orphan_seals(session, MAX_REPORTED):
        judge.seal(seal, None)
    for id in await queries.list_left_out(session, now() - SEAL_PATIENCE, MAX_REPORTED):
        judge.fault(What.UNSEALED, entry_id=id)
    for id in await queries.list_missing_waiting(session, MAX_REPORTED):
        judge.fault(What.MISSING, entry_id=id)


def _read_published(data: VerificationInput) -> dict[int, bytes]:
    head = data.published
    return {head.position: bytes.fromhex(head.head)} if head else {}


def to_verification(judge: ChainVerifier) -> Verification:
    """Return a verification as its schema."""
    return Verification(
        from_position=Place(judge.begin),
        to_position=Place(judge.last),
        entries=judge.links,
        seals=judge.seals,
        found=judge.found,
        faults=[
            AuditFault(what=fault.what, position=_place(fault.position), entry_id=fault.entry_id)
            for fault in judge.faults
        ],
    )


def _place(position: int | None) -> Place | None:
    return None if position is None else Place(position)
