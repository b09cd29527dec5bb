"""A prefix of paths under which a proxy offers this server, `https://gateway.example.vn/binhyen`.

Requests come with or without it, as proxies do; inside there is none. Pages, redirects, links of
new records and the paths of cookies get it on their way out.
"""

import re
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# an absolute path of ours in a page or in one of its scripts
OWN_PATH = re.compile(
    rb"([\"'`])/(?=[\"']|(?:api/v1|assets|docs|graphql|health|oauth|openapi|public|redoc)\b)"
)
REWRITTEN = (b"text/html", b"text/javascript")
COOKIE_PATH = re.compile(rb"(;\s*path=)/", re.IGNORECASE)


class RootPath:
    """Takes the prefix off requests, and puts it on what names a path of this server."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app, self.prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = self._strip(scope)
            vendored = scope["path"].startswith("/assets/") and "/pages/" not in scope["path"]
            send = send if vendored else _Answer(self.prefix.encode(), send)
        await self.app(scope, receive, send)

    def _strip(self, scope: Scope) -> Scope:
        raw = scope.get("raw_path") or scope["path"].encode()
        if not scope["path"].startswith(f"{self.prefix}/"):
            return scope
        return {
            **scope,
            "path": scope["path"][len(self.prefix) :],
            "raw_path": raw[len(self.prefix) :],
        }


class _Answer:
    """One answer; a page is held until it is whole, everything else passes piece by piece."""

    def __init__(self, prefix: bytes, send: Send) -> None:
        self.prefix, self.send = prefix, send
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [self._rewrite(name, value) for name, value in message["headers"]]
            message["headers"] = headers
            if dict(headers).get(b"content-type", b"").startswith(REWRITTEN):
                self._start = message
                return
        elif self._start:
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            message = await self._begin(message)
        await self.send(message)

    async def _begin(self, message: Message) -> dict[str, Any]:
        assert self._start
        body = OWN_PATH.sub(rb"\1" + self.prefix + b"/", bytes(self._body))
        start, self._start = self._start, None
        length = str(len(body)).encode()
        start["headers"] = [
            (name, length if name == b"content-length" and body else value)
            for name, value in start["headers"]
        ]
        await self.send(start)
        return {**message, "body": body}

    def _rewrite(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        name = name.lower()
        if name == b"location" and value.startswith(b"/") and not value.startswith(b"//"):
            return name, self.prefix + value
        if name == b"set-cookie":
            return name, COOKIE_PATH.sub(rb"\1" + self.prefix + b"/", value)
        return name, value
