"""How a tip stands, put together for whoever holds its receipt."""

import json

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.db.session import Session, act_as
from app.db.tables.tip_parts import SealedPart, TipMessage
from app.db.tables.tips import Tip, TipState
from app.domain.deadlines.days import today
from app.domain.errors import Language
from app.domain.tips.identity import queries as identities
from app.domain.tips.intake import holders, words
from app.domain.tips.intake.schemas import (
    AttachmentTold,
    IdentityOpening,
    MessageTold,
    TipStatus,
    UnitTold,
)
from app.domain.tips.office import INFORMANT as HOLDER
from app.domain.tips.office import RUNTIME
from app.domain.tips.protecting.sealing import INFORMANT, opened, place_of
from app.domain.units import queries as units


async def told_to(session: Session, private: X25519PrivateKey, language: Language) -> TipStatus:
    """A tip with its messages and files, opened by the key that the receipt opens."""
    await act_as(session, HOLDER)
    tip, text = await holders.own_tip(session)
    said = json.loads(_open(text, private, place_of("tip_text", tip.id)))
    messages = [_message(row, private) for row in await holders.own_messages(session)]
    files = [AttachmentTold(**row.model_dump()) for row in await holders.own_attachments(session)]
    openings = [IdentityOpening(**one) for one in await identities.openings(session, tip.id)]
    await act_as(session, RUNTIME)
    return TipStatus(
        received_on=tip.received_on, unit=await _unit(session, tip), kind=tip.kind,
        state=tip.state, told=words.told(tip.state, language),
        due_on=await holders.due_on(session, tip.id), closed=tip.state is TipState.CLOSED,
        text=said["text"], has_contact=tip.has_contact, identity_openings=openings,
        messages=messages, attachments=files,
    )  # fmt: skip


async def _unit(session: Session, tip: Tip) -> UnitTold:
    """Who holds it, as the unit is called today or was called last."""
    unit = (await units.find_units_by_id(session, [tip.unit_id], today()))[tip.unit_id]
    return UnitTold(code=unit.code, name=unit.name)


def _message(row: TipMessage, private: X25519PrivateKey) -> MessageTold:
    text = _open(row, private, place_of("tip_message", row.id)).decode()
    sender = "informant" if row.from_informant else "office"
    return MessageTold(id=row.id, sender=sender, sent_on=row.sent_on, text=text)


def _open(row: SealedPart, private: X25519PrivateKey, place: str) -> bytes:
    return opened(row.sealed, row.keys, INFORMANT, private, place)
