"""Limits of a connection: time and size of the request head."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10.0
MAX_HEAD_BYTES = 65_536
LINGER_SECONDS = 1.0  # for a request that is on its way when the server stops


class TimeoutHttpProtocol(HttpToolsProtocol):
    """uvicorn waits for ever for a request to begin, and keeps headers without end: not this."""

    _late: asyncio.TimerHandle | None = None  # set while the head of a request is awaited
    _seen = 0
    _ending: asyncio.TimerHandle | None = None  # set while the server stops

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._await_head()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await_head()

    def on_headers_complete(self) -> None:
        self._head_is_there()
        super().on_headers_complete()
        if self._ending:
            self._ending.cancel()
            self.cycle.keep_alive = False  # answered with `connection: close`

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        if self._ending:
            self._ending.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Answer a request that a proxy is sending on an idle connection, and then close."""
        if self.cycle is None or self.cycle.response_complete:
            self._ending = self.loop.call_later(LINGER_SECONDS, self.transport.close)
        else:
            super().shutdown()

    def data_received(self, data: bytes) -> None:
        awaited = self._late
        super().data_received(data)
        if awaited and self._late and not self.transport.is_closing():
            self._seen += len(data)
            if self._seen > MAX_HEAD_BYTES:
                self._refuse("The headers are too large.")

    def _await_head(self) -> None:
        if self._late is None:
            self._seen = 0
            self._late = self.loop.call_later(HEAD_SECONDS, self._refuse, "Too slow.")

    def _head_is_there(self) -> None:
        if self._late:
            self._late.cancel()
        self._late = None

    def _refuse(self, why: str) -> None:
        self._head_is_there()
        if self.headers is None:  # no request was begun, so there is no response
            self.transport.close()
        elif not self.transport.is_closing():
            self.send_400_response(why)
