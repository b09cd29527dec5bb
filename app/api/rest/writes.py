"""Common parts of every REST operation that changes something."""

import re
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Annotated, Any

import orjson
from fastapi import Depends, Header, Request, Response

from app.api.http_errors import TooLarge, WrongMediaType
from app.api.rest.one_time_secret import OneTimeSecretResponse
from app.api.rest.schemas import PROBLEMS
from app.api.rest.selection import selection_of
from app.db.query.executor import SessionExecutor
from app.db.query.shape import Shape
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.operations import Operation
from app.domain.query import id_of, require_visible
from app.domain.records import idempotency
from app.domain.records.errors import InvalidETag
from app.domain.records.files.reader import READERS
from app.domain.records.idempotency import Key, StoredAnswer, StoredResponse
from app.domain.replays import require_permission, require_target

MAX_BYTES = 10_000_000
TABLE_TYPES = tuple(READERS)
# the version counts: gateways mark a tag as weak, or add the encoding to it
TAG = re.compile(r'(?:W/)?"(\d{1,9})(?:-[0-9A-Za-z._:;=-]*)?"', re.ASCII)
STORED_HEADERS = ("content-type", "etag", "location", "cache-control")
REPLAY_HEADER = {"idempotency-replayed": "true"}


def idempotent(
    endpoint: Callable[..., Awaitable[Response]], operation: Operation
) -> Callable[..., Awaitable[Response]]:
    """An endpoint that, under an Idempotency-Key, acts once and answers ever after."""

    @wraps(endpoint)
    async def run_once(
        *, request: Request, session: Session, actor: Actor, **given: Any
    ) -> Response:
        given |= {"request": request, "session": session, "actor": actor}
        key = request.headers.get("idempotency-key")
        if key is None:
            return await endpoint(**given)
        require_permission(actor, operation)
        asked = f"{request.method} {request.url.path}?{request.url.query}".encode()
        tag = request.headers.get("if-match", "").encode()
        this = Key.of(actor, key, asked, tag, await request.body())
        await idempotency.claim(session, this)
        try:
            answer = await endpoint(**given)
        except StoredAnswer as stored:
            idempotency.begin_replay(session)
            before = stored.answer
            body = await _body_of_replay(session, actor, operation, given, before.body)
            return Response(body, before.status, {**before.headers, **REPLAY_HEADER})
        headers = {name: answer.headers[name] for name in STORED_HEADERS if name in answer.headers}
        body = answer.stored if isinstance(answer, OneTimeSecretResponse) else bytes(answer.body)
        idempotency.store(session, this, StoredResponse(answer.status_code, headers, body))
        return answer

    return run_once


async def _body_of_replay(
    session: Session, actor: Actor, operation: Operation, given: dict[str, Any], stored: bytes
) -> bytes:
    """The stored body, once its row is found to be in scope and its fields to be permitted."""
    shape = operation.answer
    if not isinstance(shape, Shape):
        await require_target(session, actor, operation, given)
        return stored
    body = orjson.loads(stored)
    await require_visible(SessionExecutor(session), actor, shape, id_of(shape, body["id"]))
    picks = selection_of(shape, actor.permissions, None, operation.expand)
    if body.keys() <= {pick.key for pick in picks}:
        return stored
    permitted: bytes = orjson.dumps({p.key: body[p.key] for p in picks if p.key in body})
    return permitted


async def expected_version(
    if_match: Annotated[str | None, Header()] = None,
) -> int | None:
    """The version of a record that the caller has seen."""
    if if_match is None:
        return None
    if (found := TAG.fullmatch(if_match.strip())) is None:
        raise InvalidETag()
    return int(found[1])


Expected = Annotated[int | None, Depends(expected_version)]


def responses(model: Any, status: int) -> dict[int | str, dict[str, Any]]:
    """Describe the possible responses of an operation for OpenAPI."""
    return {status: {"model": model}, **PROBLEMS}


def created(model: Any) -> dict[str, Any]:
    """An operation that makes something and answers with it."""
    return {"status_code": 201, "response_model": None, "responses": responses(model, 201)}


def ok(model: Any) -> dict[str, Any]:
    """An operation that changes or works out something and answers with it."""
    return {"response_model": None, "responses": responses(model, 200)}


def file_body(*kinds: str) -> dict[str, Any]:
    """A file as the body of an operation, for OpenAPI."""
    content = {kind: {"schema": {"type": "string"}} for kind in kinds or TABLE_TYPES}
    return {"openapi_extra": {"requestBody": {"required": True, "content": content}}}


async def read_file(
    request: Request, *, taken: tuple[str, ...], most: int = MAX_BYTES
) -> tuple[str, bytes]:
    """The file in the body of a request, and its kind."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in taken:
        raise WrongMediaType(given=given or "—", allowed=list(taken), _allowed=", ".join(taken))
    content = await request.body()
    if len(content) > most:
        raise TooLarge(most=most)
    return given, content
