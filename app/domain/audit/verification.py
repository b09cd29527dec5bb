"""Verify a chain link by link, and name every alteration with its place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from app.domain.audit.chain import Link, Seal
from app.domain.records.hash_chain import GENESIS, Finding, Flaw, Follower, hash_link

MAX_REPORTED = 1_000  # all faults are counted, this many are listed
Signed = Callable[[Seal], bool]


class What(StrEnum):
    """The kind of a fault in the chain."""

    FLIPPED = "flipped"  # the entry or its hash is not what was linked
    SWAPPED = "swapped"  # it changed places with another
    MISSING = "missing"  # an entry, a link or what a seal stands on is not there
    CUT = "cut"  # a head was published that the chain no longer reaches
    REWRITTEN = "rewritten"  # the chain has another head here than was published
    UNSIGNED = "unsigned"  # no valid signature vouches for this
    UNSEALED = "unsealed"  # an entry waits for too long, or does not even wait


NAMES = {Flaw.REPLACED: What.REWRITTEN, Flaw.ABSENT: What.MISSING}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its place in the chain, its entry, its kind."""

    what: What
    position: int | None = None
    entry_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class _Mismatch:
    at: int  # its fault
    before: Sequence[bytes]
    stored: bytes
    content: bytes
    hashes: Sequence[bytes]


@dataclass
class ChainVerifier:
    """A verifier of links and seals in the order of their positions; it stores only faults."""

    signed: Signed
    begin: int = 1
    before: bytes | None = GENESIS  # None: not known, as after a gap
    published: Mapping[int, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    found: int = 0
    links: int = 0
    seals: int = 0

    def __post_init__(self) -> None:
        self._chain = Follower(self.begin, self.before, self.published)
        self.sealed: int | None = 0 if self.begin == 1 else None  # up to where; None: not known
        self._mismatches: list[_Mismatch] = []

    @property
    def last(self) -> int:
        """Return the position up to which the chain was followed."""
        return self._chain.last

    def link(self, link: Link) -> None:
        """Verify the next link: its place, its entry, its hash over the one before."""
        self.links += 1
        for finding in self._chain.follow(link.position, link.hash, link.content):
            if finding.flaw is Flaw.GAP:
                self.fault(What.MISSING, finding.position)
            elif finding.flaw is Flaw.BROKEN:
                self._find_mismatch(link, finding)
            else:
                self.fault(NAMES[finding.flaw], link.position, link.entry_id)

    def seal(self, seal: Seal, head: bytes | None) -> None:
        """Verify a seal by the hash of the link it stands on."""
        self.seals += 1
        if head is None:
            self.fault(What.MISSING, seal.position)
            return
        whole = self.sealed is None or seal.entries == seal.position - self.sealed
        if not whole or seal.head != head or not self.signed(seal):
            self.fault(What.UNSIGNED, seal.position)
        self.sealed = seal.position

    def end(self, *, tail: bool) -> None:
        """End the verification; with `tail`, refuse an unsealed end of the chain."""
        if tail and self.sealed is not None and self.sealed < self.last:
            self.fault(What.UNSIGNED, self.sealed + 1)
        if tail and self.sealed is None and self.links:
            self.fault(What.UNSIGNED, self.begin)
        for position in self._chain.find_unreached() if tail else ():
            self.fault(What.CUT, position)
        self._name_swaps()

    def fault(self, what: What, position: int | None = None, entry_id: UUID | None = None) -> None:
        """Count a fault, and list it while there is room."""
        self.found += 1
        if len(self.faults) < MAX_REPORTED:
            self.faults.append(Fault(what, position, entry_id))

    def _find_mismatch(self, link: Link, finding: Finding) -> None:
        at = len(self.faults)
        self.fault(What.FLIPPED, link.position, link.entry_id)
        if at < len(self.faults) and len(self._mismatches) < 100:
            content = link.content or b""
            compared = (finding.before, link.hash, content, finding.hashes)
            self._mismatches.append(_Mismatch(at, *compared))

    def _name_swaps(self) -> None:
        """Rename pairs of faults that would fit in each other's place."""
        for one in self._mismatches:
            for other in self._mismatches:
                fits = {hash_link(before, other.content) for before in one.before}
                if other is not one and (
                    fits & {one.stored, other.stored} or other.stored in one.hashes
                ):
                    self.faults[one.at] = replace(self.faults[one.at], what=What.SWAPPED)
                    break
