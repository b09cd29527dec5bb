"""Redactions of a tip's text: hidden, or gone for good."""

import json
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from app.db.session import Session
from app.db.tables.tip_parts import TipRedaction, TipText
from app.domain.actor import Actor, Permission, operation
from app.domain.confidential.crypto.envelopes import encrypt, row_context
from app.domain.records import kit as records
from app.domain.records.kit import Edit
from app.domain.tips.context import TipContext
from app.domain.tips.crypto.receipts import INFORMANT
from app.domain.tips.handling import access, queries, similarity
from app.domain.tips.handling.schemas import RedactionCreate, Span
from app.domain.tips.handling.text_spans import black_out, check_spans
from app.domain.tips.sketches import make_sketch

FIELDS = ("begin", "end", "permanent")


@operation(Permission.TIP_WRITE)
async def redact_tip(
    session: Session, actor: Actor, id: UUID, data: RedactionCreate, context: TipContext
) -> UUID:
    """Redact parts of a tip's text with a reason, permanently if required."""
    tip = await access.find_assigned_tip(session, actor, id, lock=True)
    row = await queries.load_text(session, tip.id, lock=True)
    statement = access.decrypt_statement(context, row, tip.id)
    check_spans(data.spans, statement["text"])
    if data.permanent:
        spans = [(span.begin, span.end) for span in data.spans]
        statement["text"] = black_out(statement["text"], spans)
        await _encrypt_again(
            session, row, json.dumps(statement, ensure_ascii=False).encode(), context
        )
        sketch = make_sketch(statement["text"], context.keys.likeness)
        await similarity.replace_sketch(session, tip.id, sketch)
    edits = [
        Edit(_build_redaction(tip.id, span, data), FIELDS, unit_id=tip.unit_id)
        for span in data.spans
    ]
    await records.save_all(session, actor, Permission.TIP_WRITE, edits, also=[row])
    return tip.id


def _build_redaction(tip: UUID, span: Span, data: RedactionCreate) -> TipRedaction:
    return TipRedaction(
        tip_id=tip, begin=span.begin, end=span.end, reason=data.reason, permanent=data.permanent
    )


async def _encrypt_again(
    session: Session, row: TipText, content: bytes, context: TipContext
) -> None:
    """Encrypt a text under a new key, in place of the one before."""
    key = X25519PublicKey.from_public_bytes(await queries.load_informant_key(session, row.tip_id))
    recipients = {**context.keys.content.newest, INFORMANT: key}
    made = encrypt(content, recipients, row_context("tip_text", row.tip_id))
    row.sealed, row.keys = made.ciphertext, made.keys
