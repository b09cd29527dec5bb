"""Heads of the counter, and the whole of it looked at again.

A head tells where the counter stood when a day began. That of this very minute is told to nobody:
whoever watched it would see when somebody comes.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.db.session import Session
from app.domain.tips.counter import queries, signing
from app.domain.tips.counter.linking import BEFORE_ALL, chained
from app.domain.tips.counter.schemas import Head
from app.domain.tips.protecting.keys import TipKeys

AT_ONCE = 1_000
MOST_TOLD = 20


async def head_of(session: Session, keys: TipKeys, today: date) -> Head:
    """The signed head of the counter as this day began."""
    last = await queries.last_before(session, today)
    position, hash = (last.position, last.hash) if last else (0, BEFORE_ALL)
    said: dict[str, Any] = {"v": 1, "position": position, "head": hash.hex()}
    signature = signing.signed(keys, said | {"on": today.isoformat()})
    return Head(position=position, hash=hash.hex(), signed_at=today, signature=signature)


@dataclass
class Looked:
    """What was found of the whole chain."""

    links: int = 0
    head: bytes = BEFORE_ALL
    faults: list[str] = field(default_factory=list)

    def fault(self, told: str) -> None:
        if len(self.faults) < MOST_TOLD:
            self.faults.append(told)


async def verify_counter(session: Session, published: tuple[int, str] | None = None) -> Looked:
    """Reckon the whole chain again; every place where it broke is named.

    That its end was cut off shows only against a head that was published before.
    """
    looked, position = Looked(), 0
    seen = published is None or published == (0, BEFORE_ALL.hex())
    while some := await queries.links(session, after=position, most=AT_ONCE):
        for link in some:
            if link.position != position + 1:
                looked.fault(f"links {position + 1} to {link.position - 1} are missing")
            if link.hash != chained(looked.head, link):
                looked.fault(f"link {link.position} does not follow from the one before")
            seen = seen or published == (link.position, link.hash.hex())
            position, looked.head = link.position, link.hash
            looked.links += 1
    if not seen and published:
        looked.fault(f"the published head at {published[0]} is not in this chain")
    return looked
