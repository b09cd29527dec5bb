"""kill -9 under load, of the server and of PostgreSQL: nothing acknowledged is lost or doubled."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import asyncpg
import httpx

from bench.trust_account import Verdict, settle
from bench.trust_ledger import MODELS, Traffic
from bench.trust_server import Installation, installation, prepare

Kill = Callable[[Installation, Traffic], Awaitable[float]]


@dataclass(frozen=True)
class Terms:
    """How a proof is run: where, how often, on which dice, and who hears how far it is."""

    folder: Path
    cycles: int
    seed: int
    tell: Callable[[str], None] = lambda _: None


def crash_server(terms: Terms) -> Verdict:
    """SIGKILL of the server under sixteen writers; they go on when it is started again."""
    return asyncio.run(_crash("crash-server", terms, kill_server))


def crash_postgres(terms: Terms) -> Verdict:
    """SIGKILL of the postmaster under sixteen writers; the server lives on and brings it back."""
    return asyncio.run(_crash("crash-postgres", terms, kill_postmaster))


def crash_backend(terms: Terms) -> Verdict:
    """SIGKILL of one PostgreSQL process, which makes PostgreSQL drop all and recover."""
    return asyncio.run(_crash("crash-backend", terms, kill_backend))


def hasty_server(terms: Terms) -> Verdict:
    """Control: something in front of the server says 201 by itself, before the server has it."""
    return asyncio.run(_crash("crash-server (hasty 201)", terms, kill_server, transport=Hasty()))


def forgetful_postgres(terms: Terms) -> Verdict:
    """Control: PostgreSQL is told to acknowledge commits that are not on disk yet."""
    name = "crash-postgres (synchronous_commit=off)"
    return asyncio.run(_crash(name, terms, kill_postmaster, before=_forget))


async def _crash(
    name: str, terms: Terms, kill: Kill, *, transport: Any = None, before: Any = None
) -> Verdict:
    dice, outages = Random(terms.seed), []
    with installation(terms.folder / name.split()[0], prepare(terms.folder)) as place:
        await asyncio.to_thread(_start, place)
        if before:
            await before(place)
        token = await asyncio.to_thread(place.token)
        async with Traffic(place.site, token, transport) as traffic:
            await traffic.begin()
            for cycle in range(terms.cycles):
                await asyncio.sleep(dice.uniform(0.05, 1.5))
                outages.append(await kill(place, traffic))
                terms.tell(f"{name} {cycle + 1}/{terms.cycles} {dict(traffic.ledger.answers)}")
                await traffic.ledger.flows()
            await traffic.end()
            return await _verdict(name, terms, traffic, outages)


async def _verdict(name: str, terms: Terms, traffic: Traffic, outages: list[float]) -> Verdict:
    found, ledger = await settle(traffic.client, traffic.ledger), traffic.ledger
    outages.sort()
    told = {"cycles": terms.cycles, **found.figures, "improper": ledger.improper()}
    told |= {"slowest": f"{ledger.slowest:.2f}s", "back_median": f"{outages[len(outages) // 2]:.2f}s"}
    told |= {"back_worst": f"{outages[-1]:.2f}s", "seed": terms.seed}
    return Verdict(name, told, found.even and not ledger.improper())


def _start(place: Installation) -> None:
    place.start()
    place.ready()


async def kill_server(place: Installation, traffic: Traffic) -> float:
    begin = time.monotonic()
    await asyncio.to_thread(place.end, signal.SIGKILL)
    place.start()
    return await traffic.ledger.recovered(begin)


async def kill_postmaster(place: Installation, traffic: Traffic) -> float:
    begin = time.monotonic()
    os.kill(place.postmaster, signal.SIGKILL)
    return await traffic.ledger.recovered(begin)


async def kill_backend(place: Installation, traffic: Traffic) -> float:
    """One that serves the application, taken from the children of the postmaster."""
    begin = time.monotonic()
    children = Path(f"/proc/{place.postmaster}/task/{place.postmaster}/children").read_text()
    for child in children.split():
        if "postgres: binhyen" in Path(f"/proc/{child}/cmdline").read_text():
            os.kill(int(child), signal.SIGKILL)
            return await traffic.ledger.recovered(begin)
    raise LookupError("no process serves the application")


async def _forget(place: Installation) -> None:
    """Let commits be acknowledged up to ten seconds before they are written."""
    password = (place.data / "postgres.password").read_text()
    port = int((place.data / "postgres" / "postmaster.pid").read_text().splitlines()[3])
    connection = await asyncpg.connect(
        host="127.0.0.1", port=port, user="postgres", password=password, database="postgres"
    )
    await connection.execute("ALTER SYSTEM SET synchronous_commit = off")
    await connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


class Hasty(httpx.AsyncHTTPTransport):
    """Says that a model is made, and only then sends it on."""

    def __init__(self) -> None:
        super().__init__(limits=httpx.Limits(max_connections=100))
        self._tasks: set[asyncio.Task[None]] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path != MODELS or request.method != "POST":
            return await super().handle_async_request(request)
        await asyncio.sleep(0.02)
        task = asyncio.create_task(self._send_on(request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return httpx.Response(201)

    async def _send_on(self, request: httpx.Request) -> None:
        try:
            await (await super().handle_async_request(request)).aread()
        except httpx.TransportError:
            return
