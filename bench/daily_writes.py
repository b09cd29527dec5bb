"""Measure writes of daily work, simple and widest: round trips, and CPU of the server a request.

python -m bench.daily_writes [SECONDS]
"""

import asyncio
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from pydantic import SecretStr
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from app.domain.actor import Level, Role
from bench import cpu
from bench.client import Client
from bench.relay import Relay
from bench.request import Ask
from bench.scenario import PROVINCE, Scenario, issue_token, new_database
from bench.servers import OURS, serving
from bench.write_cases import READ, build_cases

MODELS, CONNECTIONS, TURNS, ONCE = 2_000, 4, 5, 5


@contextmanager
def relay_to(dsn: str) -> Iterator[tuple[str, Relay]]:
    """Put a relay in front of PostgreSQL, in a thread; give its address and itself."""
    where, loop = urlsplit(dsn), asyncio.new_event_loop()
    relay = Relay(where.hostname or "127.0.0.1", where.port or 5432)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    port = asyncio.run_coroutine_threadsafe(relay.start(), loop).result()
    place = f"{where.username}:{where.password}@127.0.0.1:{port}"
    try:
        yield where._replace(netloc=place).geturl(), relay
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def count_turns(scenario: Scenario, cases: dict[str, Ask]) -> dict[str, float]:
    """Count how often the server waits for PostgreSQL, once each statement is prepared."""
    found = {}
    with relay_to(scenario.settings.write_dsn) as (dsn, relay):
        settings = scenario.settings.model_copy(update={"database_url": SecretStr(dsn)})
        with serving(settings, OURS) as servers:
            for name, ask in cases.items():
                for _ in range(TURNS):
                    before = relay.turns
                    ask.answer(servers[OURS].port)
                    found[name] = float(relay.turns - before)
    return found


def measure(scenario: Scenario, cases: dict[str, Ask], seconds: float) -> dict[str, list[float]]:
    """Measure each in turn, several times over: microseconds of CPU a request."""
    found: dict[str, list[float]] = {name: [] for name in cases}
    client = Client()
    with serving(scenario.settings, OURS) as servers:
        server = servers[OURS]
        for _ in range(TURNS):
            for name, ask in cases.items():
                before = cpu.of_process(server.pid)
                window = client.run(
                    server.port, [ask.text], connections=CONNECTIONS, seconds=seconds
                )
                if window.failed:
                    raise RuntimeError(f"{name}: {window.failed} were refused")
                used = cpu.of_process(server.pid) - before
                found[name].append(used / window.answered * 1e6)
    client.close()
    return found


def main() -> None:
    """Print a line for each write."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    with new_database(MODELS) as scenario:
        token = issue_token(scenario.settings, Role.APPROVER, Level.PROVINCE, PROVINCE)
        with serving(scenario.settings, OURS) as servers:
            cases = build_cases(scenario, token, servers[OURS].port)
        turns = count_turns(scenario, cases)
        used = measure(scenario, cases, seconds)
    reading = statistics.median(used[READ])
    table = Table("request", "round trips", "CPU µs", "of a point read", box=SIMPLE)
    for name in cases:
        middle = statistics.median(used[name])
        table.add_row(name, f"{turns[name]:.0f}", f"{middle:.0f}", f"{middle / reading:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
