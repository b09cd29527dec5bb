"""Where requests are counted: in the memory of a process, or in a storage that several share."""

import time
from asyncio import Task
from typing import Any

from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter as Window
from limits.errors import ConfigurationError
from limits.storage import storage_from_string

SWEEP = 10.0


def shared(uri: str) -> Window:
    """The storage an installation names; the name may hold a password, so it is not repeated."""
    try:
        storage = storage_from_string(uri if uri.startswith("async+") else f"async+{uri}")
        assert isinstance(storage, Storage)
        return Window(storage)
    except (ConfigurationError, NotImplementedError) as error:
        raise ValueError(
            "BINHYEN_RATE_STORAGE: this kind of storage is unknown or its driver is not installed"
        ) from error


class Memory(MemoryStorage):
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
