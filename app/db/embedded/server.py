"""The PostgreSQL server of a data directory: start, setup, restart."""

import secrets
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from app.db.embedded.binaries import Binaries, CannotRun, error_summary
from app.db.embedded.data_dir import open_private
from app.db.embedded.process import stop_orphan, stop_process, wait_ready

ROLE = DATABASE = "binhyen"
SUPERUSER = "postgres"
EXTENSIONS = f"""
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
TRANSIENT_ERRORS = (
    "pre-existing shared memory block",
    'lock file "postmaster.pid" already exists',
    "could not create any TCP/IP sockets",
)
PATIENCE, STARTUP = 15.0, 600.0
LOG_LIMIT = 10 * 1024 * 1024


class Server:
    """One server process at a time; a restart uses the same port."""

    def __init__(self, data: Path, warn: Callable[[str], None]) -> None:
        self.data, self.cluster = data, data / "postgres"
        self.child: subprocess.Popen[bytes] | None = None
        self.port: int | None = None
        self.password = ""
        self.stopping = threading.Event()
        self._home: Binaries
        self._turn = threading.Lock()
        self._warn = warn

    def url(self, database: str) -> str:
        """Return the URL of a database of this server."""
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/{database}"

    def open(self, home: Binaries) -> None:
        """Start with one set of binaries, on a new cluster if there is none yet."""
        major = home.major()
        made_by = self.cluster / "PG_VERSION"
        if not made_by.exists():
            home.create(self.cluster, SUPERUSER, self.data / "postgres.password")
        elif (theirs := made_by.read_text().strip()) != str(major):
            raise CannotRun(
                f"the data were made by PostgreSQL {theirs}, this is PostgreSQL {major}"
            )
        home.own(self.cluster)
        self._home = home
        self.launch()

    def launch(self) -> None:
        """Start, after waiting for the remains of a killed server."""
        deadline = time.monotonic() + PATIENCE
        while True:
            stop_orphan(self.cluster, self._warn)
            try:
                return self._attempt(self.port or free_port())
            except CannotRun as reason:
                passing = any(words in str(reason) for words in TRANSIENT_ERRORS)
                if not passing or time.monotonic() > deadline or self.stopping.wait(0.3):
                    raise

    def refuse(self) -> None:
        """Refuse further starts."""
        with self._turn:
            self.stopping.set()

    def end(self) -> None:
        """Stop the process, if there is one."""
        if self.child:
            stop_process(self.child)

    def _attempt(self, port: int) -> None:
        """Start the server once and return when it is ready; raise the reason if it is not."""
        path = self.data / "postgres.log"
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        with open(path, "ab", opener=open_private) as log:
            begin = log.tell()
            child = self._spawn(port, log)
        try:
            if not wait_ready(child, self.cluster, STARTUP):
                raise CannotRun(error_summary(path.read_bytes()[begin:].decode(errors="replace")))
            self._furnish(port)
        except BaseException:
            stop_process(child)
            raise
        self.port = port

    def _spawn(self, port: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start the process of the server, unless all is being stopped."""
        settings = [word for item in SETTINGS.items() for word in ("-c", "=".join(item))]
        place = ("-D", str(self.cluster), "-p", str(port))
        with self._turn:
            if self.stopping.is_set():
                raise CannotRun("it is being stopped")
            self.child = self._home.launch("postgres", *place, *settings, output=log)
            return self.child

    def _furnish(self, port: int) -> None:
        """Create the role, the database and its extensions where they are missing."""
        address = f"host=127.0.0.1 port={port} user={SUPERUSER} connect_timeout=10"
        quiet = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
        script = EXTENSIONS.format(password=self.password)
        self._home.run("psql", *quiet, address, script=script, PGPASSWORD=self.password)


def free_port() -> int:
    """Return a free port below the range of outgoing connections."""
    while True:
        port = 20000 + secrets.randbelow(12000)
        with suppress(OSError), socket.socket() as trial:
            trial.bind(("127.0.0.1", port))
            return port
