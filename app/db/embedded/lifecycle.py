"""The default database: a real PostgreSQL that lives and dies with this process."""

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from app.db.embedded.binaries import CannotRun, find_binaries, missing_binaries, remove_unfinished
from app.db.embedded.data_dir import PostgresUnavailable, lock_data_dir, read_password
from app.db.embedded.server import DATABASE, ROLE, SUPERUSER, Server, free_port

LOGGER = logging.getLogger(__name__)
TRIES, STEADY = 10, 1.0


class Embedded:
    """An embedded PostgreSQL with all its data in one directory."""

    def __init__(self, data: Path, *, log: Callable[[str], None] | None = None) -> None:
        self.data = data.resolve()
        self.cluster = self.data / "postgres"
        self._log, self._warn = log or LOGGER.info, log or LOGGER.warning
        self._server = Server(self.data, self._warn)
        self._lock: int | None = None
        self._watcher: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        """Return the process id of the server."""
        return self._server.child.pid if self._server.child else None

    def url(self, database: str) -> str:
        """Return the URL of a database of this server."""
        return self._server.url(database)

    def start(self) -> str:
        """Start the server, creating it the first time, and return where its database is."""
        if self._lock is None:
            self._server.stopping.clear()
            try:
                self._lock = lock_data_dir(self.data)
                self._server.password = read_password(self.data, self.cluster)
                self._settle()
            except BaseException as error:
                self.stop()
                if isinstance(error, (OSError, CannotRun)):
                    what = f"The data in {self.data} cannot be used: {error}."
                    raise PostgresUnavailable(what) from None
                raise
        return self.url(DATABASE)

    def stop(self) -> None:
        """Stop the server cleanly; its data stays for the next start."""
        self._server.refuse()
        self._server.end()
        if self._watcher:
            self._watcher.join()
        if self._lock is not None:
            os.close(self._lock)
        self._watcher = self._lock = None
        self._server.child = self._server.port = None

    def watch(self) -> None:
        """Restart the server at the same address whenever it dies."""
        if self._server.child and not self._watcher:
            self._watcher = threading.Thread(target=self._keep, name="postgres", daemon=True)
            self._watcher.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _settle(self) -> None:
        """Run with the first binaries that work."""
        remove_unfinished(self.cluster)
        tried = missing_binaries()
        for home in find_binaries(self.cluster):
            try:
                self._server.open(home)
            except (OSError, CannotRun) as reason:
                tried.append(f"{home}: {reason}")
            else:
                return self._log(f"PostgreSQL {self.pid} serves port {self._server.port} ({home})")
        raise PostgresUnavailable(f"No PostgreSQL could be started on {self.data}.", tried)

    def _keep(self) -> None:
        """Start the server again whenever it ends, until all is stopped or it cannot be started."""
        short = failed = 0
        while self._server.child:
            since = time.monotonic()
            code = self._server.child.wait()
            if self._server.stopping.is_set():
                return
            if failed == TRIES:
                self._warn(f"PostgreSQL is given up after {TRIES} starts in a row")
                return
            self._warn(f"PostgreSQL ended unexpectedly ({code}); start {failed + 1} of {TRIES}")
            short = 0 if time.monotonic() - since > STEADY else min(short + 1, 6)
            self._server.stopping.wait(min(0.1 * 2**short, 5))
            try:
                self._server.launch()
                failed = 0
            except (OSError, CannotRun) as reason:
                failed += 1
                self._warn(f"PostgreSQL did not start: {reason}")


__all__ = [
    "DATABASE",
    "ROLE",
    "SUPERUSER",
    "Embedded",
    "PostgresUnavailable",
    "free_port",
]
