"""Messages to an informant, encrypted for them and for the officers, read by their receipt."""

from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from app.db.base import now
from app.db.session import Session
from app.db.tables.tip_parts import TipMessage
from app.db.tables.tips import Tip
from app.domain.actor import Actor, Permission, operation
from app.domain.confidential.crypto.envelopes import encrypt, row_context
from app.domain.deadlines.days import day_of
from app.domain.records import kit as records
from app.domain.records.service import Change, log_changes
from app.domain.tips import deadlines, scope
from app.domain.tips.context import TipContext
from app.domain.tips.crypto.receipts import INFORMANT
from app.domain.tips.handling import access, queries
from app.domain.tips.handling.errors import NoOpenDeadline, NotAssigned
from app.domain.tips.handling.schemas import TipMessageCreate, TipMessageSent


@operation(Permission.TIP_WRITE)
async def send_tip_message(
    session: Session, actor: Actor, id: UUID, data: TipMessageCreate, context: TipContext
) -> TipMessageSent:
    """Send a message to the informant, which may be the legal notice of resumption."""
    tip = await access.find_assigned_tip(session, actor, id, lock=True)
    if data.notice:
        notice = (deadlines.RESUMPTION_NOTICE,)
        if await deadlines.meet_deadline(session, actor, tip.id, notice, now()) is None:
            raise NoOpenDeadline()
    sent, change = await write_message(session, actor, tip, data.text, context)
    await log_changes(session, actor, Permission.TIP_WRITE, [change])
    return TipMessageSent(id=sent.id, number=sent.number, sent_on=sent.sent_on)


async def write_message(
    session: Session, actor: Actor, tip: Tip, text: str, context: TipContext
) -> tuple[TipMessage, Change]:
    """Encrypt a message for the informant, and for the officers so that it can be read again."""
    if not await scope.is_assigned(session, actor, tip.id):
        raise NotAssigned(permission="assignment")
    id, key = uuid4(), await queries.load_informant_key(session, tip.id)
    recipients = {**context.keys.content.newest, INFORMANT: X25519PublicKey.from_public_bytes(key)}
    made = encrypt(text.encode(), recipients, row_context("tip_message", id))
    sent = TipMessage(
        id=id, tip_id=tip.id, number=await queries.next_message_number(session, tip.id),
        from_informant=False, sent_on=day_of(now()), sent_by=actor.subject, sealed=made.ciphertext,
        keys=made.keys,
    )  # fmt: skip
    await records.write(session, sent)
    return sent, Change("tip_message", id, tip.unit_id, fields=["text"])
