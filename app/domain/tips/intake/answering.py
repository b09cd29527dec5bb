"""The same tip sent again is answered as the first time, by a key that only the sender has.

Of the key its hash is kept; the answer with the receipt lies under the key itself, so that the
database alone neither tells a receipt nor whether somebody sent certain words.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b, sha256
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.db.session import Session
from app.db.tables.tip_parts import KeptReceipt
from app.domain.deadlines.days import today
from app.domain.records.errors import KeyInUse, KeyReused
from app.domain.tips.intake import queries
from app.domain.tips.intake.errors import KeyTooShort
from app.domain.tips.intake.kinds import LEAST_KEY, MOST_KEY
from app.domain.tips.protecting.sealing import locked, unlocked

VISIBLE = re.compile(rf"[\x21-\x7e]{{{LEAST_KEY},{MOST_KEY}}}")
LOCK, PRINT = b"binhyen kept receipt v1", b"binhyen kept fingerprint v1"
KEPT_FOR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Once:
    """A tip with its key: what it is known by, what opens its answer."""

    hash: bytes
    fingerprint: bytes
    lock: bytes

    @classmethod
    def of(cls, key: str, said: bytes) -> "Once":
        if not VISIBLE.fullmatch(key):
            raise KeyTooShort(least=LEAST_KEY, most=MOST_KEY)
        secret = key.encode("ascii")
        print = blake2b(said, key=_derived(secret, PRINT), digest_size=32).digest()
        return cls(sha256(secret).digest(), print, _derived(secret, LOCK))

    @property
    def place(self) -> str:
        return f"kept_receipt|{self.hash.hex()}"


async def given(session: Session, once: Once) -> bytes | None:
    """The answer that this very tip has had."""
    found = await queries.kept(session, once.hash)
    if found is None:
        return None
    if found.fingerprint != once.fingerprint:
        raise KeyReused()
    return unlocked(once.lock, found.sealed, once.place)


async def alone(session: Session, once: Once) -> bytes | None:
    """As `given`; where there is no answer yet, nobody else is at it until the transaction ends."""
    if not await queries.claim(session, once.hash):
        raise KeyInUse()
    return await given(session, once)


async def keep(session: Session, once: Once, tip: UUID, answer: bytes) -> None:
    """Keep an answer in the transaction of its tip: both are there, or neither."""
    sealed = locked(once.lock, answer, once.place)
    row = KeptReceipt(
        key_hash=once.hash, fingerprint=once.fingerprint, sealed=sealed, tip_id=tip,
        expires_on=today() + KEPT_FOR,
    )  # fmt: skip
    await queries.put(session, row)


def _derived(secret: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(secret)
