"""Refusals as HTTP problems and GraphQL errors. The only table of statuses."""

from http import HTTPStatus
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from graphql import GraphQLError
from prometheus_client import Counter
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from strawberry.extensions import MaskErrors

from app.api.allowed_methods import allowed_methods
from app.api.anonymity import anonymous_field_errors, is_anonymous
from app.api.http_errors import (
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
from app.api.languages import language_of
from app.db.disk_space import find_full_place, report_full
from app.db.errors import is_unavailable, is_unique_violation, unavailable_cause
from app.domain.attachments.errors import FileTooLarge
from app.domain.attachments.faults import KindNotTaken
from app.domain.errors import (
    Conflict,
    DiskFull,
    DomainError,
    Forbidden,
    Gone,
    Invalid,
    InvalidFields,
    Language,
    NotFound,
    TakenConcurrently,
    Unauthenticated,
    Unavailable,
    UnknownName,
    catalogue,
)
from app.domain.input_faults import build_field_error
from app.domain.login.errors import TooManyTries
from app.domain.records.errors import KeyInUse, StaleVersion, VersionNeeded
from app.domain.records.map_locks import MapBusy, is_map_busy
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
    Gone: 410,
    StaleVersion: 412,
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


FULL_RETRY = "60"  # seconds: somebody has to make room
UNAVAILABLE = Counter("binhyen_unavailable", "Answers 503, by their cause", ["cause"])


def status_of(kind: type[DomainError]) -> int:
    return next(STATUS[base] for base in kind.__mro__ if base in STATUS)


def body_of(error: DomainError, language: Language) -> dict[str, Any]:
    """A refusal as programs and people read it: RFC 9457."""
    status = status_of(type(error))
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        UNAVAILABLE.labels(error.facts.get("_cause", error.code)).inc()
    body: dict[str, Any] = error.extensions() | {
        "type": f"/api/v1/errors#{error.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": error.code,
        "detail": error.message(language),
    }
    if error.errors:
        body["errors"] = [fault.to_dict(language) for fault in error.errors]
    return body


def problem(error: DomainError, request: Request) -> Response:
    body = body_of(error, language_of(request.headers))
    request_id = request.scope.get("request_id")
    if request_id and not is_anonymous(request.scope["path"]):  # there, refusals are all alike
        body["request_id"] = request_id
    status: int = body["status"]
    headers = {"vary": "Accept-Language"} | HEADERS.get(status, {})
    headers |= error.facts.get("_headers", {}) | _extra_headers(error)
    return Response(
        orjson.dumps(body, default=str),
        status,
        media_type="application/problem+json",
        headers=headers,
    )


def _extra_headers(error: DomainError) -> dict[str, str]:
    """Return the headers by which a program knows when to retry."""
    if isinstance(error, StaleVersion):
        return {"etag": f'"{error.facts["current_version"]}"'}
    if isinstance(error, TooManyTries):
        return {"retry-after": str(error.facts["retry_after"])}
    if isinstance(error, DiskFull):
        return {"retry-after": FULL_RETRY}
    return {"retry-after": "1"} if isinstance(error, KeyInUse) else {}


async def handle_error(request: Request, error: Exception) -> Response:
    """Answer with any expected failure as a problem."""
    if is_anonymous(request.scope["path"]) and isinstance(error, INPUT):
        return problem(InvalidFields(*anonymous_field_errors(error.errors())), request)
    cause = find_refusal(error) or find_refusal(error.__cause__)
    if isinstance(error, HTTPException) and cause is None:
        answer = problem(PLAIN.get(error.status_code, BadRequest)(), request)
        answer.headers.update(error.headers or {})
        if error.status_code == 405:
            answer.headers["allow"] = ", ".join(allowed_methods(request))
        return answer
    return problem(cause or Unexpected(), request)


def find_refusal(error: BaseException | None) -> DomainError | None:
    """The refusal behind an error, if it is one that a caller may read."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, INPUT):
        return InvalidFields(*map(build_field_error, error.errors()))
    if is_unique_violation(error):
        return TakenConcurrently()
    if place := find_full_place(error):
        report_full(place)
        return DiskFull()
    if is_map_busy(error):
        return MapBusy()
    return Unavailable(_cause=unavailable_cause(error)) if is_unavailable(error) else None


def graphql_error(error: DomainError, language: Language, node: Any, key: str) -> GraphQLError:
    """Build the error of a refused root field, the same on both paths."""
    return GraphQLError(
        error.message(language),
        node,
        path=[key],
        original_error=error,
        extensions=_extensions(error, language),
    )


def _extensions(error: DomainError, language: Language) -> dict[str, Any]:
    body = body_of(error, language)
    return {name: value for name, value in body.items() if name not in ("type", "title", "detail")}


class MaskUnexpectedErrors(MaskErrors):
    """Explain expected refusals in the caller's language; of all else say only that it failed."""

    def __init__(self) -> None:
        super().__init__(lambda error: True)

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        if is_query_error(error):
            return error
        refusal = find_refusal(error.original_error) or Unexpected()
        language = self.execution_context.context.language
        return GraphQLError(
            refusal.message(language),
            error.nodes,
            path=error.path,
            extensions=_extensions(refusal, language),
        )


def is_query_error(error: GraphQLError) -> bool:
    """Return whether the fault lies in the query itself, as GraphQL found it."""
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
