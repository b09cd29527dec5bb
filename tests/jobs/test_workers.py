"""Several workers, and workers that are lost: each job is done, and by one of them."""

import asyncio
from collections import Counter
from functools import partial
from typing import Any

from app.db import jobs
from app.db.session import Database
from app.jobs.registry import MAX_RUNS, Task
from tests.application import Application, runner
from tests.jobs.conftest import Place
from tests.jobs.scenario import HURRY, queue, run, until, until_settled, working


def test_each_cron_time_is_taken_once_although_two_workers_run(place: Place) -> None:
    runs: list[str] = []
    at_once: Counter[int] = Counter()

    def task(worker: str) -> Task:
        async def tick(_: Database) -> None:
            runs.append(worker)
            at_once["now"] += 1  # type: ignore[index]
            at_once["most"] = max(at_once["most"], at_once["now"])  # type: ignore[index]
            await asyncio.sleep(0.2)
            at_once["now"] -= 1  # type: ignore[index]

        return Task("tick", tick, "* * * * * *")

    async def story() -> list[jobs.JobRow]:
        async with (
            working(place.dsn, place.database, task("one")),
            working(place.dsn, place.database, task("two")),
        ):
            await asyncio.sleep(4.5)
        return await queue(place.database, "tick")

    found = runner().run(story())
    ended = [job for job in found if job.state == "succeeded"]
    assert 3 <= len(found) <= 6
    assert len(runs) == len(ended)
    assert at_once["most"] == 1  # type: ignore[index]


def test_a_job_whose_worker_is_gone_is_done_by_another(place: Place) -> None:
    done: list[int] = []

    async def story() -> None:
        await _orphan(place.database, "left", attempts=0)
        async with working(place.dsn, place.database, _make_counted("left", done)):
            job = await until_settled(place.database, "left")
        assert job.attempts == 2

    runner().run(story())
    assert done == [1]


def test_a_job_that_kills_every_worker_is_left_as_failed(place: Place) -> None:
    done: list[int] = []

    async def story() -> jobs.JobRow:
        await _orphan(place.database, "deadly", attempts=MAX_RUNS - 1)
        async with working(place.dsn, place.database, _make_counted("deadly", done)):
            await until_settled(place.database, "deadly", "failed")
            await asyncio.sleep(0.3)
        return (await queue(place.database, "deadly"))[0]

    assert runner().run(story()).error == "WorkerDied"
    assert done == []


def test_a_lost_cron_run_gives_way_to_the_one_that_waits(place: Place) -> None:
    """Both put back would wait for each other's place in the queue, and no run would follow."""
    done: list[int] = []

    async def story() -> list[str]:
        task = _make_counted("tick", done, "* * * * * *")
        async with working(place.dsn, place.database, task):
            await until(partial(_has_ended, place.database, "tick"))
        await run(place.database, "DELETE FROM procrastinate_jobs")
        await _orphan(place.database, "tick", attempts=0, lock="tick")
        async with working(place.dsn, place.database, task):
            await until(partial(_has_ended, place.database, "tick"))
        return [job.state for job in await queue(place.database, "tick")]

    states = runner().run(story())
    assert "succeeded" in states
    assert "doing" not in states


def test_a_job_that_outlasts_the_stop_goes_back(place: Place) -> None:
    begun: list[int] = []

    async def linger(_: Database) -> None:
        begun.append(1)
        await asyncio.sleep(60)

    async def story() -> jobs.JobRow:
        schedule = HURRY.__class__(grace=0.3, poll=0.2)
        async with place.database.write_transaction() as session:
            await jobs.defer(session, "linger")
        async with working(place.dsn, place.database, Task("linger", linger), schedule=schedule):
            await until(partial(_true, begun))
        return (await queue(place.database, "linger"))[0]

    job = runner().run(story())
    assert job.state == "todo"


def test_a_worker_that_cannot_connect_does_not_keep_the_server_from_answering(place: Place) -> None:
    with Application.on(
        "postgresql://x:x@127.0.0.1:1/x", read_url=place.dsn, worker=True
    ) as application:
        answer = application.nobody.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "worker": "waiting"}


def test_a_server_without_a_worker_is_ready_all_the_same(place: Place) -> None:
    with Application.on(place.dsn) as application:
        assert application.nobody.get("/health/ready").json() == {
            "status": "ready",
            "worker": "off",
        }


def test_the_worker_of_a_server_does_what_is_put_into_the_queue(place: Place) -> None:
    with Application.on(place.dsn, worker=True) as application:

        async def story() -> None:
            async with place.database.write_transaction() as session:
                await jobs.defer(session, "forget_expired")

            await until(partial(_has_ended, place.database, "forget_expired"))

        runner().run(story())
        assert application.nobody.get("/health/ready").json()["worker"] == "running"
        figures = application.nobody.get("/metrics").text
    assert 'binhyen_jobs_total{end="done",task="forget_expired"}' in figures


def _make_counted(name: str, runs: list[int], cron: str | None = None) -> Task:
    async def count(_: Database) -> None:
        runs.append(1)

    return Task(name, count, cron)


async def _orphan(database: Database, task: str, *, attempts: int, lock: str | None = None) -> None:
    """A job that a worker had begun which is no more."""
    async with database.write_transaction() as session:
        job_id = await jobs.defer(session, task)
    await run(
        database,
        "UPDATE procrastinate_jobs SET status = 'doing', attempts = :attempts,"
        " lock = CAST(:lock AS text), queueing_lock = CAST(:lock AS text) WHERE id = :id",
        id=job_id, attempts=attempts, lock=lock,
    )  # fmt: skip


async def _has_ended(database: Database, task: str) -> bool:
    return any(job.state == "succeeded" for job in await queue(database, task))


async def _true(something: Any) -> bool:
    return bool(something)
