"""Access to a tip's content: by place, by assignment, and by a key that this server holds."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.confidential import SealedPart
from app.db.tables.tips import Tip
from app.domain.actor import Actor
from app.domain.confidential.crypto.envelopes import decrypt, row_context
from app.domain.tips import scope
from app.domain.tips.context import TipContext
from app.domain.tips.errors import SealedHere
from app.domain.tips.handling.errors import NotAssigned


async def find_assigned_tip(session: Session, actor: Actor, id: UUID, *, lock: bool = False) -> Tip:
    """Load a tip in scope that the actor is assigned to; locked, to change what belongs to it."""
    find = scope.lock_tip if lock else scope.find_tip
    tip = await find(session, actor, id)
    if not await scope.is_assigned(session, actor, id):
        raise NotAssigned(permission="assignment")
    return tip


def decrypt_statement(context: TipContext, row: SealedPart, tip: UUID) -> dict[str, Any]:
    """Decrypt the statement of an informant: text, place, excluded units."""
    found: dict[str, Any] = json.loads(decrypt_row(context, row, "tip_text", tip))
    return found


def decrypt_row(context: TipContext, row: SealedPart, table: str, id: UUID) -> bytes:
    """Decrypt the content of a row."""
    return decrypt_content(context, row.sealed, row.keys, table, id)


def decrypt_content(
    context: TipContext, sealed: bytes, keys: Mapping[str, str], table: str, id: UUID, *,
    padded: bool = True,
) -> bytes:  # fmt: skip
    """Decrypt a content, where this server has a key to it."""
    found = context.keys.content.find_private_key(keys)
    if found is None:
        raise SealedHere()
    return decrypt(sealed, keys, *found, row_context(table, id), padded=padded)
