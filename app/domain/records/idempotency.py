"""A request that carries an Idempotency-Key is carried out once; asked again, it is answered."""

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
    """A request with its key: who asks, under which key, for exactly what."""

    principal: str
    key: bytes
    fingerprint: bytes

    @classmethod
    def of(cls, actor: Actor, key: str, *parts: bytes, at: str = "") -> "Key":
        """Only digests are kept: neither the key nor the request can be read from them."""
        if not VISIBLE.match(key) or len(key) > MAX_LENGTH:
            raise InvalidIdempotencyKey(most=MAX_LENGTH)
        told = blake2b(digest_size=32)
        for part in parts:
            told.update(len(part).to_bytes(8, "big") + part)
        principal = f"{actor.client}\n{actor.subject}\n{at}"
        return cls(principal, sha256(key.encode()).digest(), told.digest())


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """An answer as it left."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def get(session: Session, once: Key) -> StoredResponse | None:
    """The answer this very request has had; None for whoever asks first, and is now alone."""
    if not await queries.lock_key(session, once.principal, once.key):
        raise KeyInUse()
    found = await queries.find_response(session, once.principal, once.key, now())
    if found is None:
        return None
    if found.fingerprint != once.fingerprint:
        raise KeyReused()
    return StoredResponse(found.status, found.headers, found.body)


async def store(session: Session, once: Key, answer: StoredResponse) -> None:
    """Keep an answer in the transaction of its effect: both are there, or neither."""
    await queries.insert_response(
        session,
        {
            "principal": once.principal,
            "key": once.key,
            "fingerprint": once.fingerprint,
            "status": answer.status,
            "headers": orjson.dumps(dict(answer.headers)).decode(),
            "body": answer.body,
            "until": now() + TTL,
        },
    )


async def delete_expired_responses(session: Session) -> int:
    """Let go of answers that nobody may ask for any more."""
    return await queries.delete_expired(session, now())
