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
from app.domain.records.errors import KeyInUse, KeyReused, NotAKey

KEPT_FOR = timedelta(hours=72)
LONGEST = 255
VISIBLE = re.compile(r"^[\x21-\x7e]+$")


@dataclass(frozen=True, slots=True)
class Once:
    """A request with its key: who asks, under which key, for exactly what."""

    principal: str
    key: bytes
    fingerprint: bytes

    @classmethod
    def of(cls, actor: Actor, key: str, *parts: bytes, at: str = "") -> "Once":
        """Only digests are kept: neither the key nor the request can be read from them."""
        if not VISIBLE.match(key) or len(key) > LONGEST:
            raise NotAKey(most=LONGEST)
        told = blake2b(digest_size=32)
        for part in parts:
            told.update(len(part).to_bytes(8, "big") + part)
        principal = f"{actor.client}\n{actor.subject}\n{at}"
        return cls(principal, sha256(key.encode()).digest(), told.digest())


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it left."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def given(session: Session, once: Once) -> Answer | None:
    """The answer this very request has had; None for whoever asks first, and is now alone."""
    if not await queries.claim(session, once.principal, once.key):
        raise KeyInUse()
    found = await queries.kept(session, once.principal, once.key, now())
    if found is None:
        return None
    if found.fingerprint != once.fingerprint:
        raise KeyReused()
    return Answer(found.status, found.headers, found.body)


async def keep(session: Session, once: Once, answer: Answer) -> None:
    """Keep an answer in the transaction of its effect: both are there, or neither."""
    await queries.keep(
        session,
        {
            "principal": once.principal,
            "key": once.key,
            "fingerprint": once.fingerprint,
            "status": answer.status,
            "headers": orjson.dumps(dict(answer.headers)).decode(),
            "body": answer.body,
            "until": now() + KEPT_FOR,
        },
    )


async def forget_answers(session: Session) -> int:
    """Let go of answers that nobody may ask for any more."""
    return await queries.forget(session, now())
