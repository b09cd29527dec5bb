"""Refusals as HTTP problems and GraphQL errors. The only table of statuses."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from graphql import GraphQLError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from strawberry.extensions import MaskErrors

from app.api.quiet import is_quiet, quiet_complaints
from app.api.refusals import (
    AddressTooLong,
    BadRequest,
    HeadersTooLarge,
    MethodNotAllowed,
    NoSuchPath,
    TooLarge,
    TooManyRequests,
    TooSlow,
    Unexpected,
    WrongMediaType,
)
from app.db.lost import is_lost, is_taken
from app.domain.access.signing_in.errors import TooManyTries
from app.domain.documents.attachments.errors import FileTooLarge, KindNotTaken
from app.domain.errors import (
    Complaint,
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    InvalidFields,
    Language,
    NotFound,
    TakenMeanwhile,
    Unauthenticated,
    Unavailable,
    UnknownName,
    catalogue,
)
from app.domain.records.errors import KeyInUse, Stale, VersionNeeded
from app.domain.tips.intake.errors import WorkNeeded

STATUS: dict[type[DomainError], int] = {
    BadRequest: 400,
    UnknownName: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    NoSuchPath: 404,
    MethodNotAllowed: 405,
    TooSlow: 408,
    Conflict: 409,
    Stale: 412,
    TooLarge: 413,
    FileTooLarge: 413,
    AddressTooLong: 414,
    TooManyTries: 429,
    WorkNeeded: 429,
    WrongMediaType: 415,
    KindNotTaken: 415,
    Invalid: 422,
    VersionNeeded: 428,
    TooManyRequests: 429,
    HeadersTooLarge: 431,
    Unexpected: 500,
    Unavailable: 503,
}
PLAIN = {404: NoSuchPath, 405: MethodNotAllowed, 413: TooLarge, 415: WrongMediaType}
INPUT = (RequestValidationError, ValidationError)
HEADERS = {
    401: {"www-authenticate": 'Bearer realm="binhyen"'},
    408: {"connection": "close"},  # what is still to come would be taken for another request
    503: {"retry-after": "2"},
}


def status_of(kind: type[DomainError]) -> int:
    return next(STATUS[base] for base in kind.__mro__ if base in STATUS)


def language_of(headers: Any) -> Language:
    """The language a caller likes best; Vietnamese unless English is preferred."""
    best: tuple[float, Language] = (0.0, "vi")
    for part in headers.get("accept-language", "").split(","):
        name, _, weight = part.strip().lower().partition(";q=")
        quality = float(weight) if weight.replace(".", "", 1).isdigit() else 1.0
        if name[:2] in ("vi", "en") and quality > best[0]:
            best = (quality, "en" if name[:2] == "en" else "vi")
    return best[1]


def body_of(error: DomainError, language: Language) -> dict[str, Any]:
    """A refusal as programs and people read it: RFC 9457."""
    status = status_of(type(error))
    body: dict[str, Any] = {
        "type": f"/api/v1/errors#{error.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": error.code,
        "detail": error.told(language),
    }
    if error.complaints:
        body["errors"] = [complaint.told(language) for complaint in error.complaints]
    return body | error.shown()


def problem(error: DomainError, request: Request) -> Response:
    body = body_of(error, language_of(request.headers))
    request_id = request.scope.get("request_id")
    if request_id and not is_quiet(request.scope["path"]):  # there, refusals are all alike
        body["request_id"] = request_id
    status: int = body["status"]
    headers = {"vary": "Accept-Language"} | HEADERS.get(status, {})
    headers |= error.facts.get("_headers", {}) | _told_besides(error)
    return Response(
        orjson.dumps(body, default=str),
        status,
        media_type="application/problem+json",
        headers=headers,
    )


def _told_besides(error: DomainError) -> dict[str, str]:
    """What a program that asks again needs in the headers."""
    if isinstance(error, Stale):
        return {"etag": f'"{error.facts["current_version"]}"'}
    if isinstance(error, TooManyTries):
        return {"retry-after": str(error.facts["retry_after"])}
    return {"retry-after": "1"} if isinstance(error, KeyInUse) else {}


async def refused(request: Request, error: Exception) -> Response:
    """Any expected failure, whoever raised it, as a problem."""
    if is_quiet(request.scope["path"]) and isinstance(error, INPUT):
        return problem(InvalidFields(*quiet_complaints(error.errors())), request)
    cause = known(error) or known(error.__cause__)
    if isinstance(error, HTTPException) and cause is None:
        answer = problem(PLAIN.get(error.status_code, BadRequest)(), request)
        answer.headers.update(error.headers or {})
        return answer
    return problem(cause or Unexpected(), request)


def known(error: BaseException | None) -> DomainError | None:
    """The refusal behind an error, if it is one that a caller may read."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, INPUT):
        return InvalidFields(*complaints(error.errors()))
    if is_taken(error):
        return TakenMeanwhile()
    return Unavailable() if is_lost(error) else None


def complaints(faults: Any) -> Iterator[Complaint]:
    """Faults as the validation library found them, in our words: place, code, what is allowed."""
    for fault in faults:
        place = "/".join(str(part) for part in fault["loc"])
        expected = (fault.get("ctx") or {}).get("expected")
        facts = {"allowed": str(expected)} if expected else {}
        vi = f"Không hợp lệ. Cho phép: {expected}." if expected else "Giá trị không hợp lệ."
        yield Complaint(f"/{place}", fault["type"], fault["msg"], vi, **facts)


def graphql_error(error: DomainError, language: Language, node: Any, key: str) -> GraphQLError:
    """How the refusal of a root field is told, whichever way found it."""
    return GraphQLError(
        error.told(language),
        node,
        path=[key],
        original_error=error,
        extensions=_extensions(error, language),
    )


def _extensions(error: DomainError, language: Language) -> dict[str, Any]:
    body = body_of(error, language)
    return {name: value for name, value in body.items() if name not in ("type", "title", "detail")}


class Masked(MaskErrors):
    """Expected refusals are told in the caller's language; all else says only that it failed."""

    def __init__(self) -> None:
        super().__init__(lambda error: True)

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        if is_of_the_query(error):
            return error
        refusal = known(error.original_error) or Unexpected()
        language = self.execution_context.context.language
        return GraphQLError(
            refusal.told(language),
            error.nodes,
            path=error.path,
            extensions=_extensions(refusal, language),
        )


def is_of_the_query(error: GraphQLError) -> bool:
    """Whether the fault lies in the query itself, as GraphQL found it."""
    return error.original_error is None or isinstance(error.original_error, GraphQLError)


def error_list(language: Language) -> list[dict[str, Any]]:
    """The catalogue of refusals: what a client may meet, once and for all."""
    kinds = {kind.code: kind for kind in catalogue()}
    return [
        {
            "code": code,
            "status": status_of(kind),
            "description": kind.vi if language == "vi" else kind.en,
        }
        for code, kind in sorted(kinds.items())
    ]
