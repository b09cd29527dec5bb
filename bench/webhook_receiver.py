"""A receiver for the proof of webhooks: it verifies, refuses some, and stores what has come."""

import random
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson

from tests.exchange.test_webhook_signatures import VERIFY

HOST = "127.0.0.1"


@dataclass
class Receiver:
    """The messages about each record in their order, and those that were taken."""

    dice: random.Random
    refuses: float
    port: int = 0
    public_key: str = ""
    came: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    refused: int = 0
    forged: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/hook"

    @property
    def taken_count(self) -> int:
        return sum(map(len, self.taken.values()))

    def answer(self, headers: dict[str, str], body: bytes) -> int:
        """Store a message and return the status of its answer."""
        with self.lock:
            if not VERIFY(headers, body, public=self.public_key):
                self.forged += 1
                return 400
            said = orjson.loads(body)["data"]
            id, version = said["id"], said["version"]
            self.came[id].append(version)
            if self.dice.random() < self.refuses:
                self.refused += 1
                return 500
            self.taken[id].add(version)
            return 204

    def out_of_order(self) -> int:
        """Count the records of which an earlier message came after a later one."""
        return sum(versions != sorted(versions) for versions in self.came.values())


class Server(ThreadingHTTPServer):
    """A server that lets more than five connections wait, or each further one costs a second."""

    request_queue_size = 128


@contextmanager
def open_receiver(dice: random.Random, refuses: float) -> Iterator[Receiver]:
    """Serve on this machine until the end."""
    receiver = Receiver(dice, refuses)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            body = self.rfile.read(length)
            if len(body) < length:  # its sender was killed meanwhile
                return
            status = receiver.answer({n.lower(): v for n, v in self.headers.items()}, body)
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    server = Server((HOST, 0), Handler)
    receiver.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
