"""How the public counter grows: link by link, each over the one before."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.tip_parts import CountedEvent, TipCount
from app.domain.records import kit as records
from app.domain.records.hash_chain import GENESIS, hash_link
from app.domain.tips.counter import queries


@dataclass(frozen=True, slots=True)
class Counted:
    """Where something was counted, and the head of the chain since."""

    position: int
    head: bytes


async def count(
    session: Session, event: CountedEvent, unit_id: UUID, day: date, leaf: bytes
) -> Counted:
    """Count one event of a unit; who holds what the leaf is made of can show that it was."""
    before = await queries.lock_end(session)
    position, head = before or (0, GENESIS)
    link = TipCount(
        position=position + 1, event=event, unit_id=unit_id, month=day.replace(day=1), day=day,
        leaf=leaf, hash=b"",
    )  # fmt: skip
    link.hash = chained(head, link)
    await records.write(session, link)
    return Counted(link.position, link.hash)


def chained(before: bytes, link: TipCount) -> bytes:
    """The hash of a link: over the one before and all that it says."""
    return hash_link(before, encode_link(link))


def encode_link(link: TipCount) -> bytes:
    """Encode what a link says, as it is hashed."""
    told = f"{link.position}|{link.event}|{link.unit_id}|{link.month.isoformat()}|"
    return told.encode() + link.leaf
