"""The default database: a real PostgreSQL that lives and dies with this process."""

import fcntl
import logging
import os
import secrets
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

from app.db.postgres_home import (
    Home,
    Refused,
    absent,
    end,
    gist,
    homes,
    ready,
    stop_orphan,
    sweep,
)

LOGGER = logging.getLogger(__name__)
ROLE = DATABASE = "binhyen"
SUPERUSER = "postgres"
FURNITURE = f"""
SELECT 'CREATE ROLE {ROLE} LOGIN NOSUPERUSER CREATEDB CREATEROLE PASSWORD ''{{password}}'''
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') \\gexec
SELECT 'CREATE DATABASE {DATABASE} OWNER {ROLE}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
\\connect {DATABASE}
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
"""
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "Asia/Ho_Chi_Minh",
    "shared_buffers": "128MB",
    "max_connections": "200",
    "jit": "off",
    # The text, the detail and the statement of an error all quote values, which may be personal:
    # errors go to the application, which hears them anyway, and not to the log.
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
PASSING = (
    "pre-existing shared memory block",
    'lock file "postmaster.pid" already exists',
    "could not create any TCP/IP sockets",
)
PATIENCE, STARTUP, STEADY = 15.0, 600.0, 1.0
TRIES = 10
LOG_LIMIT = 10 * 1024 * 1024
WAY_OUT = (
    "Set BINHYEN_DATABASE_URL to use a PostgreSQL server (15 or newer) of your own.",
    "Không mở được PostgreSQL kèm theo: hãy đặt BINHYEN_DATABASE_URL trỏ tới máy chủ của bạn.",
)

IN_USE = (
    "Stop it, or choose another folder by --data.",
    "Hãy dừng tiến trình đó, hoặc chọn thư mục khác bằng --data.",
)


class PostgresUnavailable(RuntimeError):
    """No PostgreSQL could be run here; says what was tried, and the way out."""

    def __init__(
        self, what: str, tried: Sequence[str] = (), way_out: Sequence[str] = WAY_OUT
    ) -> None:
        super().__init__("\n".join([what, *(f"  - {reason}" for reason in tried), *way_out]))


