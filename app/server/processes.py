"""The server processes: a port held from the start, a greeting once they answer, one end."""

import multiprocessing
import os
import signal
import socket
import tempfile
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess

import uvicorn
from prometheus_client.multiprocess import mark_process_dead
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from app.server.http_protocol import TimeoutHttpProtocol

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE = 5  # seconds for open requests: `docker stop` kills after ten
BACKLOG = 2048
FIRST_INHERITED = 3  # SD_LISTEN_FDS_START
KEEP_ALIVE = 75  # seconds: longer than a proxy keeps an idle connection, which it closes then
OnReady = Callable[[], None]


class CannotListen(Exception):
    """The address is not to be had; says which, and the way out."""

    def __init__(self, host: str, port: int, reason: OSError) -> None:
        why = os.strerror(reason.errno) if reason.errno and reason.errno > 0 else str(reason)
        super().__init__(f"Cannot listen on {host}, port {port}: {why}. Choose another by --port.")


def exit_on_signals() -> None:
    """Let every polite signal unwind the program, so that what it started is stopped too."""
    signal.signal(signal.SIGTERM, _raise_exit)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))


def _raise_exit(*_: object) -> None:
    raise SystemExit(0)


def bind(host: str, port: int) -> socket.socket:
    """Take the address before anything big is started; nobody is let in yet.

    A socket that a supervisor such as systemd hands over is used as it is. It outlives this
    process, so that callers who come between two servers wait and are not refused.
    """
    if inherited := _inherited_socket():
        return inherited
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as reason:
        listener.close()
        raise CannotListen(host, port, reason) from None
    return listener


def _inherited_socket() -> socket.socket | None:
    """Return the socket of `LISTEN_FDS` (sd_listen_fds), if it is meant for this process."""
    meant = os.environ.pop("LISTEN_PID", "") == str(os.getpid())
    count = os.environ.pop("LISTEN_FDS", "0")
    if not meant or count != "1":
        return None
    return socket.socket(fileno=FIRST_INHERITED)


def serve(listener: socket.socket, workers: int, greet: OnReady) -> None:
    """Serve until a signal ends it; `greet` is called once all answer."""
    try:
        listener.listen(BACKLOG)
    except OSError as reason:  # somebody who took it at the same moment was faster
        host, port = listener.getsockname()[:2]
        raise CannotListen(host, port, reason) from None
    config = _Config(
        "app.main:from_environment", factory=True, workers=workers, access_log=False,
        server_header=False, proxy_headers=False, log_level="warning", backlog=BACKLOG,
        timeout_graceful_shutdown=GRACE, timeout_worker_healthcheck=30, http=TimeoutHttpProtocol,
        timeout_keep_alive=KEEP_ALIVE,
    )  # fmt: skip
    if workers == 1:
        _SingleProcess(config, greet).run([listener])
        return
    with tempfile.TemporaryDirectory(prefix="binhyen-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # there each process counts for all
        _run_supervisor(config, listener, greet)


class _SingleProcess(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, greet: OnReady) -> None:
        super().__init__(config)
        self._greet = greet

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._greet()


class _Supervisor(Multiprocess):
    """Also greets; and the signals that end the program work while a worker is waited for."""

    def __init__(self, config: uvicorn.Config, listener: socket.socket, greet: OnReady) -> None:
        handlers = {sign: signal.getsignal(sign) for sign in ENDS}
        super().__init__(config, [listener])
        for sign, handler in handlers.items():
            signal.signal(sign, handler)
        self._greet: OnReady | None = greet

    def keep_subprocess_alive(self) -> None:
        before = {process.pid for process in self.processes}
        super().keep_subprocess_alive()
        for gone in before - {process.pid for process in self.processes}:
            mark_process_dead(gone)  # type: ignore[no-untyped-call]
        if self._greet and all(process.is_ready(1) for process in self.processes):
            self._greet()
            self._greet = None


def _run_supervisor(config: uvicorn.Config, listener: socket.socket, greet: OnReady) -> None:
    several = _Supervisor(config, listener, greet)
    try:
        several.run()
    finally:
        several.terminate_all()
        several.join_all()
    if any(process.exitcode == STARTUP_FAILURE for process in several.processes):
        raise SystemExit(1)


class _Config(uvicorn.Config):
    """Configuration of worker processes; they end with their parent, however it died."""

    def load(self) -> None:
        super().load()
        if parent := multiprocessing.parent_process():
            threading.Thread(target=_exit_with_parent, args=(parent,), daemon=True).start()


def _exit_with_parent(parent: BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
