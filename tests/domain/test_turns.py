"""Sources take turns at slow work: who sends many waits behind themselves alone."""

import asyncio
from typing import Any

import pytest

from app.domain.login.errors import SignInBusy
from app.domain.turns import FairGate
from tests.application import runner

EACH = 7


class Stage:
    """A gate with work that ends on request."""

    def __init__(self, running: int, waiting: int) -> None:
        self.gate = FairGate(running, waiting, SignInBusy, each=EACH)
        self.began: list[str] = []
        self.ends: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def send(self, name: str) -> None:
        """Let something arrive; its source is its first letter."""
        self.ends[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._work(name))
        await settle()

    async def _work(self, name: str) -> None:
        async with self.gate.turn(name[0]):
            self.began.append(name)
            await self.ends[name].wait()

    async def end(self, name: str) -> None:
        self.ends[name].set()
        await settle()

    def is_refused(self, name: str) -> bool:
        task = self.tasks[name]
        return task.done() and isinstance(task.exception(), SignInBusy)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def play(running: int, waiting: int, scene: Any) -> Stage:
    async def run() -> Stage:
        stage = Stage(running, waiting)
        await scene(stage)
        for end in stage.ends.values():
            end.set()
        await asyncio.gather(*stage.tasks.values(), return_exceptions=True)
        assert stage.gate.free == running  # whatever happened, every turn was given back
        return stage

    return runner().run(run())


def test_the_next_turn_is_that_of_another_source() -> None:
    async def scene(stage: Stage) -> None:
        for name in ("a1", "a2", "a3", "a4", "b1", "c1"):
            await stage.send(name)
        assert stage.began == ["a1"]
        for name in ("a1", "a2", "b1", "c1", "a3"):
            await stage.end(name)
        assert stage.began == ["a1", "a2", "b1", "c1", "a3", "a4"]

    play(1, 20, scene)


def test_when_all_places_are_taken_the_largest_source_gives_way() -> None:
    async def scene(stage: Stage) -> None:
        for number in range(8):
            await stage.send(f"a{number}")
        assert stage.is_refused("a7")
        await stage.send("b1")
        assert stage.is_refused("a6")
        await stage.end("a0")
        await stage.end("a1")
        assert stage.began == ["a0", "a1", "b1"]

    play(1, 6, scene)


def test_one_source_waits_with_a_few_only() -> None:
    async def scene(stage: Stage) -> None:
        for number in range(EACH + 2):
            await stage.send(f"a{number}")
        assert [name for name in stage.tasks if stage.is_refused(name)] == [f"a{EACH + 1}"]

    play(1, 30, scene)


@pytest.mark.parametrize("name", ["a1", "a2", "b1"])
def test_who_leaves_gives_the_turn_on(name: str) -> None:
    async def scene(stage: Stage) -> None:
        for one in ("a1", "a2", "b1", "a3"):
            await stage.send(one)
        stage.tasks[name].cancel()
        await settle()
        for one in ("a1", "a2", "b1", "a3"):
            await stage.end(one)
        assert set(stage.began) | {name} == {"a1", "a2", "b1", "a3"}

    play(1, 20, scene)


def test_who_leaves_at_the_moment_of_their_turn_gives_it_on() -> None:
    async def scene(stage: Stage) -> None:
        for one in ("a1", "b1", "c1"):
            await stage.send(one)
        stage.ends["a1"].set()
        stage.tasks["b1"].cancel()
        await settle()
        assert stage.began == ["a1", "c1"]

    play(1, 20, scene)
