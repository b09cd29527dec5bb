"""Concurrency limit: beyond it, an immediate refusal is better than a queue."""

from collections import Counter

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http_errors import OverloadError
from app.api.middleware.refusals import REFUSED, send_overload
from app.api.middleware.request_kinds import (
    BY_SOURCE,
    CITIZENS,
    PROBES,
    SHARES,
    RequestKind,
    find_kind,
)
from app.api.sources import counter_key, find_address


class Slots:
    """A number of slots, which may be a part of those of a whole."""

    def __init__(self, most: int, whole: "Slots | None" = None) -> None:
        self.most, self.taken, self.whole = most, 0, whole

    def have_place(self) -> bool:
        """Return whether another request would get in."""
        return self.taken < self.most and (self.whole is None or self.whole.have_place())

    def enter(self) -> None:
        """Take a slot, here and of the whole."""
        if not self.have_place():
            raise OverloadError()
        self.taken += 1
        if self.whole:
            self.whole.taken += 1

    def leave(self) -> None:
        """Give a slot back."""
        self.taken -= 1
        if self.whole:
            self.whole.taken -= 1


class Room:
    """The slots of all kinds: citizens and sign-in have their own, the others share one whole."""

    def __init__(self, most: int, citizens: int) -> None:
        whole = Slots(most)
        self.slots = {kind: Slots(max(1, most * part // 8), whole) for kind, part in SHARES.items()}
        self.slots |= {kind: Slots(citizens) for kind in CITIZENS}
        self.slots[RequestKind.SIGN_IN] = Slots(most)


class ConcurrencyLimit:
    """Those who still send their request wait in a room of their own, and keep nobody out."""

    def __init__(self, app: ASGIApp, most: int, citizens: int, trusted_proxies: int = 0) -> None:
        self.app, self.sending, self.at_work = app, Room(most, citizens), Room(most, citizens)
        self.trusted_proxies, self.inside = trusted_proxies, Counter[tuple[RequestKind, str]]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in PROBES:
            await self.app(scope, receive, send)
            return
        kind, has_body = find_kind(scope), _has_body(scope)
        sending, at_work = self.sending.slots[kind], self.at_work.slots[kind]
        if not at_work.have_place() or (has_body and not sending.have_place()):
            await send_overload(scope, send, f"overloaded: {kind}")
            return
        visit = _Visit(kind, at_work, sending if has_body else None)
        if kind in BY_SOURCE:
            await self._admit_by_source(scope, receive, send, visit)
        else:
            await self._admit(scope, receive, send, visit)

    async def _admit_by_source(
        self, scope: Scope, receive: Receive, send: Send, visit: "_Visit"
    ) -> None:
        kind = visit.kind
        address = find_address(scope, Headers(scope=scope), self.trusted_proxies)
        source = kind, counter_key(address)
        if self.inside[source] >= max(1, visit.at_work.most // 2):
            visit.go(None)
            await send_overload(scope, send, f"too many of one address: {kind}")
            return
        self.inside[source] += 1
        try:
            await self._admit(scope, receive, send, visit)
        finally:
            self.inside[source] -= 1
            if not self.inside[source]:
                del self.inside[source]

    async def _admit(self, scope: Scope, receive: Receive, send: Send, visit: "_Visit") -> None:
        async def receive_body() -> Message:
            message = await receive()
            if visit.sends and not message.get("more_body", False):
                visit.begin_work(scope)
            return message

        async def send_response(message: Message) -> None:
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                visit.go(None)  # a slow reader holds no slot
            await send(message)

        try:
            await self.app(scope, receive_body, send_response)
        finally:
            visit.go(None)


class _Visit:
    """The slot that one request holds."""

    def __init__(self, kind: RequestKind, at_work: Slots, sending: Slots | None) -> None:
        self.kind, self.at_work, self.sends = kind, at_work, sending is not None
        self.room: Slots | None = None
        self.go(sending or at_work)

    def begin_work(self, scope: Scope) -> None:
        """Go on once all has arrived; those who came meanwhile may have taken the last slot."""
        self.sends = False
        if not self.at_work.have_place():
            scope[REFUSED] = f"overloaded: {self.kind}"
        self.go(self.at_work)

    def go(self, to: Slots | None) -> None:
        if self.room:
            self.room.leave()
        self.room = None
        if to:
            to.enter()
            self.room = to


def _has_body(scope: Scope) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value.strip(b"0"))
        for name, value in scope["headers"]
    )
