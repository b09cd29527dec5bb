"""What every changing REST operation has in common: its service function, told to the guard."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Request

from app.api.errors import TooLarge, WrongMediaType
from app.api.rest.schemas import PROBLEMS
from app.domain.units import files

MOST_BYTES = 10_000_000
TABLES = tuple(files.READERS)
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def does(function: Any) -> Callable[[Endpoint], Endpoint]:
    """Mark an endpoint as doing what a service function does, under its permission."""

    def mark(endpoint: Endpoint) -> Endpoint:
        endpoint.operation = function  # type: ignore[attr-defined]
        endpoint.__doc__ = endpoint.__doc__ or function.__doc__
        return endpoint

    return mark


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
