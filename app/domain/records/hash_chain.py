"""Append-only chains of hashes: each link covers the one before and its own content.

The audit and the tips' transparency log are two chains of this kind, each with links, signed heads
and keys of its own. Following the chain shows every altered, removed or cut-off link.
"""

from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

GENESIS = bytes(32)  # the first link is linked to this
T = TypeVar("T")


class Flaw(StrEnum):
    """The kind of a fault in a link."""

    GAP = "gap"  # links before it are missing
    REPLACED = "replaced"  # another hash was published for its place
    ABSENT = "absent"  # its content is missing
    BROKEN = "broken"  # its hash is not over the one before and its content


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a link: its place, and for a hash the values it was compared with."""

    flaw: Flaw
    position: int
    before: Sequence[bytes] = ()
    hashes: Sequence[bytes] = ()


def hash_link(before: bytes, content: bytes) -> bytes:
    """Return the hash of a link that follows on another."""
    return sha256(before + content).digest()


def extend(position: int, head: bytes, contents: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the place and the hash of each link that is added at the head of a chain."""
    for number, content in enumerate(contents, position + 1):
        head = hash_link(head, content)
        yield number, head


async def read_links(
    read: Callable[[int], Awaitable[Sequence[T]]], place: Callable[[T], int], *, after: int = 0
) -> AsyncIterator[T]:
    """Yield the links of a chain in their order, of which `read` gives some after a position."""
    while links := await read(after):
        for link in links:
            yield link
        after = place(links[-1])


@dataclass
class Follower:
    """A follower of a chain, link by link in the order of positions; it stores only the head."""

    begin: int = 1
    before: bytes | None = GENESIS  # None: not known
    published: Mapping[int, bytes] = field(default_factory=dict)
    strict: bool = False  # whether only the stored hash counts as the one before a link

    def __post_init__(self) -> None:
        self.last = self.begin - 1
        self._before = [] if self.before is None else [self.before]

    def follow(self, position: int, hash: bytes, content: bytes | None) -> list[Finding]:
        """Take the next link; return its faults."""
        found = []
        if position != self.last + 1:
            found.append(Finding(Flaw.GAP, self.last + 1))
            self._before = self._before if self.strict else []
        self.last = position
        if self.published.get(position, hash) != hash:
            found.append(Finding(Flaw.REPLACED, position))
        if content is None:
            self._before = [hash]
            return [*found, Finding(Flaw.ABSENT, position)]
        hashes = [hash_link(before, content) for before in self._before]
        broken = bool(hashes) and hash not in hashes
        if broken:
            found.append(Finding(Flaw.BROKEN, position, self._before, hashes))
        either = hashes[:1] if broken and not self.strict else []
        self._before = [hash, *either]  # of a broken link, either may be right
        return found

    def find_unreached(self) -> list[int]:
        """Return the places of published heads that the chain does not reach."""
        return [position for position in self.published if position > self.last]
