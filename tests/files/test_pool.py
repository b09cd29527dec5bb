"""The processes that open files: limited, replaced when they die, few."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from app.domain.records.files.child.limits import MAX_CPU_SECONDS, MAX_MEMORY_BYTES
from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.errors import FilesBusy
from app.domain.records.files.pool import FilePool
from tests.application import LOG, runner

Work = Callable[[FilePool], Awaitable[Any]]


@asynccontextmanager
async def pool_of(**how: Any) -> AsyncIterator[FilePool]:
    pool = FilePool(**how)
    try:
        yield pool
    finally:
        await pool.close()


def task(name: str) -> str:
    return f"tests.files.tasks:{name}"


def use(work: Work, **how: Any) -> Any:
    async def run() -> Any:
        async with pool_of(**how) as pool:
            return await work(pool)

    return runner().run(run())


def test_a_file_comes_and_goes_whole_each_in_a_process_of_its_own() -> None:
    content = os.urandom(3_000_000)

    async def work(pool: FilePool) -> list[Any]:
        return [await pool.run(task("echo"), content, name="chữ") for _ in range(3)]

    found = use(work)
    assert all(output == content for _, output in found)
    assert [answer["given"] for answer, _ in found] == [{"name": "chữ"}] * 3
    assert len({answer["pid"] for answer, _ in found} - {os.getpid()}) == 3


def test_a_process_has_limits_and_nothing_of_the_servers_environment() -> None:
    names = ["RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_CORE", "RLIMIT_FSIZE"]
    answer, _ = use(lambda pool: pool.run(task("surroundings"), b"", limits=names))
    assert set(answer["environment"]) <= {"LANG", "LC_CTYPE", "MALLOC_ARENA_MAX"}
    assert answer["limits"] == {
        "RLIMIT_AS": [MAX_MEMORY_BYTES] * 2,
        "RLIMIT_CPU": [MAX_CPU_SECONDS] * 2,
        "RLIMIT_CORE": [0, 0],
        "RLIMIT_FSIZE": [0, 0],
    }


@pytest.mark.parametrize(
    "name", ["fill_memory", "spin", "wait", "abort", "answer_endlessly"],
)  # fmt: skip
def test_a_file_that_costs_too_much_is_refused_and_the_next_is_opened(name: str) -> None:
    async def work(pool: FilePool) -> bytes:
        with pytest.raises(Refused, match="too_costly"):
            await pool.run(task(name), b"x", seconds=60)
        return (await pool.run(task("echo"), b"next"))[1]

    assert use(work, running=1, seconds=3.0) == b"next"


def test_a_process_cannot_write_a_file(tmp_path: Path) -> None:
    path = tmp_path / "written"

    async def work(pool: FilePool) -> None:
        with suppress(Refused):
            await pool.run(task("write"), b"x" * 100_000, path=str(path))

    use(work)
    assert not path.exists() or path.stat().st_size == 0


def test_an_unexpected_failure_is_logged_without_the_content() -> None:
    async def work(pool: FilePool) -> None:
        with pytest.raises(Refused, match="unreadable"):
            await pool.run(task("fail"), b"CANARY")

    use(work)
    assert "file_unreadable" in LOG.getvalue()
    assert "CANARY" not in LOG.getvalue()


def test_a_refusal_brings_its_facts() -> None:
    async def work(pool: FilePool) -> Refused:
        with pytest.raises(Refused) as refused:
            await pool.run(task("refuse"), b"")
        return refused.value

    found = use(work)
    assert (found.code, found.facts) == ("too_wide", {"row": 7})


def test_a_full_queue_is_refused_and_empties_again() -> None:
    async def work(pool: FilePool) -> list[Any]:
        requests = [pool.run(task("wait"), b"", seconds=0.3) for _ in range(5)]
        found = await asyncio.gather(*requests, return_exceptions=True)
        await pool.run(task("echo"), b"")
        return found

    found = use(work, running=1, waiting=2)
    assert [type(one) for one in found if isinstance(one, Exception)] == [FilesBusy] * 2


def test_a_caller_who_leaves_leaves_no_answer_to_the_next() -> None:
    async def work(pool: FilePool) -> bytes:
        left = asyncio.create_task(pool.run(task("wait"), b"first", seconds=30))
        await asyncio.sleep(0.5)
        left.cancel()
        await asyncio.gather(left, return_exceptions=True)
        return (await pool.run(task("echo"), b"second"))[1]

    assert use(work, running=1) == b"second"
