"""Parts of a tip's text that are not shown, or that nobody can read any more."""

import json
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from app.db.session import Session
from app.db.tables.tip_parts import TipRedaction, TipText
from app.domain.actor import Actor, Permission, operation
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.tips.handling import alike, opening, queries
from app.domain.tips.handling.schemas import RedactionCreate
from app.domain.tips.handling.spans import check_spans, hidden
from app.domain.tips.likeness import sketch
from app.domain.tips.office import Office
from app.domain.tips.protecting.sealing import INFORMANT, place_of, seal


@operation(Permission.TIP_WRITE)
async def redact_tip(
    session: Session, actor: Actor, id: UUID, data: RedactionCreate, office: Office
) -> UUID:
    """Hide parts of a tip's text with a reason; permanently, no key opens them any more."""
    tip = await opening.assigned(session, actor, id, alone=True)
    row = await queries.text_of(session, tip.id, alone=True)
    told = opening.told_in(office, row, tip.id)
    check_spans(data.spans, told["text"])
    if data.permanent:
        spans = [(span.begin, span.end) for span in data.spans]
        told["text"] = hidden(told["text"], spans)
        await _reseal(session, row, json.dumps(told, ensure_ascii=False).encode(), office)
        await alike.resketch(session, tip.id, sketch(told["text"], office.keys.likeness))
    made = [
        TipRedaction(
            tip_id=tip.id, begin=span.begin, end=span.end, reason=data.reason,
            permanent=data.permanent, created_by=actor.subject, changed_by=actor.subject,
        )
        for span in data.spans
    ]  # fmt: skip
    session.add_all(made)
    await session.flush()
    fields = ["begin", "end", "permanent"]
    changes = [Change("tip_redaction", row.id, tip.unit_id, fields=fields) for row in made]
    await records.log_changes(session, actor, Permission.TIP_WRITE, changes)
    return tip.id


async def _reseal(session: Session, row: TipText, content: bytes, office: Office) -> None:
    """Another seal under another key in place of the one before."""
    key = X25519PublicKey.from_public_bytes(await queries.informants_key(session, row.tip_id))
    recipients = {**office.keys.content.newest, INFORMANT: key}
    made = seal(content, recipients, place_of("tip_text", row.tip_id))
    row.sealed, row.keys = made.sealed, made.keys
