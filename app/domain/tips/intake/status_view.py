"""The status of a tip, as the holder of its receipt sees it."""

import json

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.db.session import Session, act_as
from app.db.tables.confidential import SealedPart
from app.db.tables.tip_parts import TipMessage
from app.db.tables.tips import URGENT, Tip, TipState
from app.domain.confidential.crypto.envelopes import decrypt, row_context
from app.domain.confidential.identity.queries import find_openings
from app.domain.confidential.roles import RUNTIME
from app.domain.deadlines.days import today
from app.domain.errors import Language
from app.domain.tips.context import INFORMANT as HOLDER
from app.domain.tips.crypto.receipts import INFORMANT
from app.domain.tips.identity.kind import TIP_IDENTITY
from app.domain.tips.intake import receipt_queries, status_texts
from app.domain.tips.intake.schemas import (
    IdentityOpening,
    PublicAttachment,
    PublicMessage,
    PublicUnitName,
    TipStatus,
)
from app.domain.units import queries as units


async def build_status(
    session: Session, private: X25519PrivateKey, language: Language
) -> TipStatus:
    """Decrypt a tip with its messages and files, by the key that the receipt opens."""
    await act_as(session, HOLDER)
    tip, text = await receipt_queries.load_tip(session)
    statement = json.loads(_decrypt(text, private, row_context("tip_text", tip.id)))
    messages = [
        _decrypt_message(row, private) for row in await receipt_queries.find_messages(session)
    ]
    files = [
        PublicAttachment(**row.model_dump())
        for row in await receipt_queries.find_attachments(session)
    ]
    openings = [
        IdentityOpening(**one) for one in await find_openings(session, TIP_IDENTITY, tip.id)
    ]
    await act_as(session, RUNTIME)
    return TipStatus(
        received_on=tip.received_on, unit=await _name_unit(session, tip), kind=tip.kind,
        state=tip.state, told=status_texts.describe_tip(tip.state, tip.reopened_on, language),
        urgent=tip.urgency == URGENT, reopened_on=tip.reopened_on,
        due_on=await receipt_queries.find_due_day(session, tip.id),
        closed=tip.state is TipState.CLOSED, text=statement["text"],
        has_contact=tip.has_contact, identity_openings=openings,
        messages=messages, attachments=files,
    )  # fmt: skip


async def _name_unit(session: Session, tip: Tip) -> PublicUnitName:
    """Name the unit that holds it, as it is called today or was called last."""
    unit = (await units.find_units_by_id(session, [tip.unit_id], today()))[tip.unit_id]
    return PublicUnitName(code=unit.code, name=unit.name)


def _decrypt_message(row: TipMessage, private: X25519PrivateKey) -> PublicMessage:
    text = _decrypt(row, private, row_context("tip_message", row.id)).decode()
    sender = "informant" if row.from_informant else "office"
    return PublicMessage(id=row.id, sender=sender, sent_on=row.sent_on, text=text)


def _decrypt(row: SealedPart, private: X25519PrivateKey, place: str) -> bytes:
    return decrypt(row.sealed, row.keys, INFORMANT, private, place)
