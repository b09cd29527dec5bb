"""Tasks put into the queue: with the transaction or not at all, tried again, seen, forgotten."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from croniter import croniter

from app.db import jobs
from app.db.base import now
from app.db.session import Database
from app.jobs import expiry, registry
from app.jobs.registry import MAX_RUNS, TASKS, Task
from tests.application import LOG, runner
from tests.jobs.conftest import Place
from tests.jobs.scenario import connections, queue, run, until, until_settled, working


class Unlucky(Exception):
    """An error whose words nobody may see."""


def test_what_is_rolled_back_leaves_no_job(place: Place) -> None:
    async def story() -> list[jobs.JobRow]:
        with suppress(Unlucky):
            async with place.database.write_transaction() as session:
                await jobs.defer(session, "tell")
                raise Unlucky
        return await queue(place.database, "tell")

    assert runner().run(story()) == []


def test_what_is_committed_is_done_with_what_it_was_given(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "TASKS", {})
    told: list[object] = []

    @registry.task("tell")
    async def tell(database: Database, *, tip: UUID, times: int) -> None:
        told.extend([database, tip, times])

    tip = uuid4()

    async def story() -> None:
        async with working(place.dsn, place.database, registry.TASKS["tell"]):
            async with place.database.write_transaction() as session:
                await jobs.defer(session, "tell", tip=tip, times=3)
                await asyncio.sleep(0.5)
                assert told == []
            await until_settled(place.database, "tell")

    runner().run(story())
    assert told == [place.database, tip, 3]


def test_a_job_for_later_is_done_later(place: Place) -> None:
    async def story() -> None:
        async with working(place.dsn, place.database, task := _make_counted("tell", [])):
            async with place.database.write_transaction() as session:
                await jobs.defer(session, task.name, at=now() + timedelta(hours=1))
            await asyncio.sleep(1)
            assert (await until_settled(place.database, "tell", "todo")).attempts == 0
            await run(place.database, "UPDATE procrastinate_jobs SET scheduled_at = now()")
            await until_settled(place.database, "tell")

    runner().run(story())


def test_a_job_that_fails_waits_longer_each_time_and_is_left_as_failed(place: Place) -> None:
    async def fail(_: Database) -> None:
        raise Unlucky("Nguyễn Văn Secret")

    async def story() -> list[int]:
        waits: list[int] = []
        async with working(place.dsn, place.database, Task("unlucky", fail)):
            async with place.database.write_transaction() as session:
                await jobs.defer(session, "unlucky")
            for runs in range(1, MAX_RUNS):
                await until(partial(_has_run, place.database, "unlucky", runs))
                (job,) = await queue(place.database, "unlucky")
                assert job.state == "todo"
                assert job.due_at
                waits.append(round((job.due_at - now()).total_seconds()))
                await run(place.database, "UPDATE procrastinate_jobs SET scheduled_at = now()")
            job = await until_settled(place.database, "unlucky", "failed")
        assert (job.attempts, job.error) == (MAX_RUNS, "Unlucky")
        return waits

    waits = runner().run(story())
    assert waits == pytest.approx([4, 16, 64, 256, 1024], abs=3)
    assert '"event": "job_failed"' in LOG.getvalue()
    assert "Secret" not in LOG.getvalue()


def test_only_a_failed_job_is_put_back(place: Place) -> None:
    seen: list[int] = []

    async def fail_once(_: Database) -> None:
        seen.append(1)
        if len(seen) == 1:
            raise Unlucky

    async def story() -> None:
        once = Task("once", fail_once, cron="0 0 1 1 *")  # cron tasks are not tried again
        async with place.database.write_transaction() as session:
            job_id = await jobs.defer(session, "once")
            assert not await jobs.retry_job(session, job_id)
        async with working(place.dsn, place.database, once):
            await until_settled(place.database, "once", "failed")
            async with place.database.write_transaction() as session:
                assert await jobs.retry_job(session, job_id)
            await until_settled(place.database, "once")
        async with place.database.write_transaction() as session:
            assert not await jobs.retry_job(session, job_id)
            assert not await jobs.retry_job(session, job_id + 1)

    runner().run(story())
    assert len(seen) == 2


def test_a_job_that_nobody_knows_fails_and_is_seen(place: Place) -> None:
    async def story() -> None:
        async with place.database.write_transaction() as session:
            await jobs.defer(session, "misspelt")
        async with working(place.dsn, place.database):
            await until_settled(place.database, "misspelt", "failed")

    runner().run(story())


def test_ended_jobs_are_forgotten_when_their_time_is_over(place: Place) -> None:
    async def story() -> list[tuple[str, str]]:
        for state, age in (
            ("succeeded", 2), ("succeeded", 0), ("failed", 2), ("failed", 91), ("todo", 400),
        ):  # fmt: skip
            await _job(place.database, state, age)
        await expiry.forget_expired(place.database)
        return [(job.state, job.error or "") for job in await queue(place.database, "old")]

    assert sorted(runner().run(story())) == [("failed", ""), ("succeeded", ""), ("todo", "")]


def test_one_that_cannot_forget_does_not_hold_up_the_others(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unlucky(_: object) -> int:
        raise Unlucky

    monkeypatch.setattr(expiry, "EXPIRED", [unlucky, *expiry.EXPIRED])

    async def story() -> list[jobs.JobRow]:
        await _job(place.database, "succeeded", 2)
        with pytest.raises(ExceptionGroup):
            await expiry.forget_expired(place.database)
        return await queue(place.database, "old")

    assert runner().run(story()) == []


def test_a_worker_that_stopped_has_left_no_connection(place: Place) -> None:
    async def is_gone() -> bool:  # the server takes a moment to see that somebody left
        return await connections(place.database) == 0

    async def story() -> None:
        async with working(place.dsn, place.database) as worker:
            await until(partial(_is_registered, place.database))
            assert worker.running
            assert 1 <= await connections(place.database) <= 3
        assert not worker.running
        await until(is_gone)

    runner().run(story())


def test_every_cron_time_comes() -> None:
    clock = {name: task.cron for name, task in TASKS.items() if task.cron}
    assert clock["forget_expired"]
    for cron in clock.values():
        assert croniter(cron).get_next(float, start_time=0) > 0


def test_a_sixth_field_counts_seconds() -> None:
    assert croniter("* * * * * */20").get_next(float, start_time=0) == 20


def test_two_tasks_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="forget_expired"):
        registry.task("forget_expired")(expiry.forget_expired)


def _make_counted(name: str, runs: list[int], cron: str | None = None) -> Task:
    async def count(_: Database) -> None:
        runs.append(1)

    return Task(name, count, cron)


async def _has_run(database: Database, task: str, runs: int) -> bool:
    return [job.attempts for job in await queue(database, task)] == [runs]


async def _is_registered(database: Database) -> bool:
    return bool(await run(database, "SELECT count(*) FROM procrastinate_workers"))


async def _job(database: Database, state: str, days: int) -> None:
    """A job of a state, that came to it days ago."""
    async with database.write_transaction() as session:
        job_id = await jobs.defer(session, "old")
    await run(
        database,
        "UPDATE procrastinate_jobs SET status = CAST(:state AS procrastinate_job_status)"
        " WHERE id = :id",
        state=state, id=job_id,
    )  # fmt: skip
    await run(
        database,
        "UPDATE procrastinate_events SET at = at - make_interval(days => :days) WHERE job_id = :id",
        days=days, id=job_id,
    )  # fmt: skip
