"""Seals on the words about a person: each under the key of their case."""

import json
from typing import Any
from uuid import UUID

from app.db.tables.confidential import SealedPart
from app.domain.confidential.crypto.envelopes import decrypt, encrypt, row_context
from app.domain.confidential.crypto.keyrings import Keyring
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.errors import CaseSealed


async def find_case_key(context: CaseContext, case: UUID) -> Keyring:
    """Find the key of a case, to seal or to open what belongs to it."""
    found = await context.keys.find_key(case)
    if found is None:
        raise CaseSealed()
    return found


def seal(keyring: Keyring, table: Any, id: UUID, content: Any) -> dict[str, Any]:
    """Seal a content for one row; return the columns that hold it."""
    raw = json.dumps(content, ensure_ascii=False).encode()
    made = encrypt(raw, keyring.newest, row_context(str(table.__tablename__), id))
    return {"sealed": made.ciphertext, "keys": made.keys}


def unseal(keyring: Keyring, row: SealedPart, id: UUID) -> Any:
    """Open the content of one row."""
    found = keyring.find_private_key(row.keys)
    if found is None:
        raise CaseSealed()
    context = row_context(str(type(row).__tablename__), id)
    return json.loads(decrypt(row.sealed, row.keys, *found, context))
