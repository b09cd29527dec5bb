"""Restarts and an upgrade under load behind a proxy: no request fails, the old stays ready."""

import asyncio
import shutil
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from app.db.embedded.lifecycle import Embedded
from bench.trust_ledger import Traffic
from bench.trust_processes import surroundings
from bench.trust_server import ROOT, Installation, installation
from bench.trust_terms import Terms, Verdict, seconds

PATIENCE = 180.0
# systemd does this: it hands a socket over as the third file of the program
HAND_OVER = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); "
    "os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid())); "
    "os.execv(sys.argv[2], sys.argv[2:])"
)
NEXT = '''"""A change that the version before it can live with."""

from alembic import op

revision = "29990101_0000"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE model ADD COLUMN of_the_next_version text")


def downgrade() -> None:
    op.execute("ALTER TABLE model DROP COLUMN of_the_next_version")
'''


def rolling(terms: Terms) -> Verdict:
    """Restart in place, then replace by newer code with both at once, again and again."""
    return _run(terms, "rolling", signal.SIGTERM)


def rolling_hasty(terms: Terms) -> Verdict:
    """The same with servers that are killed: requests must be seen to fail."""
    return _run(terms, "rolling-hasty", signal.SIGKILL)


def _run(terms: Terms, name: str, end: signal.Signals) -> Verdict:
    folder = terms.folder / name
    folder.mkdir()
    with _servers(folder) as (old, new, port):
        old.start()
        old.ready()
        token = old.token("approver")
        figures = asyncio.run(_under_load(old, new, port, token, terms, end))
        new.end()
    bad = int(str(figures["failed"])) or int(str(figures["unready"]))
    return Verdict(name, figures | {"seed": terms.seed}, not bad and bool(figures["requests"]))


@contextmanager
def _servers(folder: Path) -> Iterator[tuple[Installation, Installation, int]]:
    """Two versions of the server on one database and one socket, which outlives both."""
    newer = make_next_version(folder / "newer")
    with Embedded(folder / "database") as database, socket.socket() as shared:
        shared.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        shared.bind(("127.0.0.1", 0))
        shared.listen(1024)
        environment = surroundings(folder, BINHYEN_DATABASE_URL=database.url("binhyen"))
        handed = str(shared.fileno())
        command = (sys.executable, "-c", HAND_OVER, handed, sys.executable, "-m", "app.cli")
        how: dict[str, Any] = {
            "command": command,
            "env": environment,
            "pass_fds": (shared.fileno(),),
        }
        port: int = shared.getsockname()[1]
        data = folder / "data"
        with installation(data, **how) as old, installation(data, cwd=newer, **how) as new:
            new.log = folder / "new.log"
            for place in (old, new):
                place.port, place.site = port, f"http://127.0.0.1:{port}"
            yield old, new, port


def make_next_version(folder: Path) -> Path:
    """Copy the code, with one more migration."""
    from app.db.schema_version import head_revision

    for part in ("app", "migrations"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    script = folder / "migrations" / "versions" / "2999-01-01_0000_next.py"
    script.write_text(NEXT.format(head=head_revision()), encoding="utf-8")
    return folder


async def _under_load(
    old: Installation, new: Installation, port: int, token: str, terms: Terms, end: signal.Signals
) -> dict[str, object]:
    async with proxy(port) as site, Traffic(site, token) as traffic:
        traffic.client.timeout = httpx.Timeout(PATIENCE)  # who waits for a start is not refused
        await traffic.begin()
        watching = asyncio.create_task(watch(site))
        for turn in range(terms.times):
            await _restart(old, traffic, end)
            terms.tell(f"{turn + 1}/{terms.times}: restarted, {dict(traffic.ledger.answers)}")
        await _replace(old, new, traffic, end)
        await traffic.end()
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
    answers, seen = traffic.ledger.answers, WATCHED
    terms.tell(f"{dict(answers)} {dict(seen)}" if answers or len(seen) > 1 else "")
    return {
        "restarts": terms.times, "upgrades": 1, "requests": len(traffic.ledger.acknowledged),
        "probes": seen.total(), "failed": answers.total(), "unready": seen.total() - seen["200"],
        "slowest": seconds(traffic.ledger.slowest),
    }  # fmt: skip


async def _restart(place: Installation, traffic: Traffic, end: signal.Signals) -> None:
    """End the server and start it again; callers wait at the socket meanwhile."""
    await traffic.ledger.flows()
    await asyncio.to_thread(place.end, end)
    place.start()
    await asyncio.to_thread(place.until_printed, "Bình Yên  ")
    await traffic.ledger.flows()


async def _replace(
    old: Installation, new: Installation, traffic: Traffic, end: signal.Signals
) -> None:
    """Start newer code beside the old, which migrates under it; then end the old."""
    new.start()
    await asyncio.to_thread(new.until_printed, "Bình Yên  ")
    await traffic.ledger.flows()
    await asyncio.to_thread(old.end, end)
    await traffic.ledger.flows()


WATCHED: Counter[str] = Counter()


async def watch(site: str) -> None:
    """Ask whether it is ready, as a balancer does, on connections of its own."""
    WATCHED.clear()
    while True:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            try:
                answer = await client.get(f"{site}/health/ready")
                WATCHED[str(answer.status_code)] += 1
            except httpx.TransportError as error:
                WATCHED[type(error).__name__] += 1
        await asyncio.sleep(0.2)


@asynccontextmanager
async def proxy(port: int) -> AsyncIterator[str]:
    """Run a proxy: each connection to it is one to the server."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        with suppress(OSError, asyncio.CancelledError):
            theirs, to_them = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(_copy(reader, to_them), _copy(theirs, writer))
        writer.close()
        tasks.discard(task)

    listener = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    finally:
        listener.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.2)  # for what is closed to be gone


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy until one side ends, and end the other."""
    try:
        with suppress(OSError):
            while piece := await reader.read(65_536):
                writer.write(piece)
                await writer.drain()
    finally:
        writer.close()
