"""Heads of the public counter, and the verification of its whole chain.

A head states where the counter stood when a day began. The head of this very minute is not
published: an observer would see when a tip comes in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.db.session import Session
from app.db.tables.tip_parts import TipCount
from app.domain.records.hash_chain import GENESIS, Flaw, Follower, read_links
from app.domain.tips.crypto.keys import TipKeys
from app.domain.tips.transparency_log import queries, signatures
from app.domain.tips.transparency_log.append import content_of
from app.domain.tips.transparency_log.schemas import Head

BATCH = 1_000
MAX_FAULTS = 20


async def sign_head(session: Session, keys: TipKeys, today: date) -> Head:
    """Sign the head of the counter as this day began."""
    last = await queries.find_last_before(session, today)
    position, hash = (last.position, last.hash) if last else (0, GENESIS)
    claims: dict[str, Any] = {"v": 1, "position": position, "head": hash.hex()}
    signature = signatures.sign(keys, claims | {"on": today.isoformat()})
    return Head(position=position, hash=hash.hex(), signed_at=today, signature=signature)


@dataclass
class Verification:
    """The result of verifying the whole chain."""

    links: int = 0
    head: bytes = GENESIS
    faults: list[str] = field(default_factory=list)

    def add_fault(self, fault: str) -> None:
        """Add a fault, up to a maximum."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(fault)


async def verify_counter(
    session: Session, published: tuple[int, str] | None = None
) -> Verification:
    """Verify the whole chain and name every place where it broke.

    A missing end shows only against a head that was published before.
    """
    result, chain = Verification(), Follower(strict=True)
    seen = published is None or published == (0, GENESIS.hex())

    async def read(after: int) -> Sequence[TipCount]:
        return await queries.find_links(session, after=after, limit=BATCH)

    async for link in read_links(read, lambda link: link.position):
        for finding in chain.follow(link.position, link.hash, content_of(link)):
            if finding.flaw is Flaw.GAP:
                result.add_fault(f"links {finding.position} to {link.position - 1} are missing")
            else:
                result.add_fault(f"link {link.position} does not follow from the one before")
        seen = seen or published == (link.position, link.hash.hex())
        result.links, result.head = result.links + 1, link.hash
    if not seen and published:
        result.add_fault(f"the published head at {published[0]} is not in this chain")
    return result
