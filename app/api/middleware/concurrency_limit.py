"""Concurrency limit: beyond it, an immediate refusal is better than a queue."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http_errors import OverloadError

FREE = frozenset({"/health/live", "/health/ready", "/metrics"})  # probes are always admitted


class Slots:
    """A number of slots; a request without one is refused."""

    def __init__(self, most: int) -> None:
        self.most, self.taken = most, 0

    def enter(self) -> None:
        if self.taken >= self.most:
            raise OverloadError()
        self.taken += 1


class ConcurrencyLimit:
    """Those who still send their request wait in a room of their own, and keep nobody out."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app, self.sending, self.at_work = app, Slots(most), Slots(most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in FREE:
            await self.app(scope, receive, send)
            return
        visit = _Visit()

        async def receive_body() -> Message:
            message = await receive()
            if visit.room is self.sending and not message.get("more_body", False):
                visit.go(self.at_work)
            return message

        async def send_response(message: Message) -> None:
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                visit.go(None)  # a slow reader holds no slot
            await send(message)

        try:
            visit.go(self.sending if _has_body(scope) else self.at_work)
            await self.app(scope, receive_body, send_response)
        finally:
            visit.go(None)


class _Visit:
    """The slot that one request holds."""

    def __init__(self) -> None:
        self.room: Slots | None = None

    def go(self, to: Slots | None) -> None:
        if self.room:
            self.room.taken -= 1
        self.room = None
        if to:
            to.enter()
            self.room = to


def _has_body(scope: Scope) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value.strip(b"0"))
        for name, value in scope["headers"]
    )
