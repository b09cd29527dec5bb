"""What happens around every request: its name, its size, its time, its log line."""

import asyncio
import re
import time
from typing import Any

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid7

from app.api.errors import TooLarge, Unexpected, known, problem
from app.domain.actor import REQUEST
from app.domain.errors import Unavailable

LOG = structlog.get_logger()
REQUESTS = Counter("binhyen_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram("binhyen_request_seconds", "Time to answer", ["method", "route"])
GIVEN_NAME = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "strict-transport-security": "max-age=31536000",
}
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})


class Around:
    """Pure ASGI: a middleware that wraps the answer would leak connections when clients leave."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self.app, self.most_bytes = app, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        scope["request_id"] = given if GIVEN_NAME.match(given) else str(uuid7())
        REQUEST.set(scope["request_id"])
        started, answer = time.perf_counter(), _Answer(send, scope["request_id"])
        try:
            await self._within_size(scope, headers, receive, answer)
        except ClientDisconnect:
            pass  # nobody is there to be told
        except asyncio.CancelledError:  # the server stops and has waited long enough
            await self._failed(scope, receive, answer, Unavailable())
        except Exception as error:
            await self._failed(scope, receive, answer, error)
        finally:
            _note(scope, answer.status, time.perf_counter() - started)

    async def _within_size(
        self, scope: Scope, headers: Headers, receive: Receive, answer: "_Answer"
    ) -> None:
        most = self.most_bytes if not scope["path"].endswith("/import") else 40 * self.most_bytes
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > most:
            raise TooLarge(most=most)
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise TooLarge(most=most)
            return message

        await self.app(scope, counted, answer)

    async def _failed(
        self, scope: Scope, receive: Receive, answer: "_Answer", error: Exception
    ) -> None:
        expected = known(error)
        if expected is None:
            LOG.error("failed", request_id=scope["request_id"], exc_info=error)
        if answer.status == 0:
            told = problem(expected or Unexpected(), Request(scope))
            await told(scope, receive, answer)


class _Answer:
    """Sends on, with the headers every answer has, and remembers the status."""

    def __init__(self, send: Send, request_id: str) -> None:
        self.send, self.request_id, self.status = send, request_id, 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["x-request-id"] = self.request_id
            for name, value in SAFE.items():
                headers.setdefault(name, value)
        await self.send(message)


def _note(scope: Scope, status: int, seconds: float) -> None:
    """One log line: the route, never the path or the query, for they may tell of a person."""
    route: Any = scope.get("route")
    name = getattr(route, "path", "(none)")
    method = scope["method"] if scope["method"] in METHODS else "(other)"
    REQUESTS.labels(method, name, status or 499).inc()
    SECONDS.labels(method, name).observe(seconds)
    LOG.info(
        "request",
        request_id=scope["request_id"],
        method=method,
        route=name,
        status=status or 499,
        ms=round(seconds * 1000, 1),
    )
