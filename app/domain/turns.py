"""Turns at slow work: sources take turns, so that who sends many waits behind themselves alone."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from app.domain.errors import DomainError

T = TypeVar("T")
Turn = asyncio.Future[None]


class FairGate:
    """Limit how much runs and waits; of all sources that wait, each gets its turn.

    A source is whatever the caller takes for one, such as a counter of an address. When all places
    are taken, the latest of the source with most of them gives way: never somebody who waits alone.
    """

    def __init__(
        self, running: int, waiting: int, refusal: Callable[[], DomainError], *, each: int = 16
    ) -> None:
        self.free, self.waiting, self.each, self._refusal = running, waiting, each, refusal
        self._queues: OrderedDict[str, deque[Turn]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, source: str) -> AsyncIterator[None]:
        """Wait for a turn, and hold it for the length of a block."""
        if self.free and not self._queues:
            self.free -= 1
        else:
            await self._wait(source)
        try:
            yield
        finally:
            self._end_turn()

    async def run(self, source: str, work: Callable[[], T]) -> T:
        """Run a long computation in a thread, at the turn of its source."""
        async with self.turn(source):
            return await asyncio.to_thread(work)

    async def _wait(self, source: str) -> None:
        if len(self._queues.get(source, ())) >= self.each:
            raise self._refusal()
        if sum(map(len, self._queues.values())) >= self.waiting:
            self._send_one_away(source)
        turn: Turn = asyncio.get_running_loop().create_future()
        self._queues.setdefault(source, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._end_turn()  # it came too late
            else:
                self._leave(source, turn)
            raise

    def _send_one_away(self, source: str) -> None:
        """Make room at the end of the longest queue, or refuse this request if that is its own."""
        longest = max(self._queues, key=lambda one: len(self._queues[one]))
        if len(self._queues[longest]) <= len(self._queues.get(source, ())) + 1:
            raise self._refusal()
        latest = self._queues[longest][-1]
        self._leave(longest, latest)
        if not latest.done():
            latest.set_exception(self._refusal())

    def _leave(self, source: str, turn: Turn) -> None:
        queue = self._queues.get(source)
        if queue and turn in queue:
            queue.remove(turn)
            if not queue:
                del self._queues[source]

    def _end_turn(self) -> None:
        """Give the turn to the next source, which then goes behind the others."""
        while self._queues:
            source, queue = next(iter(self._queues.items()))
            turn = queue.popleft()
            self._queues.move_to_end(source)
            if not queue:
                del self._queues[source]
            if not turn.done():  # its request may have left at this very moment
                turn.set_result(None)
                return
        self.free += 1
