"""Caches bounded in bytes: callers decide how large an entry is, never how much stays."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

V = TypeVar("V")
P = ParamSpec("P")
KIB, MIB = 1024, 1024 * 1024
MAX_SHARE = 4  # an entry takes at most a quarter of its cache: one caller does not empty it


class BoundedCache(Generic[V]):
    """Keep the values used last, up to so many bytes by an estimate of each."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes, self.bytes = max_bytes, 0
        self._entries: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = Lock()  # schema reads are answered in a thread

    def __len__(self) -> int:
        return len(self._entries)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self.bytes = 0

    def get(self, key: Hashable) -> V | None:
        """Return the value of a key, which is then the one used last."""
        with self._lock:
            if (found := self._entries.get(key)) is None:
                return None
            self._entries.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: V, size: int) -> None:
        """Store a value of a size; the ones not used for longest give way."""
        if size > self.max_bytes // MAX_SHARE:
            return
        with self._lock:
            if former := self._entries.pop(key, None):
                self.bytes -= former[1]
            self._entries[key] = value, size
            self.bytes += size
            while self.bytes > self.max_bytes:
                _, (_, gone) = self._entries.popitem(last=False)
                self.bytes -= gone


class CachedFunction(Generic[P, V]):
    """A function of positional arguments whose answers are cached."""

    def __init__(
        self, function: Callable[P, V], max_bytes: int, size_of: Callable[[Any, V], int]
    ) -> None:
        update_wrapper(self, function)
        self.function, self.size_of = function, size_of
        self.cache: BoundedCache[V] = BoundedCache(max_bytes)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> V:
        assert not kwargs, "the key is made of the positional arguments"
        if (found := self.cache.get(args)) is None:
            found = self.function(*args, **kwargs)
            self.cache.put(args, found, self.size_of(args, found))
        return found

    def cache_clear(self) -> None:
        """Forget every answer."""
        self.cache.clear()


def cache_within(
    max_bytes: int, size_of: Callable[[Any, V], int]
) -> Callable[[Callable[P, V]], CachedFunction[P, V]]:
    """Cache a function of positional arguments; `size_of` estimates an entry with its key."""
    return lambda function: CachedFunction(function, max_bytes, size_of)
