"""Run a request with an Idempotency-Key once; answer a repetition with the stored response."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b, sha256

import orjson

from app.db.base import now
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.records import queries
from app.domain.records.errors import InvalidIdempotencyKey, KeyInUse, KeyReused

TTL = timedelta(hours=72)
MAX_LENGTH = 255
VISIBLE = re.compile(r"^[\x21-\x7e]+$")


@dataclass(frozen=True, slots=True)
class Key:
    """A request with its key: the principal, the key, and the fingerprint of the content."""

    principal: str
    key: bytes
    fingerprint: bytes

    @classmethod
    def of(cls, actor: Actor, key: str, *parts: bytes, at: str = "") -> "Key":
        """Build a key of digests only: neither the key nor the request can be read from them."""
        if not VISIBLE.match(key) or len(key) > MAX_LENGTH:
            raise InvalidIdempotencyKey(most=MAX_LENGTH)
        digest = blake2b(digest_size=32)
        for part in (*parts, actor.unit_id.bytes):  # for another unit it is another request
            digest.update(len(part).to_bytes(8, "big") + part)
        principal = f"{actor.client}\n{actor.subject}\n{at}"
        return cls(principal, sha256(key.encode()).digest(), digest.digest())


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A response as it was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def get(session: Session, key: Key) -> StoredResponse | None:
    """Return the stored response to this very request; for a first request, lock the key: None."""
    if not await queries.lock_key(session, key.principal, key.key):
        raise KeyInUse()
    stored = await queries.find_response(session, key.principal, key.key, now())
    if stored is None:
        return None
    if stored.fingerprint != key.fingerprint:
        raise KeyReused()
    return StoredResponse(stored.status, stored.headers, stored.body)


async def store(session: Session, key: Key, answer: StoredResponse) -> None:
    """Store a response in the transaction of its effect: both exist, or neither."""
    await queries.insert_response(
        session,
        {
            "principal": key.principal,
            "key": key.key,
            "fingerprint": key.fingerprint,
            "status": answer.status,
            "headers": orjson.dumps(dict(answer.headers)).decode(),
            "body": answer.body,
            "until": now() + TTL,
        },
    )


async def delete_expired_responses(session: Session) -> int:
    """Delete stored responses that have expired."""
    return await queries.delete_expired(session, now())
