"""Cost of the layers around a request: `python -m bench.around` prints microseconds of each.

The layers are left out: within the layers stands an application that answers at once.
"""

import asyncio
import logging
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.middleware.access_log import AccessLog
from app.api.middleware.concurrency_limit import ConcurrencyLimit
from app.api.middleware.error_boundary import ErrorBoundary
from app.api.middleware.rate_budgets import RateBudgets
from app.api.middleware.rate_limit import RateLimitMiddleware
from app.api.middleware.refusals import RefusalTally
from app.api.middleware.request_limits import RequestSizeLimit
from app.domain.actor import Actor, Level, Role
from app.domain.auth.keys import new_key
from app.domain.auth.tokens import Tokens
from app.settings import Settings

TIMES, ROUNDS = 5_000, 5
SETTINGS = Settings(rate_per_client="900000000/minute", rate_per_account="900000000/minute",
                    rate_anonymous="900000000/minute")  # fmt: skip


async def plain(scope: Scope, receive: Receive, send: Send) -> None:
    """An answer of nothing."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


def layers() -> Iterator[tuple[str, ASGIApp]]:
    """Each layer around the last, as the application has them."""
    yield "nothing", plain
    app: ASGIApp = RateLimitMiddleware(plain, RateBudgets(SETTINGS), trusted_proxies=0)
    yield "limits", app
    app = ConcurrencyLimit(app, most=200, citizens=200)
    yield "and room", app
    app = ErrorBoundary(
        RequestSizeLimit(app, most_bytes=262_144, seconds=30, most_attachment=262_144)
    )
    yield "and sizes, problems", app
    yield "and names, headers, figures, log", AccessLog(app, tally=RefusalTally())


async def microseconds(app: ASGIApp, scope: Scope) -> float:
    """The quickest of some rounds."""

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        await asyncio.sleep(0)  # others have their turn, as on a wire

    found = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for _ in range(TIMES):
            await app(dict(scope), receive, send)
        found.append((time.perf_counter() - begin) / TIMES * 1e6)
    return min(found)


def scope_of(token: str) -> Scope:
    tokens = SimpleNamespace(state=SimpleNamespace(application=SimpleNamespace(tokens=TOKENS)))
    headers = [(b"host", b"test"), (b"accept", b"*/*"), (b"accept-encoding", b"gzip, deflate"),
               (b"connection", b"keep-alive"), (b"user-agent", b"bench")]  # fmt: skip
    if token:
        headers.append((b"authorization", f"Bearer {token}".encode()))
    return {
        "type": "http", "method": "GET", "path": "/api/v1/units", "raw_path": b"/api/v1/units",
        "query_string": b"", "headers": headers, "client": ("127.0.0.1", 1), "app": tokens,
    }  # fmt: skip


TOKENS = Tokens([new_key()], "bench", "bench")


async def main() -> None:
    actor = Actor("bench", frozenset({Role.VIEWER}), Level.NATIONAL, UUID(int=0), "bench")
    with_token = scope_of(TOKENS.issue(actor, minutes=60))
    for who, scope in (("with a token", with_token), ("without", scope_of(""))):
        last = 0.0
        for name, app in layers():
            took = await microseconds(app, scope)
            print(f"{who:13} {name:34} {took:7.1f} us  (+{took - last:.1f})")
            last = took


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    asyncio.run(main())
