"""What every changing REST operation has in common."""

import re
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response

from app.api.refusals import TooLarge, WrongMediaType
from app.api.rest.schemas import PROBLEMS
from app.api.rest.told_once import ToldOnce
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.records import answers as kept
from app.domain.records.answers import Answer, Once
from app.domain.records.errors import NotATag
from app.domain.units import files

MOST_BYTES = 10_000_000
TABLES = tuple(files.READERS)
TAG = re.compile(r'^"(\d{1,9})(?:-[0-9a-f]+)?"$')
KEPT = ("content-type", "etag", "location", "cache-control")
REPLAYED = {"idempotency-replayed": "true"}


def once(endpoint: Callable[..., Awaitable[Response]]) -> Callable[..., Awaitable[Response]]:
    """An endpoint that, under an Idempotency-Key, acts once and answers ever after."""

    @wraps(endpoint)
    async def carried_out(
        *, request: Request, session: Session, actor: Actor, **given: Any
    ) -> Response:
        given |= {"request": request, "session": session, "actor": actor}
        key = request.headers.get("idempotency-key")
        if key is None:
            return await endpoint(**given)
        asked = f"{request.method} {request.url.path}?{request.url.query}".encode()
        tag = request.headers.get("if-match", "").encode()
        this = Once.of(actor, key, asked, tag, await request.body())
        if before := await kept.given(session, this):
            return Response(before.body, before.status, {**before.headers, **REPLAYED})
        answer = await endpoint(**given)
        headers = {name: answer.headers[name] for name in KEPT if name in answer.headers}
        body = answer.kept if isinstance(answer, ToldOnce) else bytes(answer.body)
        await kept.keep(session, this, Answer(answer.status_code, headers, body))
        return answer

    return carried_out


async def expected_version(
    if_match: Annotated[str | None, Header(description="the ETag that was read")] = None,
) -> int | None:
    """The version of a record that the caller has seen."""
    if if_match is None:
        return None
    if (found := TAG.match(if_match.strip())) is None:
        raise NotATag()
    return int(found[1])


Expected = Annotated[int | None, Depends(expected_version)]


def answers(model: Any, status: int) -> dict[int | str, dict[str, Any]]:
    """What an operation may answer, for OpenAPI."""
    return {status: {"model": model}, **PROBLEMS}


def made(model: Any) -> dict[str, Any]:
    """An operation that makes something and answers with it."""
    return {"status_code": 201, "response_model": None, "responses": answers(model, 201)}


def changed(model: Any) -> dict[str, Any]:
    """An operation that changes or works out something and answers with it."""
    return {"response_model": None, "responses": answers(model, 200)}


def file_body(*kinds: str) -> dict[str, Any]:
    """A file as the body of an operation, for OpenAPI."""
    content = {kind: {"schema": {"type": "string"}} for kind in kinds or TABLES}
    return {"openapi_extra": {"requestBody": {"required": True, "content": content}}}


async def file_of(
    request: Request, *, taken: tuple[str, ...], most: int = MOST_BYTES
) -> tuple[str, bytes]:
    """The file in the body of a request, and its kind."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in taken:
        raise WrongMediaType(given=given or "—", allowed=list(taken), _allowed=", ".join(taken))
    content = await request.body()
    if len(content) > most:
        raise TooLarge(most=most)
    return given, content
