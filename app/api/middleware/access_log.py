"""Every request has a name and a log line; every answer has headers that keep browsers careful."""

import re
import time
from collections import Counter as CounterOf
from typing import Any
from uuid import uuid4

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid7

from app.api.anonymity import is_anonymous
from app.api.middleware.refusals import REFUSED, RefusalTally
from app.domain.actor import REQUEST

LOG = structlog.get_logger()
REQUESTS = Counter("binhyen_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram("binhyen_request_seconds", "Time to answer", ["method", "route"])
GIVEN_NAME = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
PUBLIC, STEP = "(public)", 50  # requests of informants: all one route, counted in steps
waiting: CounterOf[tuple[str, int]] = CounterOf()
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
# Headers that an endpoint sets are left alone: pages have their own policy, reads may be cached.
SAFE = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), display-capture=(), geolocation=(), microphone=()"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)


class AccessLog:
    """Pure ASGI: a middleware that wraps the answer would leak connections when clients leave."""

    def __init__(self, app: ASGIApp, tally: RefusalTally) -> None:
        self.app, self.tally = app, tally

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["request_id"] = _request_id(scope)
        REQUEST.set(scope["request_id"])
        status, started = 0, time.perf_counter()

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_headers(message.get("headers", ()), scope["request_id"])
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        finally:
            _count_request(scope, status or 499, time.perf_counter() - started)
            if reason := scope.get(REFUSED):
                self.tally.count(reason)
            elif not is_anonymous(scope["path"]):
                _log_request(scope, status or 499, time.perf_counter() - started)


def _request_id(scope: Scope) -> str:
    """As the caller calls it, where that is a name; an informant's is never taken up."""
    given = Headers(scope=scope).get("x-request-id", "")
    taken = GIVEN_NAME.match(given) and not is_anonymous(scope["path"])
    return given if taken else str(uuid4() if is_anonymous(scope["path"]) else uuid7())


def _with_headers(headers: Any, request_id: str) -> list[tuple[bytes, bytes]]:
    said = {name for name, _ in headers}
    named = (b"x-request-id", request_id.encode())
    return [*headers, named, *(header for header in SAFE if header[0] not in said)]


def _count_coarsely(method: str, status: int) -> None:
    """Count informants in whole steps only: watched every second, it would show when one comes."""
    waiting[method, status] += 1
    if waiting[method, status] == STEP:
        del waiting[method, status]
        REQUESTS.labels(method, PUBLIC, status).inc(STEP)


def _count_request(scope: Scope, status: int, seconds: float) -> None:
    """Count a request by its route; those of informants are counted all as one."""
    method, name = _names(scope)
    if name == PUBLIC:
        _count_coarsely(method, status)
        return
    REQUESTS.labels(method, name, status).inc()
    SECONDS.labels(method, name).observe(seconds)


def _names(scope: Scope) -> tuple[str, str]:
    """The method and the route, never the path or the query, for they may tell of a person."""
    route: Any = scope.get("route")
    name = PUBLIC if is_anonymous(scope["path"]) else getattr(route, "path", "(none)")
    return scope["method"] if scope["method"] in METHODS else "(other)", name


def _log_request(scope: Scope, status: int, seconds: float) -> None:
    """One log line for a request that was looked at; of informants there is none."""
    method, name = _names(scope)
    LOG.info(
        "request",
        request_id=scope["request_id"],
        method=method,
        route=name,
        status=status,
        ms=round(seconds * 1000, 1),
    )
