"""kill -9 under load, of the server and of PostgreSQL: nothing acknowledged is lost or doubled."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random
from statistics import median

import httpx

from bench.trust_account import settle
from bench.trust_ledger import Traffic
from bench.trust_processes import children
from bench.trust_readers import Readers
from bench.trust_server import Installation, installation, prepare
from bench.trust_terms import Terms, Verdict, seconds


@dataclass(frozen=True)
class Crash:
    """The process to kill, again and again; a control also spoils what lies between."""

    name: str
    kill: Callable[[Installation, Traffic], Awaitable[float]]
    transport: httpx.AsyncBaseTransport | None = None
    spoil: Callable[[Installation], Awaitable[None]] | None = None

    def __call__(self, terms: Terms) -> Verdict:
        with installation(terms.folder / self.kill.__name__, prepare(terms.folder)) as place:
            place.start()
            place.ready()
            return asyncio.run(self._under_load(place, place.token("approver"), terms))

    async def _under_load(self, place: Installation, token: str, terms: Terms) -> Verdict:
        async with Traffic(place.site, token, self.transport) as traffic:
            await traffic.begin()
            if self.spoil:
                await self.spoil(place)
            async with Readers(traffic.client) as readers:
                outages = await self._cycles(place, traffic, terms)
            await traffic.end()
            account = await settle(traffic.client, traffic.ledger)
        improper = traffic.ledger.improper()
        if self.kill is not kill_server:
            improper |= readers.improper
        terms.tell(f"{self.name} {dict(improper)}" if improper else "")
        figures = {"cycles": terms.times, **account.figures, "improper": improper.total()}
        figures |= {"retried": traffic.ledger.retried}
        figures |= {"slowest": seconds(max(traffic.ledger.slowest, readers.slowest))}
        figures |= {"back_median": seconds(median(outages)), "back_worst": seconds(max(outages))}
        holds = account.even and not improper.total()
        return Verdict(self.name, figures | {"seed": terms.seed}, holds)

    async def _cycles(self, place: Installation, traffic: Traffic, terms: Terms) -> list[float]:
        dice, outages = Random(terms.seed), []
        for cycle in range(terms.times):
            await traffic.ledger.flows()
            await asyncio.sleep(dice.uniform(0.05, 1.5))
            outages.append(await self.kill(place, traffic))
            terms.tell(f"{self.name} {cycle + 1}/{terms.times}: back after {seconds(outages[-1])}")
        return outages


async def kill_server(place: Installation, traffic: Traffic) -> float:
    """The server is started again, as a supervisor would do it."""
    begin = time.monotonic()
    await kill_server_quietly(place)
    await traffic.ledger.flows()
    return time.monotonic() - begin


async def kill_server_quietly(place: Installation) -> None:
    """The same, with nobody's traffic to wait for."""
    await asyncio.to_thread(place.end, signal.SIGKILL)
    place.start()
    await asyncio.to_thread(place.ready)


async def kill_postmaster(place: Installation, traffic: Traffic) -> float:
    """The server lives on and brings PostgreSQL back."""
    begin = time.monotonic()
    os.kill(place.postmaster, signal.SIGKILL)
    return await traffic.ledger.until_recovered(begin)


async def kill_backend(place: Installation, traffic: Traffic) -> float:
    """One process that serves the application; PostgreSQL then drops all others and recovers."""
    begin = time.monotonic()
    os.kill(children(place.postmaster, "postgres: binhyen")[0], signal.SIGKILL)
    return await traffic.ledger.until_recovered(begin)


SERVER = Crash("crash-server", kill_server)
POSTGRES = Crash("crash-postgres", kill_postmaster)
BACKEND = Crash("crash-backend", kill_backend)
