"""A receiver of the tests: it stores what comes, and answers as a test wants."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson

HOST = "127.0.0.1"


@dataclass
class Sink:
    """The messages that have come, and the answer to each."""

    port: int = 0
    messages: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    answer: Callable[[int, dict[str, Any]], tuple[int, Mapping[str, str]]] = lambda n, message: (
        204,
        {},
    )

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/hook"

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [orjson.loads(body) for _, body in self.messages]

    def kinds(self, id: str) -> list[tuple[str, int]]:
        """List the messages about one record, in the order in which it came."""
        said = [one for one in self.bodies if one["data"]["id"] == id]
        return [(one["type"], one["data"]["version"]) for one in said]


class Server(ThreadingHTTPServer):
    """A server that lets more than five connections wait, or each further one costs a second."""

    request_queue_size = 128


@contextmanager
def open_sink() -> Iterator[Sink]:
    """Serve on this machine until the end."""
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            sink.messages.append((dict(self.headers.items()), body))
            status, headers = sink.answer(len(sink.messages), orjson.loads(body))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    server = Server((HOST, 0), Handler)
    sink.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()
