"""Idempotency of the intake: the same tip sent again gets the same response, by a secret key.

Only the hash of the key is stored; the response with the receipt is encrypted under the key itself,
so that the database alone reveals neither a receipt nor whether a certain text was sent.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b, sha256
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.db.session import Session
from app.db.tables.tip_parts import StoredReceipt
from app.domain.confidential.crypto.envelopes import decrypt_with_key, encrypt_with_key
from app.domain.deadlines.days import today
from app.domain.records.errors import KeyInUse, KeyReused
from app.domain.tips.intake import queries
from app.domain.tips.intake.errors import KeyTooShort
from app.domain.tips.intake.limits import MAX_KEY, MIN_KEY

VISIBLE = re.compile(rf"[\x21-\x7e]{{{MIN_KEY},{MAX_KEY}}}")
LABEL_KEY, LABEL_FINGERPRINT = b"binhyen kept receipt v1", b"binhyen kept fingerprint v1"
LIFETIME = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a tip: its hash, the fingerprint of the request, the secret of the response."""

    hash: bytes
    fingerprint: bytes
    secret: bytes

    @classmethod
    def of(cls, key: str, request: bytes) -> "Key":
        """Derive everything from the key that was sent with a request."""
        if not VISIBLE.fullmatch(key):
            raise KeyTooShort(least=MIN_KEY, most=MAX_KEY)
        secret = key.encode("ascii")
        fingerprint = blake2b(
            request, key=_derive(secret, LABEL_FINGERPRINT), digest_size=32
        ).digest()
        return cls(sha256(secret).digest(), fingerprint, _derive(secret, LABEL_KEY))

    @property
    def context(self) -> str:
        """Name the context in which the response is encrypted."""
        return f"kept_receipt|{self.hash.hex()}"


async def get_response(session: Session, key: Key) -> bytes | None:
    """Return the response that this very tip has had."""
    found = await queries.find_receipt(session, key.hash)
    if found is None:
        return None
    if found.fingerprint != key.fingerprint:
        raise KeyReused()
    return decrypt_with_key(key.secret, found.sealed, key.context)


async def lock_response(session: Session, key: Key) -> bytes | None:
    """Return the response as above, or lock its key until the transaction ends."""
    if not await queries.lock_key(session, key.hash):
        raise KeyInUse()
    return await get_response(session, key)


async def store_response(session: Session, key: Key, tip: UUID, response: bytes) -> None:
    """Store a response in the transaction of its tip: both are there, or neither."""
    sealed = encrypt_with_key(key.secret, response, key.context)
    row = StoredReceipt(
        key_hash=key.hash, fingerprint=key.fingerprint, sealed=sealed, tip_id=tip,
        expires_on=today() + LIFETIME,
    )  # fmt: skip
    await queries.insert_rows(session, row)


def _derive(secret: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(secret)
