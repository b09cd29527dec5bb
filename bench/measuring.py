"""Rounds of windows: in each round every way is asked in turn, so that all meet the same noise."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench import cpu
from bench.cases import Case
from bench.client import Client, Window
from bench.ground import Ground
from bench.servers import Server

MOST_FOREIGN = 0.25  # of either core: what others may use before a round is rejected
FEWEST = 3  # good rounds, below which the figures say little
LEAST_P50S = 20  # a window is at least so many times as long as its median answer


@dataclass(frozen=True, slots=True)
class Sample:
    """One window: what was answered, and what that cost."""

    window: Window
    server_us: float
    postgres_us: float
    foreign: float

    @property
    def good(self) -> bool:
        long_enough = self.window.seconds >= LEAST_P50S * self.window.p50 / 1000
        return self.foreign <= MOST_FOREIGN and long_enough


Round = dict[str, Sample]


@dataclass(slots=True)
class Rounds:
    """The rounds of a case: those that count, and those that were rejected."""

    good: list[Round] = field(default_factory=list)
    rejected: list[Round] = field(default_factory=list)

    @property
    def told(self) -> list[Round]:
        """The rounds that count; all there are when the machine was too busy for enough of them."""
        return self.good if len(self.good) >= FEWEST else self.good + self.rejected


@dataclass(slots=True)
class Meter:
    """Measures windows; the first of each way warms it up and tells how long the others must be."""

    ground: Ground
    servers: dict[str, Server]
    client: Client
    connections: int
    least_seconds: float
    seconds: dict[tuple[str, str], float] = field(default_factory=dict)

    def round(self, case: Case) -> Round:
        """Every way once, in the order of the case."""
        return {name: self.sample(case, name) for name in case.asks}

    def sample(self, case: Case, name: str) -> Sample:
        server, requests = self.servers[name], [ask.text for ask in case.asks[name]]
        seconds = self.seconds.get((case.name, name), self.least_seconds)
        before = self._clocks(server)
        window = self.client.run(
            server.port,
            requests,
            connections=case.connections or self.connections,
            seconds=seconds,
        )
        if window.failed:
            raise RuntimeError(f"{case.title}, {name}: {window.failed} answers were no success.")
        spent = [after - then for after, then in zip(self._clocks(server), before, strict=True)]
        if case.writes:
            self.ground.forget_writes()
        wanted = 1.2 * LEAST_P50S * window.p50 / 1000
        self.seconds[case.name, name] = max(self.least_seconds, wanted)
        return _sample(window, *spent)

    def _clocks(self, server: Server) -> tuple[float, ...]:
        """The server, PostgreSQL, the load, and both cores."""
        return (
            cpu.of_process(server.pid),
            cpu.of_postgres(self.ground.postgres),
            cpu.of_process(self.client.process.pid) + cpu.of_process(os.getpid()),
            cpu.of_core(cpu.SERVER_CORE),
            cpu.of_core(cpu.LOAD_CORE),
        )


def _sample(
    window: Window, server: float, postgres: float, load: float, first: float, second: float
) -> Sample:
    if cpu.SERVER_CORE is None:
        foreign = (first - server - postgres - load) / max(1, len(cpu.CORES))
    else:
        foreign = max(first - server, second - postgres - load)
    each = 1e6 / window.answered
    return Sample(window, server * each, postgres * each, max(0, foreign) / window.seconds)


def measure(
    meter: Meter, cases: list[Case], rounds: int, until: float, told: Callable[[str], None]
) -> dict[str, Rounds]:
    """As many good rounds of every case as were wanted, or as fit into the time."""
    found = {case.name: Rounds() for case in cases}
    for case in cases:
        told(f"warming up: {case.title}")
        meter.round(case)
    for case in _turns(cases, found, rounds, until):
        kept = found[case.name]
        told(
            f"round {len(kept.good) + 1} of {rounds}: {case.title} ({len(kept.rejected)} rejected)"
        )
        one = meter.round(case)
        good = all(sample.good for sample in one.values())
        (kept.good if good else kept.rejected).append(one)
    return found


def _turns(
    cases: list[Case], found: dict[str, Rounds], rounds: int, until: float
) -> Iterator[Case]:
    """Round after round the cases that still lack good ones."""
    while wanting := [case for case in cases if len(found[case.name].good) < rounds]:
        for case in wanting:
            tried = len(found[case.name].good) + len(found[case.name].rejected)
            if tried < FEWEST or time.monotonic() < until:
                yield case
        if time.monotonic() > until and all(len(one.told) >= FEWEST for one in found.values()):
            return
