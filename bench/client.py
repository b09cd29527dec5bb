"""The load, in a process of its own: a few connections, each asking again once it is answered."""

import asyncio
import json
import sys
from dataclasses import dataclass, field
from itertools import count
from subprocess import PIPE, Popen
from time import perf_counter
from typing import Any

import httptools
import uvloop

NUMBER = b"@@@@@@@@"  # stands in a request for a number that comes but once
NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Window:
    """Answers that came while the load was on, the last ones included."""

    answered: int
    failed: int
    seconds: float
    p50: float
    p99: float


class Client:
    """The load as the measuring process sees it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "bench.client"]
        self.process = Popen(command, stdin=PIPE, stdout=PIPE, text=True)

    def run(self, port: int, requests: list[str], *, connections: int, seconds: float) -> Window:
        """Ask these in turn for so long, and wait until all is answered."""
        assert self.process.stdin
        assert self.process.stdout
        order = {"port": port, "requests": requests, "connections": connections}
        print(json.dumps(order | {"seconds": seconds}), file=self.process.stdin)
        self.process.stdin.flush()
        if not (line := self.process.stdout.readline()):
            raise RuntimeError("The load ended; a server must have hung up.")
        return Window(**json.loads(line))

    def close(self) -> None:
        self.process.communicate()


@dataclass(slots=True)
class _Load:
    """A load: the questions, its end, and how long each answer took."""

    requests: list[bytes]
    until: float
    took: list[float] = field(default_factory=list)
    asked: int = 0
    failed: int = 0

    def next(self) -> bytes | None:
        if perf_counter() > self.until:
            return None
        request = self.requests[self.asked % len(self.requests)]
        self.asked += 1
        return request.replace(NUMBER, b"%08x" % next(NUMBERS)) if NUMBER in request else request


class _Connection(asyncio.Protocol):
    """One caller; `done` when the load is over and their last question is answered."""

    def __init__(self, load: _Load) -> None:
        self.load = load
        self.done = asyncio.get_running_loop().create_future()
        self.parser: Any = httptools.HttpResponseParser(self)
        self.refused = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        if request := self.load.next():
            self.began = perf_counter()
            self.transport.write(request)
        else:
            self.done.set_result(None)
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self.refused |= b'"errors"' in body

    def on_message_complete(self) -> None:
        self.load.took.append(perf_counter() - self.began)
        self.load.failed += self.refused or self.parser.get_status_code() >= 300
        self.refused = False
        self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("The server hung up."))


async def _run(order: dict[str, Any]) -> Window:
    began = perf_counter()
    requests = [request.encode() for request in order["requests"]]
    load = _Load(requests, began + order["seconds"])
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: _Connection(load), "127.0.0.1", order["port"])
        for _ in range(order["connections"])
    ]
    await asyncio.gather(*(connection.done for _, connection in made))
    took = sorted(load.took)
    p50, p99 = (took[int(len(took) * part)] * 1000 for part in (0.5, 0.99))
    return Window(len(took), load.failed, perf_counter() - began, p50, p99)


def main() -> None:
    """Take orders line by line, and answer each with a window."""
    for line in sys.stdin:
        window = uvloop.run(_run(json.loads(line)))
        print(json.dumps({name: getattr(window, name) for name in Window.__slots__}), flush=True)


if __name__ == "__main__":
    main()
