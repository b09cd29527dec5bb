"""The servers that are compared: one uvicorn process each, on a core of their own."""

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from subprocess import Popen

from app.db.embedded.lifecycle import free_port
from app.settings import Settings
from bench.cpu import SERVER_CORE, pin
from bench.trust_processes import UNLIMITED

OURS, ORDINARY, PLAIN = "ours", "ordinary", "plain"
APPS = {
    OURS: ("app.main:from_environment", {"BINHYEN_BYPASS": "1"}),
    ORDINARY: ("app.main:from_environment", {"BINHYEN_BYPASS": "0"}),
    PLAIN: ("bench.reference.app:from_environment", {}),
}
POOL = 10
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """One way to answer, listening."""

    name: str
    port: int
    pid: int


@contextmanager
def serving(settings: Settings, *names: str) -> Iterator[dict[str, Server]]:
    """These servers, until the end of the block."""
    started: dict[str, tuple[Server, Popen[bytes]]] = {}
    try:
        for name in names:
            started[name] = _start(settings, name)
        for server, process in started.values():
            _wait_for(server, process)
        yield {name: server for name, (server, _) in started.items()}
    finally:
        for _, process in started.values():
            process.terminate()
        for _, process in started.values():
            process.wait()


def _start(settings: Settings, name: str) -> tuple[Server, Popen[bytes]]:
    app, own = APPS[name]
    port = free_port()
    command = (
        f"{sys.executable} -m uvicorn {app} --factory --host 127.0.0.1 --port {port} "
        "--loop uvloop --http httptools --no-access-log --log-level warning"
    )
    shared = {"BINHYEN_DATABASE_URL": settings.write_dsn, "BINHYEN_DATA": str(settings.data)}
    environment = os.environ | UNLIMITED | shared | {"BINHYEN_POOL_SIZE": str(POOL)} | own
    with (settings.data / f"{name}.log").open("ab") as log:
        process = Popen(command.split(), env=environment, stderr=log)
    pin(process.pid, SERVER_CORE)
    return Server(name, port, process.pid), process


def _wait_for(server: Server, process: Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"The server {server.name!r} did not start; see {server.name}.log.")
