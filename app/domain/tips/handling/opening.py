"""What opens a tip: its holder's place, somebody's assignment, and a key that this server holds."""

import json
from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from app.db.session import Session
from app.db.tables.tips import Tip
from app.domain.actor import Actor
from app.domain.tips import reach
from app.domain.tips.errors import SealedHere
from app.domain.tips.handling.errors import NotAssigned
from app.domain.tips.office import Office
from app.domain.tips.protecting.sealing import opened, place_of


class SealedRow(Protocol):
    """A row with a seal in it."""

    sealed: bytes
    keys: dict[str, str]


async def assigned(session: Session, actor: Actor, id: UUID, *, alone: bool = False) -> Tip:
    """A tip of the actor's place that he is assigned to; alone, to change what belongs to it."""
    find = reach.held if alone else reach.seen
    tip = await find(session, actor, id)
    if not await reach.is_assigned(session, actor, id):
        raise NotAssigned(permission="assignment")
    return tip


def told_in(office: Office, row: SealedRow, tip: UUID) -> dict[str, Any]:
    """What an informant told, and where."""
    found: dict[str, Any] = json.loads(open_row(office, row, "tip_text", tip))
    return found


def open_row(office: Office, row: SealedRow, table: str, id: UUID) -> bytes:
    """The content of a sealed row."""
    return open_seal(office, row.sealed, row.keys, table, id)


def open_seal(
    office: Office, sealed: bytes, keys: Mapping[str, str], table: str, id: UUID, *,
    padded: bool = True,
) -> bytes:  # fmt: skip
    """The content of a seal, where this server has a key to it."""
    opener = office.keys.content.opener(keys)
    if opener is None:
        raise SealedHere()
    return opened(sealed, keys, *opener, place_of(table, id), padded=padded)
