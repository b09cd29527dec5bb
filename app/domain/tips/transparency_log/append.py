"""Appending to the public counter: link by link, each over the one before."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.tip_parts import CountedEvent, TipCount
from app.domain.records import kit as records
from app.domain.records.hash_chain import GENESIS, hash_link
from app.domain.tips.transparency_log import queries


@dataclass(frozen=True, slots=True)
class LogEntry:
    """The position of an event in the log, and the head of the chain since."""

    position: int
    head: bytes


async def append_event(
    session: Session, event: CountedEvent, unit_id: UUID, day: date, leaf: bytes
) -> LogEntry:
    """Append an event of a unit; the leaf proves it to those who know what it is made of."""
    before = await queries.lock_end(session)
    position, head = before or (0, GENESIS)
    link = TipCount(
        position=position + 1, event=event, unit_id=unit_id, month=day.replace(day=1), day=day,
        leaf=leaf, hash=b"",
    )  # fmt: skip
    link.hash = hash_count(head, link)
    await records.write(session, link)
    return LogEntry(link.position, link.hash)


def hash_count(before: bytes, link: TipCount) -> bytes:
    """Hash a link over the one before and its own content."""
    return hash_link(before, content_of(link))


def content_of(link: TipCount) -> bytes:
    """Return the content of a link, as it is hashed."""
    content = f"{link.position}|{link.event}|{link.unit_id}|{link.month.isoformat()}|"
    return content.encode() + link.leaf
