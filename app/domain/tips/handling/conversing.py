"""Words to an informant: sealed for him and for the office, read by his receipt."""

from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from app.db.base import now
from app.db.session import Session
from app.db.tables.tip_parts import TipMessage
from app.db.tables.tips import Tip
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines.days import day_of
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.tips import reach, terms
from app.domain.tips.handling import opening, queries
from app.domain.tips.handling.errors import NoClockRuns, NotAssigned
from app.domain.tips.handling.schemas import TipMessageCreate, TipMessageSent
from app.domain.tips.office import Office
from app.domain.tips.protecting.sealing import INFORMANT, place_of, seal


@operation(Permission.TIP_WRITE)
async def send_tip_message(
    session: Session, actor: Actor, id: UUID, data: TipMessageCreate, office: Office
) -> TipMessageSent:
    """Send a word to the informant; it may be the notice of resumption that the law asks for."""
    tip = await opening.assigned(session, actor, id, alone=True)
    if data.notice:
        notice = (terms.RESUMPTION_NOTICE,)
        if await terms.meet(session, actor, tip.id, notice, now()) is None:
            raise NoClockRuns()
    sent, change = await tell(session, actor, tip, data.text, office)
    await records.log_changes(session, actor, Permission.TIP_WRITE, [change])
    return TipMessageSent(id=sent.id, number=sent.number, sent_on=sent.sent_on)


async def tell(
    session: Session, actor: Actor, tip: Tip, text: str, office: Office
) -> tuple[TipMessage, Change]:
    """Seal a word for the informant, and for the office so that it can be read again."""
    if not await reach.is_assigned(session, actor, tip.id):
        raise NotAssigned(permission="assignment")
    id, key = uuid4(), await queries.informants_key(session, tip.id)
    recipients = {**office.keys.content.newest, INFORMANT: X25519PublicKey.from_public_bytes(key)}
    made = seal(text.encode(), recipients, place_of("tip_message", id))
    sent = TipMessage(
        id=id, tip_id=tip.id, number=await queries.next_number(session, tip.id),
        from_informant=False, sent_on=day_of(now()), sent_by=actor.subject, sealed=made.sealed,
        keys=made.keys,
    )  # fmt: skip
    session.add(sent)
    await session.flush()
    return sent, Change("tip_message", id, tip.unit_id, fields=["text"])
