"""Tries at a password or a code: whose they count against, so that they slow the guesser.

A browser that has signed in to an account before holds a sealed device: its tries have a counter of
their own. All others are strangers: counted by name and address, and more patiently by name alone.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.domain.login import queries, rules
from app.domain.login.cookie_seal import CookieSeal
from app.domain.login.errors import StartAgain
from app.domain.records import kit as records

DEVICE_DAYS = 180


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser at a sign-in page: the address it comes from, and the device that it holds."""

    address: str = ""
    device: str = ""

    def known_device(self, seal: CookieSeal, account_id: UUID | None) -> str | None:
        """Return the name of the device, if an account was signed in to from it."""
        try:
            whose, name = seal.open("device", self.device, seconds=DEVICE_DAYS * 86_400)
        except StartAgain:
            return None
        return str(name) if account_id is not None and whose == str(account_id) else None

    def source(self, seal: CookieSeal) -> str:
        """Return whose turn it is at the slow hash: that of the device, or of the address."""
        try:
            whose, name = seal.open("device", self.device, seconds=DEVICE_DAYS * 86_400)
        except StartAgain:
            return self.address
        return f"{whose} {name}"


@dataclass(frozen=True, slots=True)
class TryCounter:
    """A counter of tries: its name, of which nothing can be read, and how many are free."""

    name: bytes
    free: int = rules.FREE_TRIES


def seal_device(seal: CookieSeal, account_id: UUID) -> str:
    """Seal a device for a browser in which an account has been signed in to."""
    return seal.close("device", [str(account_id), secrets.token_urlsafe(16)])


def find_counters(
    seal: CookieSeal, login: str, account_id: UUID | None, visitor: Visitor
) -> list[TryCounter]:
    """Find the counters of a try; a name that nobody has is counted like any other."""
    if device := visitor.known_device(seal, account_id):
        return [TryCounter(seal.name("device", device))]
    return [
        TryCounter(seal.name("login from", f"{login}\0{visitor.address}")),
        TryCounter(seal.name("login", login), rules.FREE_TRIES_OF_STRANGERS),
    ]


async def count_try(session: Session, counters: list[TryCounter]) -> int:
    """Count a try; where it comes too early, return the seconds that are left instead."""
    rows = await queries.lock_tries(session, [one.name for one in counters])
    if left := max(rules.wait_seconds(row, now()) for row in rows):
        return left
    for counter, row in zip(counters, rows, strict=True):
        rules.count_try(row, now(), counter.free)
        await records.write(session, row)
    return 0


async def uncount_try(session: Session, names: list[bytes]) -> None:
    """Uncount a try that was right; earlier failures stay counted."""
    for row in await queries.lock_tries(session, names):
        rules.uncount_try(row)
        await records.write(session, row)
