"""Windows: what one way answered in a while, and what that cost."""

import os
import time
from dataclasses import dataclass, field

from bench import cpu
from bench.cases import Case
from bench.client import Client, Window
from bench.scenario import Scenario
from bench.servers import Server

MAX_FOREIGN = 0.25  # of either core: what others may use before a round is rejected
MIN_P50S = 20  # a window is at least so many times as long as its median answer


@dataclass(frozen=True, slots=True)
class Plan:
    """Number and duration of the measurements."""

    models: int = 120_000
    rounds: int = 7
    seconds: float = 1.0  # of a window, at least
    minutes: float = 4.0  # after which no more rounds begin, if there are a few
    connections: int = 4
    patient: bool = False  # waits for the machine to be quiet before each round
    all: bool = True  # also what has nothing beside it


QUICK = Plan(models=20_000, rounds=3, seconds=0.3, minutes=0.8, all=False)


@dataclass(frozen=True, slots=True)
class Sample:
    """One window: what was answered, and what that cost."""

    window: Window
    server_us: float
    postgres_us: float
    foreign: float

    @property
    def good(self) -> bool:
        long_enough = self.window.seconds >= MIN_P50S * self.window.p50 / 1000
        return self.foreign <= MAX_FOREIGN and long_enough


Round = dict[str, Sample]


@dataclass(slots=True)
class Meter:
    """Measures windows; the first of each way warms it up and tells how long the others must be."""

    scenario: Scenario
    servers: dict[str, Server]
    client: Client
    plan: Plan
    begun: float = field(default_factory=time.monotonic)
    seconds: dict[tuple[str, str], float] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Return whether the time for rounds is over."""
        return time.monotonic() > self.begun + 60 * self.plan.minutes

    def round(self, case: Case) -> Round:
        """Every way once, in the order of the case."""
        return {name: self.sample(case, name) for name in case.asks}

    def sample(self, case: Case, name: str) -> Sample:
        server, requests = self.servers[name], [ask.text for ask in case.asks[name]]
        seconds = self.seconds.get((case.name, name), self.plan.seconds)
        before = self._read_times(server)
        window = self.client.run(
            server.port,
            requests,
            connections=case.connections or self.plan.connections,
            seconds=seconds,
        )
        if window.failed:
            raise RuntimeError(f"{case.title}, {name}: {window.failed} answers were no success.")
        spent = [after - then for after, then in zip(self._read_times(server), before, strict=True)]
        if case.writes:
            self.scenario.forget_writes()
        wanted = 1.2 * MIN_P50S * window.p50 / 1000
        self.seconds[case.name, name] = max(self.plan.seconds, wanted)
        return _sample(window, *spent)

    def _read_times(self, server: Server) -> tuple[float, ...]:
        """The server, PostgreSQL, the load, and both cores."""
        return (
            cpu.of_process(server.pid),
            cpu.of_postgres(self.scenario.postgres),
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
