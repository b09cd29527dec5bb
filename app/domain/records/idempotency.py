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


class StoredAnswer(Exception):
    """This very request was answered before: nothing is done again."""

    def __init__(self, answer: StoredResponse) -> None:
        super().__init__("an answer is stored")
        self.answer = answer


async def claim(session: Session, key: Key) -> None:
    """Claim a key for a first request; a repetition ends its first statement by StoredAnswer."""

    async def refuse_use(_: Session) -> Exception:
        return KeyInUse()

    async def find_stored(again: Session) -> Exception:
        stored = await queries.find_response(again, key.principal, key.key, now())
        if stored is None:  # it has expired in this moment
            return KeyInUse()
        if stored.fingerprint != key.fingerprint:
            return KeyReused()
        return StoredAnswer(StoredResponse(stored.status, stored.headers, stored.body))

    refusals = {queries.IN_USE: refuse_use, queries.KEPT: find_stored}
    await queries.claim_key(session, key.principal, key.key, now(), refusals)


def begin_replay(session: Session) -> None:
    """Let a repetition go on, to see whether the stored answer may be shown; it claims no key."""
    queries.release_claim(session)


def store(session: Session, key: Key, answer: StoredResponse) -> None:
    """Store a response in the transaction of its effect: both exist, or neither."""
    headers = orjson.dumps(dict(answer.headers)).decode()
    queries.insert_response(
        session, key.principal, key.key, key.fingerprint, answer.status, headers, answer.body,
        now() + TTL,
    )  # fmt: skip


async def delete_expired_responses(session: Session) -> int:
    """Delete stored responses that have expired."""
    return await queries.delete_expired(session, now())
