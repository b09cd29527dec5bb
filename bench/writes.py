"""Cost of a write: `python -m bench.writes [FOLDER]` compares this checkout with another one.

Both servers write in one database, block by block in turn: CPU of the server process for each
request, and round trips to PostgreSQL as a relay between them counts them on the wire.
"""

import asyncio
import os
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, Popen
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from app.db.embedded.lifecycle import free_port
from bench import cpu
from bench.cases import COMMUNES
from bench.relay import Relay
from bench.scenario import Scenario, new_database
from bench.trust_processes import UNLIMITED
from bench.write_client import Client, change, create, model, step

REQUESTS, ROUNDS, CONNECTIONS, WARM = 100, 5, 4, 40


@dataclass(slots=True)
class CheckoutServer:
    """A server of one checkout, and what its writes have cost."""

    name: str
    port: int
    process: Popen[bytes]
    relay: Relay
    costs: dict[str, list[float]] = field(default_factory=dict)
    turns: dict[str, float] = field(default_factory=dict)


def cpu_seconds(pid: int) -> float:
    """Seconds that all threads of a process have worked, to the microsecond."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(one.read_text().split()[0]) for one in threads) / 1e9


def _launch(folder: Path, port: int, own: dict[str, str]) -> Popen[bytes]:
    return Popen(
        [sys.executable, "-m", "uvicorn", "app.main:from_environment", "--factory", "--port",
         str(port), "--loop", "uvloop", "--http", "httptools", "--no-access-log",
         "--log-level", "warning"],
        cwd=folder, env=os.environ | UNLIMITED | own, stderr=DEVNULL,
    )  # fmt: skip


async def start(name: str, folder: Path, scenario: Scenario) -> CheckoutServer:
    """Start the server of a checkout behind a relay to the database."""
    address = urlsplit(scenario.settings.write_dsn)
    relay = Relay(address.hostname or "127.0.0.1", address.port or 5432)
    inner = await relay.start()
    host = f"{address.netloc.rpartition('@')[0]}@127.0.0.1:{inner}"
    port = free_port()
    own = {
        "BINHYEN_DATABASE_URL": urlunsplit(address._replace(netloc=host)),
        "BINHYEN_DATA": str(scenario.settings.data), "PYTHONPATH": str(folder),
    }  # fmt: skip
    process = _launch(folder, port, own)
    for _ in range(600):
        try:
            (await asyncio.open_connection("127.0.0.1", port))[1].close()
            break
        except OSError:
            await asyncio.sleep(0.1)
    return CheckoutServer(name, port, process, relay)


KINDS = {"create": create, "change": change, "transition": step}


async def block(
    served: CheckoutServer, token: str, communes: list[str], kind: str, requests: int
) -> None:
    """Send a block of writes from all connections, and note what one has cost."""
    each, work = requests // CONNECTIONS, []
    for number in range(CONNECTIONS):
        client, commune = Client(served.port, token), communes[number]
        ready: dict[str, Any] = {"commune": commune, "made": []}
        ready["model"] = await client.send("POST", "/models", model(commune))
        for _ in range(each if kind == "transition" else 0):
            ready["made"].append(await client.send("POST", "/models", model(commune)))
        work.append(partial(_repeat, KINDS[kind], client, ready, each))
    before, turns = cpu_seconds(served.process.pid), served.relay.turns
    await asyncio.gather(*(one() for one in work))
    served.costs.setdefault(kind, []).append(
        (cpu_seconds(served.process.pid) - before) / requests * 1e6
    )
    served.turns[kind] = (served.relay.turns - turns) / requests


async def _repeat(act: Any, client: Client, ready: dict[str, Any], times: int) -> None:
    for _ in range(times):
        await act(client, ready)


async def compare(scenario: Scenario, folders: dict[str, Path]) -> None:
    """Measure every kind of write at every checkout, in turn."""
    communes = [row["code"] for row in await asyncio.to_thread(scenario.fetch, COMMUNES)]
    servers = [await start(name, folder, scenario) for name, folder in folders.items()]
    try:
        for number in range(ROUNDS + 1):
            for kind in KINDS:
                for served in servers:
                    size = REQUESTS if number else WARM
                    await block(served, scenario.officer, communes, kind, size)
        for served in servers:
            for kind, costs in served.costs.items():
                print(f"{served.name:8} {kind:10} CPU {median(costs[1:]):6.0f} µs "
                      f"({min(costs[1:]):.0f}–{max(costs[1:]):.0f}), "
                      f"{served.turns[kind]:.1f} round trips")  # fmt: skip
    finally:
        for served in servers:
            served.process.terminate()


def main() -> None:
    """Compare this checkout with the one that is named."""
    cpu.pin(0, cpu.LOAD_CORE)
    here = Path(__file__).parent.parent
    folders = {"other": Path(sys.argv[1])} if len(sys.argv) > 1 else {}
    with new_database(2_000) as scenario:
        asyncio.run(compare(scenario, {**folders, "here": here}))


if __name__ == "__main__":
    main()
