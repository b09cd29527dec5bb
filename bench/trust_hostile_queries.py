"""Hostile GraphQL: memory stays bounded, the loop is not held, and tips come in meanwhile."""

import asyncio
import gc
import os
import time
from asyncio.events import Handle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graphql import parse

from app.api.graphql import document
from app.db.embedded.discovery import find_running_url
from app.domain.actor import Role
from bench.hostile_queries import hostile_queries
from bench.trust_anonymity import TIPS
from bench.trust_processes import surroundings
from bench.trust_server import installation, prepare
from bench.trust_terms import Terms, Verdict
from tests.application import Application, Caller, runner

MAX_GROWTH, MAX_HELD, ANSWERED, AT_ONCE = 50.0, 0.1, 0.999, 8
WARM = 60
TIP = {"text": "Có người lạ.", "unit_code": "19"}


def hostile(terms: Terms) -> Verdict:
    """So many hostile documents, half of them without a token, in this very process."""
    return _run(terms, "hostile-queries")


def hoarding(terms: Terms) -> Verdict:
    """Control: a cache that keeps what it is given, faults among them."""
    kept: list[Any] = []
    read, bound = document.DocumentCache.read, document.MAX_BYTES

    def keep(self: Any, query: str, name: str | None) -> Any:
        try:
            found = read(self, query, name)
        except Exception:
            kept.append((query, parse(query.partition("{ a ")[0] or "{ a }")))
            raise
        kept.append(found)
        return found

    document.DocumentCache.read, document.MAX_BYTES = keep, 10**12  # type: ignore[method-assign]
    try:
        return _run(terms, "hostile-queries(hoarding)")
    finally:
        document.DocumentCache.read, document.MAX_BYTES = read, bound  # type: ignore[method-assign]


def _run(terms: Terms, name: str) -> Verdict:
    os.environ.setdefault("BINHYEN_TEST_FOLDER", str(terms.folder))
    with installation(
        terms.folder / "hostile", prepare(terms.folder), env=surroundings(terms.folder)
    ) as place:
        place.start()
        place.ready()
        url = find_running_url(place.data)
        assert url
        with Application.on(url) as application, _freeze():
            return runner().run(attack(terms, application, name))


async def attack(terms: Terms, application: Application, name: str = "hostile-queries") -> Verdict:
    """Send the documents to an application, and look at what they do to it."""
    viewer = application.national(Role.STATISTICIAN)
    await _send_all(application, viewer, hostile_queries(WARM))  # what is made once is made
    before = _memory()
    with _watch_loop() as held:
        statuses, tips = await count_statuses(terms, application, skip=WARM)
    gc.collect()
    growth, answered = _memory() - before, tips.count(201) / len(tips)
    figures = {
        "documents": terms.times, "growth": f"{growth:.1f}MB", "held": f"{held[0] * 1000:.0f}ms",
        "tips": f"{tips.count(201)}/{len(tips)}",
        "statuses": {status: statuses.count(status) for status in sorted(set(statuses))},
    }  # fmt: skip
    holds = growth <= MAX_GROWTH and held[0] <= MAX_HELD and answered >= ANSWERED
    return Verdict(name, figures, holds)


async def count_statuses(
    terms: Terms, application: Application, skip: int = 0
) -> tuple[list[int], list[int]]:
    """Send so many documents, and hand tips in all the while: the statuses of both."""
    viewer = application.national(Role.STATISTICIAN)
    queries = hostile_queries(skip + terms.times)
    sent = asyncio.create_task(_send_all(application, viewer, queries, skip))
    tips = [status async for status in _hand_in(application, sent.done)]
    return await sent, tips


async def _send_all(
    application: Application, viewer: Caller, queries: Iterator[str], skip: int = 0
) -> list[int]:
    """Send documents, each second one without a token; the statuses of the answers."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def send(number: int, query: str) -> int:
        async with gate:
            headers = viewer.headers if number % 2 else {}
            answer = await application.answer(
                "POST", "/graphql", json={"query": query}, headers=headers
            )
            return answer.status_code

    wanted = [(n, query) for n, query in enumerate(queries) if n >= skip]
    return await asyncio.gather(*(send(n, query) for n, query in wanted))


async def _hand_in(application: Application, is_over: Callable[[], bool]) -> Any:
    while True:
        yield (await application.answer("POST", TIPS, json=TIP)).status_code
        if is_over():
            return
        await asyncio.sleep(0.05)


@contextmanager
def _watch_loop() -> Iterator[list[float]]:
    """The longest time of the processor that one callback took, whatever else the machine does."""
    held, run = [0.0], Handle._run

    def watch(self: Handle) -> None:
        begin = time.thread_time()
        run(self)
        held[0] = max(held[0], time.thread_time() - begin)

    Handle._run = watch  # type: ignore[method-assign]
    try:
        yield held
    finally:
        Handle._run = run  # type: ignore[method-assign]


@contextmanager
def _freeze() -> Iterator[None]:
    """Leave out of collections what lives for ever, as a server does."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _memory() -> float:
    """The memory that this process has, in MB."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6
