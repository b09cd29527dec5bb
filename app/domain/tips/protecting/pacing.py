"""What is slow by intent: so many at once, and answers that leave at even times."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from app.domain.tips.errors import IntakeBusy

T = TypeVar("T")


class Gate:
    """So many are let in, so many wait, and who comes then is told to come again."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._room = asyncio.Semaphore(at_once)
        self._most, self._waiting = waiting, 0

    @asynccontextmanager
    async def inside(self) -> AsyncIterator[None]:
        if self._room.locked() and self._waiting >= self._most:
            raise IntakeBusy()
        self._waiting += 1
        try:
            await self._room.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._room.release()

    async def run(self, work: Callable[[], T]) -> T:
        """Do something that computes for long beside the others, not before them."""
        async with self.inside():
            return await asyncio.to_thread(work)


@asynccontextmanager
async def paced(seconds: float) -> AsyncIterator[None]:
    """Leave at a multiple of so many seconds, whatever happened inside and however it ended."""
    begin = time.monotonic()
    try:
        yield
    finally:
        if seconds:
            took = time.monotonic() - begin
            await asyncio.sleep(math.ceil(took / seconds) * seconds - took)
