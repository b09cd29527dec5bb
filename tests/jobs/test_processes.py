"""Workers as processes: killed, terminated, inside a server, with PostgreSQL going away."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from app.db import jobs
from app.db.embedded.discovery import find_running_url
from app.db.session import Database
from bench.trust_processes import surroundings
from bench.trust_server import Installation, installation, prepare
from bench.trust_start import leftovers
from tests.application import runner
from tests.jobs.conftest import Place
from tests.jobs.scenario import queue, run, until, until_settled
from tests.trust.short import terms

ROOT = Path(__file__).parents[2]
LONG = 120  # seconds: a job that nobody can wait for


@pytest.fixture
def noted_place(place: Place) -> Place:
    """A place where the slow task can tell how far it is."""
    runner().run(run(place.database, "CREATE TABLE IF NOT EXISTS told (word text)"))
    runner().run(run(place.database, "GRANT SELECT, INSERT ON told TO binhyen_runtime"))
    runner().run(run(place.database, "DELETE FROM told"))
    return place


@contextmanager
def worker(place: Place, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`binhyen worker`, in a process of its own, that treats warnings as errors."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.jobs.slow", "worker", "--data", str(folder)],
        cwd=ROOT, env=surroundings(folder, BINHYEN_DATABASE_URL=place.dsn),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def test_a_job_whose_worker_is_killed_is_done_by_the_next(
    noted_place: Place, tmp_path: Path
) -> None:
    with worker(noted_place, tmp_path) as killed:
        _put(noted_place, seconds=1)
        runner().run(until(lambda: _says(noted_place, "begun")))
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert _words(noted_place) == ["begun"]
    with worker(noted_place, tmp_path):
        job = runner().run(until_settled(noted_place.database, "slow"))
    assert _words(noted_place) == ["begun", "begun", "done"]
    assert job.attempts == 2


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_stopping_worker_finishes_what_it_has_begun(
    noted_place: Place, tmp_path: Path, sign: signal.Signals
) -> None:
    with worker(noted_place, tmp_path) as stopped:
        _put(noted_place, seconds=1)
        runner().run(until(lambda: _says(noted_place, "begun")))
        stopped.send_signal(sign)
        said, _ = stopped.communicate(timeout=20)
    assert _words(noted_place) == ["begun", "done"]
    assert [job.state for job in runner().run(queue(noted_place.database, "slow"))] == ["succeeded"]
    assert stopped.returncode == 0
    assert not [word for word in ("Traceback", "Warning", "never") if word in said], said


def test_a_stopping_worker_puts_back_what_takes_too_long(
    noted_place: Place, tmp_path: Path
) -> None:
    with worker(noted_place, tmp_path) as stopped:
        _put(noted_place, seconds=LONG)
        runner().run(until(lambda: _says(noted_place, "begun")))
        stopped.send_signal(signal.SIGTERM)
        said, _ = stopped.communicate(timeout=LONG // 2)  # it does not wait for its job
    assert stopped.returncode == 0, said
    assert [job.state for job in runner().run(queue(noted_place.database, "slow"))] == ["todo"]


@pytest.fixture(scope="module")
def server(worker_id: str) -> Iterator[Installation]:
    """A server with its own PostgreSQL, and a worker inside, as `./run` gives it."""
    strict = (sys.executable, "-W", "error", "-m", "app.cli")
    folder = terms(1).folder
    with installation(folder / f"jobs_{worker_id}", prepare(folder), command=strict) as made:
        made.start()
        made.ready()
        yield made


def test_a_server_does_jobs_also_after_postgresql_was_killed(server: Installation) -> None:
    _until_worker(server, "running")
    first = _forgotten(server)
    os.kill(server.postmaster, signal.SIGKILL)
    server.ready()
    _until_worker(server, "running")
    assert _forgotten(server) > first


def test_an_operator_sees_the_queue_and_tries_again(server: Installation) -> None:
    job_id = _wait_for_failure(server)
    seen = server.run("jobs")
    assert seen.returncode == 0, seen.stderr
    assert f"{job_id}\tmisspelt\tfailed" in seen.stdout
    assert str(UUID(int=7)) not in seen.stdout
    assert server.run("jobs", "retry", str(job_id)).returncode == 0
    refused = server.run("jobs", "retry", "999999")
    assert refused.returncode == 1
    assert "There is no failed job 999999." in refused.stderr


def test_ctrl_c_ends_server_and_worker(server: Installation) -> None:
    server.end()
    server.start("--no-demo")
    server.ready()
    _until_worker(server, "running")
    server.end(signal.SIGINT, group=True)
    assert leftovers(server) == []
    assert not [word for word in ("Traceback", "Warning", "never") if word in server.output()]
    server.start("--no-demo", "--no-worker")
    server.ready()
    assert httpx.get(f"{server.site}/health/ready").json()["worker"] == "off"


def _put(place: Place, *, seconds: int) -> None:
    async def put() -> None:
        async with place.database.write_transaction() as session:
            await jobs.defer(session, "slow", seconds=seconds)

    runner().run(put())


def _words(place: Place) -> list[str]:
    found: list[str] = runner().run(
        run(place.database, "SELECT coalesce(array_agg(word), '{}') FROM told")
    )
    return found


async def _says(place: Place, word: str) -> bool:
    return bool(await run(place.database, "SELECT 1 FROM told WHERE word = :word", word=word))


def _until_worker(server: Installation, state: str) -> None:
    deadline = time.monotonic() + 60
    while httpx.get(f"{server.site}/health/ready", timeout=5).json().get("worker") != state:
        assert time.monotonic() < deadline, server.output()
        time.sleep(0.1)


def _forgotten(server: Installation) -> int:
    """Have the server forget, and wait until it did; how often it has by now."""
    return _with(server, _forget_once_more)


async def _forget_once_more(database: Database) -> int:
    before = await _count_done(database)
    async with database.write_transaction() as session:
        await jobs.defer(session, "forget_expired")

    async def more() -> bool:
        return await _count_done(database) > before

    await until(more)
    return before + 1


async def _count_done(database: Database) -> int:
    found = await queue(database, "forget_expired")
    return sum(job.state == "succeeded" for job in found)


def _wait_for_failure(server: Installation) -> int:
    async def fail(database: Database) -> int:
        async with database.write_transaction() as session:
            await jobs.defer(session, "misspelt", tip=UUID(int=7))
        return (await until_settled(database, "misspelt", "failed")).id

    return _with(server, fail)


def _with(server: Installation, story: Callable[[Database], Awaitable[int]]) -> int:
    url = find_running_url(server.data)
    assert url

    async def on_a_database() -> int:
        database = Database.connect(url, size=1)
        try:
            return await story(database)
        finally:
            await database.close()

    return runner().run(on_a_database())