class Embedded:
    """A PostgreSQL of our own, with all that it keeps in one folder."""

    def __init__(self, data: Path, *, log: Callable[[str], None] | None = None) -> None:
        self.data = data.resolve()
        self.cluster = self.data / "postgres"
        self._log, self._warn = log or LOGGER.info, log or LOGGER.warning
        self._home: Home
        self._child: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._port: int | None = None
        self._password = ""
        self._turn = threading.Lock()
        self._stopping = threading.Event()
        self._watcher: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the server."""
        return self._child.pid if self._child else None

    def url(self, database: str) -> str:
        """Where a database of this server is."""
        return f"postgresql://{ROLE}:{self._password}@127.0.0.1:{self._port}/{database}"

    def start(self) -> str:
        """Start the server, creating it the first time, and return where its database is."""
        if self._lock is None:
            self._stopping.clear()
            try:
                self._claim()
                self._password = self._secret()
                self._settle()
            except BaseException as error:
                self.stop()
                if isinstance(error, (OSError, Refused)):
                    what = f"The data in {self.data} cannot be used: {error}."
                    raise PostgresUnavailable(what) from None
                raise
        return self.url(DATABASE)

    def stop(self) -> None:
        """Stop the server cleanly and leave its data to the next one."""
        with self._turn:
            self._stopping.set()
        if self._child:
            end(self._child)
        if self._watcher:
            self._watcher.join()
        if self._lock is not None:
            os.close(self._lock)
        self._child = self._watcher = self._lock = self._port = None

    def watch(self) -> None:
        """From now on bring the server back, at the same address, whenever it dies."""
        if self._child and not self._watcher:
            self._watcher = threading.Thread(target=self._keep, name="postgres", daemon=True)
            self._watcher.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _claim(self) -> None:
        """Hold the data folder for as long as this process lives, however it dies."""
        self.data.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(lock, 20).decode() or "unknown"
            os.close(lock)
            what = f"{self.data}: another process (pid {holder}) is already running on it."
            raise PostgresUnavailable(what, way_out=IN_USE) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        self._lock = lock

    def _secret(self) -> str:
        """The password of this data folder, made once."""
        path = self.data / "postgres.password"
        if path.exists() or (self.cluster / "PG_VERSION").exists():
            return path.read_text().strip()
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with open(draft, "x", opener=private) as file:
            file.write(password := secrets.token_urlsafe(32))
        draft.rename(path)
        return password

    def _settle(self) -> None:
        """Run in the first home that works."""
        sweep(self.cluster)
        tried = absent()
        for home in homes(self.cluster):
            try:
                self._open(home)
            except (OSError, Refused) as reason:
                tried.append(f"{home}: {reason}")
            else:
                return self._log(f"PostgreSQL {self.pid} serves port {self._port} ({home})")
        raise PostgresUnavailable(f"No PostgreSQL could be started on {self.data}.", tried)

    def _open(self, home: Home) -> None:
        """Start the server in one home, on a new cluster if there is none yet."""
        major = home.major()
        made_by = self.cluster / "PG_VERSION"
        if not made_by.exists():
            home.create(self.cluster, SUPERUSER, self.data / "postgres.password")
        elif (theirs := made_by.read_text().strip()) != str(major):
            raise Refused(f"the data were made by PostgreSQL {theirs}, this is PostgreSQL {major}")
        home.own(self.cluster)
        self._home = home
        self._launch()

    def _launch(self) -> None:
        """Start the server, waiting for what a killed one has left behind."""
        deadline = time.monotonic() + PATIENCE
        while True:
            stop_orphan(self.cluster, self._warn)
            try:
                return self._attempt(self._port or free_port())
            except Refused as reason:
                passing = any(words in str(reason) for words in PASSING)
                if not passing or time.monotonic() > deadline or self._stopping.wait(0.3):
                    raise

    def _attempt(self, port: int) -> None:
        """Start the server once and return when it is ready, or say why it is not."""
        path = self.data / "postgres.log"
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        with open(path, "ab", opener=private) as log:
            begin = log.tell()
            child = self._spawn(port, log)
        try:
            if not ready(child, self.cluster, STARTUP):
                raise Refused(gist(path.read_bytes()[begin:].decode(errors="replace")))
            self._furnish(port)
        except BaseException:
            end(child)
            raise
        self._port = port

    def _spawn(self, port: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start the process of the server, unless all is being stopped."""
        settings = [word for item in SETTINGS.items() for word in ("-c", "=".join(item))]
        place = ("-D", str(self.cluster), "-p", str(port))
        with self._turn:
            if self._stopping.is_set():
                raise Refused("it is being stopped")
            self._child = self._home.launch("postgres", *place, *settings, output=log)
            return self._child

    def _furnish(self, port: int) -> None:
        """See that our role, our database and its extensions are there."""
        address = f"host=127.0.0.1 port={port} user={SUPERUSER} connect_timeout=10"
        quiet = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
        script = FURNITURE.format(password=self._password)
        self._home.run("psql", *quiet, address, script=script, PGPASSWORD=self._password)

    def _keep(self) -> None:
        """Start the server again whenever it ends, until all is stopped or it cannot be started."""
        short = failed = 0
        while self._child:
            since = time.monotonic()
            code = self._child.wait()
            if self._stopping.is_set():
                return
            if failed == TRIES:
                self._warn(f"PostgreSQL is given up after {TRIES} starts in a row")
                return
            self._warn(f"PostgreSQL ended unexpectedly ({code}); start {failed + 1} of {TRIES}")
            short = 0 if time.monotonic() - since > STEADY else min(short + 1, 6)
            self._stopping.wait(min(0.1 * 2**short, 5))
            try:
                self._launch()
                failed = 0
            except (OSError, Refused) as reason:
                failed += 1
                self._warn(f"PostgreSQL did not start: {reason}")


def free_port() -> int:
    """A free port, below those that outgoing connections are given by themselves."""
    while True:
        port = 20000 + secrets.randbelow(12000)
        with suppress(OSError), socket.socket() as trial:
            trial.bind(("127.0.0.1", port))
            return port


def private(path: str, flags: int) -> int:
    """Open a file that nobody else may read."""
    return os.open(path, flags, 0o600)
