"""Error boundary: unexpected errors become problem responses for the outer layers."""

import asyncio

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import find_refusal, problem
from app.api.http_errors import Unexpected
from app.domain.errors import Unavailable

LOG = structlog.get_logger()


class ErrorBoundary:
    """Nobody who asks is left without an answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_and_watch(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        failed: BaseException | None = None
        try:
            await self.app(scope, receive, send_and_watch)
        except ClientDisconnect:
            pass  # the client is gone
        except asyncio.CancelledError:  # the server stops and has waited long enough
            failed = Unavailable()
        except Exception as error:
            failed = error
        if failed:
            refusal = find_refusal(failed)
            if refusal is None:
                LOG.error("failed", request_id=scope["request_id"], exc_info=failed)
            if not begun:
                await problem(refusal or Unexpected(), Request(scope))(scope, receive, send)
