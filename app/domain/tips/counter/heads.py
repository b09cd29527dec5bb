"""Heads of the counter, and the whole of it looked at again.

A head tells where the counter stood when a day began. That of this very minute is told to nobody:
whoever watched it would see when somebody comes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.db.session import Session
from app.db.tables.tip_parts import TipCount
from app.domain.records.hash_chain import GENESIS, Flaw, Follower, read_links
from app.domain.tips.counter import queries, signing
from app.domain.tips.counter.linking import encode_link
from app.domain.tips.counter.schemas import Head
from app.domain.tips.protecting.keys import TipKeys

AT_ONCE = 1_000
MOST_TOLD = 20


async def head_of(session: Session, keys: TipKeys, today: date) -> Head:
    """The signed head of the counter as this day began."""
    last = await queries.last_before(session, today)
    position, hash = (last.position, last.hash) if last else (0, GENESIS)
    said: dict[str, Any] = {"v": 1, "position": position, "head": hash.hex()}
    signature = signing.signed(keys, said | {"on": today.isoformat()})
    return Head(position=position, hash=hash.hex(), signed_at=today, signature=signature)


@dataclass
class Looked:
    """What was found of the whole chain."""

    links: int = 0
    head: bytes = GENESIS
    faults: list[str] = field(default_factory=list)

    def fault(self, told: str) -> None:
        if len(self.faults) < MOST_TOLD:
            self.faults.append(told)


async def verify_counter(session: Session, published: tuple[int, str] | None = None) -> Looked:
    """Reckon the whole chain again; every place where it broke is named.

    That its end was cut off shows only against a head that was published before.
    """
    looked, chain = Looked(), Follower(strict=True)
    seen = published is None or published == (0, GENESIS.hex())

    async def read(after: int) -> Sequence[TipCount]:
        return await queries.links(session, after=after, most=AT_ONCE)

    async for link in read_links(read, lambda link: link.position):
        for finding in chain.follow(link.position, link.hash, encode_link(link)):
            if finding.flaw is Flaw.GAP:
                looked.fault(f"links {finding.position} to {link.position - 1} are missing")
            else:
                looked.fault(f"link {link.position} does not follow from the one before")
        seen = seen or published == (link.position, link.hash.hex())
        looked.links, looked.head = looked.links + 1, link.hash
    if not seen and published:
        looked.fault(f"the published head at {published[0]} is not in this chain")
    return looked
