"""Rate storage in the memory of the process, used unless a shared one is configured."""

import time
from asyncio import Task
from typing import Any

from limits.aio.storage import MemoryStorage

SWEEP = 10.0


class MemoryRateStorage(MemoryStorage):
    """Counts in memory. The library would look at every count at each request, a millisecond once
    there are twenty thousand; here it does so now and then.
    """

    _pause: "_Pause | None" = None

    @property
    def timer(self) -> Any:
        return self._pause

    @timer.setter
    def timer(self, sweep: Task[None] | None) -> None:
        self._pause = _Pause(sweep) if sweep else None


class _Pause:
    """A sweep that counts as under way for some time after it: no other is begun meanwhile."""

    def __init__(self, sweep: Task[None]) -> None:
        self.sweep, self.until = sweep, time.monotonic() + SWEEP

    def done(self) -> bool:
        return self.sweep.done() and time.monotonic() >= self.until

    def cancel(self) -> None:
        self.sweep.cancel()
