"""Insert tips as the intake does: really encrypted, but past the API."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.db.base import now
from app.db.session import Session
from app.db.tables.tip_parts import (
    TipAttachment,
    TipIdentity,
    TipLikeness,
    TipMessage,
    TipReceipt,
    TipText,
)
from app.db.tables.tips import Tip, TipAssignment, TipChannel, TipKind, TipOutcome, TipState
from app.domain.actor import Actor, Level, Role
from app.domain.confidential.crypto.envelopes import encrypt, encrypt_with_key, row_context
from app.domain.deadlines import lifecycle
from app.domain.deadlines.days import day_of, in_country_time
from app.domain.deadlines.shipped_rules import load_deadline_rules
from app.domain.tips import deadlines
from app.domain.tips.context import TipContext
from app.domain.tips.crypto.receipts import INFORMANT, generate_receipt
from app.domain.tips.exclusions import digest_units
from app.domain.tips.sketches import make_sketch
from tests.application import VIET_NAM, Application, runner

TEXT = "Đêm qua có nhóm lạ mặt tụ tập trước kho hàng ở cuối ngõ."
CONTACT = {"name": "Người Báo Tin", "phone": "0900000000", "email": None, "address": None}
GIVER = Actor("informant", frozenset({Role.TIP_OFFICER}), Level.NATIONAL, VIET_NAM, "given")
LED_ON = (TipState.RECEIVED, TipState.RECORDED, TipState.TRIAGED)  # its first deadline still runs
ENDED = {
    TipState.HANDLED_LOCALLY: TipOutcome.HANDLED_LOCALLY,
    TipState.FORWARDED: TipOutcome.FORWARDED,
    TipState.DECIDED_PROSECUTE: TipOutcome.PROSECUTED,
    TipState.DECIDED_NOT: TipOutcome.NOT_PROSECUTED,
    TipState.INFORMANT_NOTIFIED: TipOutcome.NOT_PROSECUTED,
    TipState.CLOSED: TipOutcome.NOT_PROSECUTED,
}


@dataclass
class _Tip:
    """Builds one tip in the tables."""

    context: TipContext
    session: Session
    row: Tip
    at: datetime
    key: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)

    def seal(self, content: bytes, table: str, id: UUID, **how: Any) -> dict[str, Any]:
        ring = self.context.keys.custodian if table == "tip_identity" else self.context.keys.content
        recipients = {**ring.newest, INFORMANT: self.key.public_key()}
        made = encrypt(content, recipients, row_context(table, id), **how)
        return {"sealed": made.ciphertext, "keys": made.keys}

    async def put(self, receipt: str, text: str, contact: dict[str, Any] | None) -> None:
        keys, id = self.context.keys, self.row.id
        self.session.add(self.row)
        await self.session.flush()
        opened = keys.receipts.derive_keys(receipt)
        context = row_context("tip_receipt", id)
        private = encrypt_with_key(opened.key, self.key.private_bytes_raw(), context)
        public = self.key.public_key().public_bytes_raw()
        self.session.add(
            TipReceipt(lookup=opened.lookup, tip_id=id, public_key=public, private_key=private)
        )
        told = json.dumps({"text": text, "where": None, "not_to": []}, ensure_ascii=False).encode()
        self.session.add(TipText(tip_id=id, **self.seal(told, "tip_text", id)))
        for place, value in enumerate(make_sketch(text, keys.likeness)):
            self.session.add(TipLikeness(tip_id=id, place=place, value=value))
        if contact is not None:
            who = json.dumps(contact, ensure_ascii=False).encode()
            self.session.add(TipIdentity(tip_id=id, **self.seal(who, "tip_identity", id)))

    async def attach(self, content: bytes, media_type: str) -> None:
        id = uuid4()
        made = self.seal(content, "tip_attachment", id, padded=False)
        digest = sha256(made["sealed"]).hexdigest()
        await self.context.storage.put(digest, io.BytesIO(made["sealed"]))
        self.session.add(
            TipAttachment(
                id=id, tip_id=self.row.id, media_type=media_type, size=len(content),
                sha256=digest, sent_on=day_of(self.at), keys=made["keys"],
            )
        )  # fmt: skip

    def say(self, number: int, text: str) -> None:
        id = uuid4()
        self.session.add(
            TipMessage(
                id=id, tip_id=self.row.id, number=number, from_informant=True,
                sent_on=day_of(self.at), **self.seal(text.encode(), "tip_message", id),
            )
        )  # fmt: skip

    async def wind(self, first: str) -> None:
        """Start the deadlines of this state."""
        if self.row.state in LED_ON:
            rule = first
        elif self.row.state is TipState.WITH_INVESTIGATOR:
            rule = deadlines.RESOLUTION
        else:
            return
        await load_deadline_rules(self.session)
        await lifecycle.start_deadline(
            self.session, GIVER, deadlines.RESOURCE, self.row.id, self.row.unit_id, rule, self.at
        )


def give_tip(
    application: Application,
    unit: UUID,
    text: str = TEXT,
    state: TipState = TipState.RECEIVED,
    contact: dict[str, Any] | None = None,
    assigned_to: str | None = None,
    **more: Any,
) -> tuple[UUID, str]:
    """Insert a tip that a unit holds; return its id and its receipt."""

    known: dict[str, Any] = {"contact": contact, "assigned_to": assigned_to, **more}

    async def insert() -> tuple[UUID, str]:
        async with application.behind() as session:
            context = application.app.state.resources.tips
            return await insert_tip(session, context, unit, text, TipState(state), **known)

    return runner().run(insert())


async def insert_tip_in_loop(
    application: Application, unit: UUID, text: str, state: TipState,
    contact: dict[str, Any] | None,
    assigned_to: str | None, at: datetime, attachments: Sequence[tuple[bytes, str]],
    messages: Sequence[str], over: dict[str, Any],
) -> tuple[UUID, str]:  # fmt: skip
    """Insert a tip from within the event loop."""
    async with application.behind() as session:
        return await insert_tip(
            session, application.app.state.resources.tips, unit, text, state, contact,
            assigned_to, at,
            attachments, messages, **over,
        )  # fmt: skip


async def insert_tip(
    session: Session, context: TipContext, unit: UUID, text: str = TEXT,
    state: TipState = TipState.RECEIVED, contact: dict[str, Any] | None = None,
    assigned_to: str | None = None, at: datetime | None = None,
    attachments: Sequence[tuple[bytes, str]] = (), messages: Sequence[str] = (),
    rule: str = deadlines.TRANSFER, excluding: Sequence[UUID] = (), **over: Any,
) -> tuple[UUID, str]:  # fmt: skip
    """Insert a tip in a transaction that passes every policy."""
    receipt, at = generate_receipt(), at or now()
    row = _row(unit, state, at, contact is not None, over)
    row.excluded = digest_units(context.keys.exclusion, row.id, excluding)
    tip = _Tip(context, session, row, at)
    await tip.put(receipt, text, contact)
    for content, media_type in attachments:
        await tip.attach(content, media_type)
    for number, told in enumerate(messages, 1):
        tip.say(number, told)
    if assigned_to is not None:
        session.add(
            TipAssignment(
                tip_id=tip.row.id, subject=assigned_to, assigned_by="given", assigned_on=day_of(at)
            )
        )
    await tip.wind(rule)
    await session.flush()
    return tip.row.id, receipt


def _row(unit: UUID, state: TipState, at: datetime, has_contact: bool, over: dict[str, Any]) -> Tip:
    day = day_of(at)
    midnight = in_country_time(at).replace(hour=0, minute=0, second=0, microsecond=0)
    known: dict[str, Any] = {
        "id": uuid4(), "unit_id": unit, "received_unit_id": unit, "received_on": day,
        "channel": TipChannel.ONLINE, "kind": TipKind.UNKNOWN, "state": state,
        "has_contact": has_contact, "created_at": midnight, "changed_at": midnight,
        "created_by": "informant", "changed_by": "informant",
    }  # fmt: skip
    if state in ENDED:
        known |= {"outcome": ENDED[state], "resolved_on": day, "resolved_in_time": True}
    if state in (TipState.INFORMANT_NOTIFIED, TipState.CLOSED):
        known |= {"informed_on": day}
    if state is TipState.CLOSED:
        known |= {"closed_on": day}
    return Tip(**known | over)


def days_ago(days: int) -> datetime:
    return now() - timedelta(days=days)
