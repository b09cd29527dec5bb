"""Names of hosts, looked up by a few threads of their own: one that hangs holds up no other.

A look-up cannot be stopped, only left alone. So each host has one at a time, however many
messages wait for it, and hosts that did not answer the last time have threads apart.
"""

import asyncio
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Lock, Thread

LookUp = Callable[[str, int], Sequence[str]]
MAX_WAIT = 4.0  # seconds that a message waits for a name
MAX_KNOWN = 10_000
THREADS = 8  # of each lane
NAP = 0.05


def look_up(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a name, as this machine resolves it; none where there are none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # some names cannot be spelled for it
        return ()
    return [str(address[0]) for *_, address in found]


class NameResolver:
    """Look-ups under way, and the hosts that have answered the last time."""

    def __init__(self, look_up: LookUp = look_up) -> None:
        self._look_up, self._lock = look_up, Lock()
        self._under_way: dict[tuple[str, int], Future[Sequence[str]]] = {}
        self._answering: dict[str, None] = {}  # the latest last
        self._used = {True: 0, False: 0}

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a name; give up after a while, whatever becomes of it."""
        async with asyncio.timeout(MAX_WAIT):
            while (found := self._start(host, port)) is None:  # noqa: ASYNC110 - threads end
                await asyncio.sleep(NAP)
            return await asyncio.shield(asyncio.wrap_future(found))

    def _start(self, host: str, port: int) -> Future[Sequence[str]] | None:
        """Return the look-up of a host, a new one where none is under way; None: no thread."""
        with self._lock:
            if found := self._under_way.get((host, port)):
                return found
            lane = host in self._answering
            if self._used[lane] >= THREADS:
                return None
            self._used[lane] += 1
            found = self._under_way[host, port] = Future()
            self._answering.pop(host, None)  # until it has answered again
        # a daemon, so that one which hangs does not keep the process from ending
        Thread(target=self._run, args=(host, port, lane, found), daemon=True).start()
        return found

    def _run(self, host: str, port: int, lane: bool, found: Future[Sequence[str]]) -> None:
        try:
            answer, failure = self._look_up(host, port), None
        except Exception as error:  # raised for all who wait
            answer, failure = (), error
        with self._lock:
            self._used[lane] -= 1
            del self._under_way[host, port]
            if answer:
                self._answering[host] = None
                if len(self._answering) > MAX_KNOWN:
                    del self._answering[next(iter(self._answering))]
        if failure is None:
            found.set_result(answer)
        else:
            found.set_exception(failure)
