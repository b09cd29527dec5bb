"""Limits on slow work, and answers that leave at even times."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from app.domain.tips.errors import IntakeBusy

T = TypeVar("T")


class Gate:
    """Limit how much runs at once and how much waits; refuse the rest."""

    def __init__(self, running: int, waiting: int) -> None:
        self._slots = asyncio.Semaphore(running)
        self._max_waiting, self._waiting = waiting, 0

    @asynccontextmanager
    async def inside(self) -> AsyncIterator[None]:
        """Hold a slot for the length of a block."""
        if self._slots.locked() and self._waiting >= self._max_waiting:
            raise IntakeBusy()
        self._waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._slots.release()

    async def run(self, work: Callable[[], T]) -> T:
        """Run a long computation in a thread, within a slot."""
        async with self.inside():
            return await asyncio.to_thread(work)


@asynccontextmanager
async def pad_duration(seconds: float) -> AsyncIterator[None]:
    """Pad a block to a multiple of so many seconds, however it ends."""
    begin = time.monotonic()
    try:
        yield
    finally:
        if seconds:
            took = time.monotonic() - begin
            await asyncio.sleep(max(1, math.ceil(took / seconds)) * seconds - took)
