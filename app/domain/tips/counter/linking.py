"""How the public counter grows: link by link, each over the one before."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.tip_parts import CountedEvent, TipCount

BEFORE_ALL = bytes(32)
ONE_AT_A_TIME = 7_300_042  # advisory lock


@dataclass(frozen=True, slots=True)
class Counted:
    """Where something was counted, and the head of the chain since."""

    position: int
    head: bytes


async def count(
    session: Session, event: CountedEvent, unit_id: UUID, day: date, leaf: bytes
) -> Counted:
    """Count one event of a unit; who holds what the leaf is made of can show that it was."""
    await execute(session, text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
    newest = select(TipCount.position, TipCount.hash).order_by(col(TipCount.position).desc())
    before = (await session.exec(newest.limit(1))).first()
    position, head = before or (0, BEFORE_ALL)
    link = TipCount(
        position=position + 1, event=event, unit_id=unit_id, month=day.replace(day=1), day=day,
        leaf=leaf, hash=b"",
    )  # fmt: skip
    link.hash = chained(head, link)
    session.add(link)
    await session.flush()
    return Counted(link.position, link.hash)


def chained(before: bytes, link: TipCount) -> bytes:
    """The hash of a link: over the one before and all that it says."""
    told = f"{link.position}|{link.event}|{link.unit_id}|{link.month.isoformat()}|"
    return sha256(before + told.encode() + link.leaf).digest()
