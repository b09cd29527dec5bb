"""Many callers at once, each asking again as soon as it is answered: how long each answer took."""

import asyncio
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import httptools


@dataclass
class AnswerTimes:
    """The seconds that each answer took, by its status."""

    by_status: dict[int, list[float]] = field(default_factory=dict)

    def add(self, status: int, took: float) -> None:
        self.by_status.setdefault(status, []).append(took)

    def count(self, status: int) -> int:
        return len(self.by_status.get(status, ()))

    def share(self, part: float, status: int) -> float:
        """The time within which this part of the answers of a status came."""
        took = sorted(self.by_status.get(status, ()))
        return took[int((len(took) - 1) * part)] if took else 0.0


class _Caller(asyncio.Protocol):
    def __init__(self, request: bytes, until: float, taken: AnswerTimes) -> None:
        self.request, self.until, self.taken = request, until, taken
        self.done = asyncio.get_running_loop().create_future()
        self.parser: Any = httptools.HttpResponseParser(self)

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        if perf_counter() < self.until:
            self.began = perf_counter()
            self.transport.write(self.request)
        else:
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_message_complete(self) -> None:
        self.taken.add(self.parser.get_status_code(), perf_counter() - self.began)
        self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def press(port: int, request: bytes, *, callers: int, seconds: float) -> AnswerTimes:
    """Let so many callers ask for so long."""
    loop, taken = asyncio.get_running_loop(), AnswerTimes()
    until = perf_counter() + seconds
    made = [
        await loop.create_connection(lambda: _Caller(request, until, taken), "127.0.0.1", port)
        for _ in range(callers)
    ]
    await asyncio.gather(*(caller.done for _, caller in made))
    return taken
