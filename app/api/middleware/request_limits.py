"""Request limits: size, and time to arrive."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http_errors import AddressTooLong, HeadersTooLarge, TooLarge, TooSlow

MAX_TARGET_BYTES = 8_192
LARGEST_HEADERS, MOST_HEADERS = 16_384, 100
IMPORTS, ATTACHMENTS = ("/import", "/imports"), "/attachments"
QUEUES, QUEUE = "/sync/operations", 8  # of a device, compared with any other request
FROM_INFORMANTS, MOST_FROM_INFORMANTS = "/api/v1/public/tips/attachments", 11_272_192
LARGER, LONGER = 60, 4  # what an import may be, compared with any other request


class RequestSizeLimit:
    """Refuses what is too large before it is read, and what comes too slowly while it is."""

    def __init__(self, app: ASGIApp, most_bytes: int, seconds: float, most_attachment: int) -> None:
        self.app, self.most_bytes, self.seconds = app, most_bytes, seconds
        self.most_attachment = most_attachment

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            _check_head(scope)
            body = _Body(receive, *self._find_limits(scope["path"]))
            body.expect(scope)
            receive = body.receive
        await self.app(scope, receive, send)

    def _find_limits(self, path: str) -> tuple[int, float]:
        if path.endswith(IMPORTS):
            return LARGER * self.most_bytes, LONGER * self.seconds
        if path.endswith(QUEUES):
            return QUEUE * self.most_bytes, LONGER * self.seconds
        if path == FROM_INFORMANTS:  # a file in base64, with a receipt and maybe work
            return MOST_FROM_INFORMANTS, LONGER * self.seconds
        if path.endswith(ATTACHMENTS):
            return self.most_attachment, LONGER * self.seconds
        return self.most_bytes, self.seconds


def _check_head(scope: Scope) -> None:
    address = scope.get("raw_path") or scope["path"]
    if len(address) + len(scope["query_string"]) > MAX_TARGET_BYTES:
        raise AddressTooLong(most=MAX_TARGET_BYTES)
    headers = scope["headers"]
    size = sum(len(name) + len(value) for name, value in headers)
    if len(headers) > MOST_HEADERS or size > LARGEST_HEADERS:
        raise HeadersTooLarge(most=LARGEST_HEADERS, count=MOST_HEADERS)


class _Body:
    """The body as it arrives: counted, whatever length it claims, and waited for so long only."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self.read, self.most, self.seconds = receive, most, seconds
        self.seen, self.until, self.whole = 0, 0.0, False

    def expect(self, scope: Scope) -> None:
        """Refuse at once what says itself that it is too large."""
        for name, value in scope["headers"]:
            if name == b"content-length" and value.isdigit():
                digits = value.lstrip(b"0")
                if len(digits) > 15 or int(digits or b"0") > self.most:
                    raise TooLarge(most=self.most)

    async def receive(self) -> Message:
        if self.whole:  # all that can come now is that the caller leaves
            return await self.read()
        self.until = self.until or asyncio.get_running_loop().time() + self.seconds
        try:
            async with asyncio.timeout_at(self.until):
                message = await self.read()
        except TimeoutError:
            raise TooSlow(seconds=self.seconds) from None
        self.whole = not message.get("more_body", False)
        self.seen += len(message.get("body", b""))
        if self.seen > self.most:
            raise TooLarge(most=self.most)
        return message
