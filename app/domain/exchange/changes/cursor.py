"""Cursors of the feed: a position, bound to the question, to the caller's rights and to an era."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

import orjson

from app.domain.actor import Actor
from app.domain.errors import NotACursor

LAST = UUID(int=(1 << 128) - 1)  # after all changes of a transaction


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the feed: a transaction and a change in it."""

    transaction: int
    id: UUID = LAST


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position, and what it was read with."""

    question: str
    rights: str
    era: str
    at: Position


def digest_question(resources: Iterable[str]) -> str:
    return _digest(sorted(resources))


def digest_rights(actor: Actor) -> str:
    """Return the digest of what decides which rows a caller may read."""
    return _digest([actor.subject, str(actor.unit_id), actor.level, *sorted(actor.permissions)])


def write_cursor(cursor: Cursor) -> str:
    """Return a cursor as text that only this feed reads."""
    parts = [cursor.question, cursor.rights, cursor.era, cursor.at.transaction, cursor.at.id.hex]
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def read_cursor(given: str, question: str) -> Cursor:
    """Return the cursor that a text stands for; refuse one of another question."""
    try:
        made_by, rights, era, transaction, id = orjson.loads(
            base64.b64decode(given + "=" * (-len(given) % 4), altchars=b"-_", validate=True)
        )
        texts = all(isinstance(part, str) for part in (made_by, rights, era, id))
        if not texts or type(transaction) is not int or not 0 <= transaction < 1 << 63:
            raise ValueError("Not the parts of a cursor.")
        found = Cursor(made_by, rights, era, Position(transaction, UUID(hex=id)))
    except (binascii.Error, UnicodeError, ValueError, TypeError) as error:
        raise NotACursor(name="after") from error
    if found.question != question:
        raise NotACursor(name="after")
    return found


def _digest(parts: Iterable[object]) -> str:
    return blake2b(orjson.dumps(list(parts)), digest_size=6).hexdigest()
