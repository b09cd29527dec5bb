"""Cost of imports: `python -m bench.imports --help`."""

import asyncio
import json
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import asyncpg
import typer
from rich.console import Console

from app.db.embedded.discovery import find_running_url
from bench.import_files import make_teams
from bench.import_run import ImportCosts, import_whole, longest_turn
from bench.report import RESULTS
from bench.trust_processes import surroundings
from bench.trust_server import Installation, installation

OUT, SAY = Console(), Console(stderr=True)
WATCHED = (sys.executable, "-m", "bench.loop_watch")
MAX_GROWTH_MB, MAX_HELD = 150.0, 0.1  # as the design wants them
FIRST_ROWS = 1_500
UNITS = """
SELECT code FROM unit_version WHERE valid_to = 'infinity' AND level = 'commune' ORDER BY code
LIMIT 3000
"""


def main(rows: Annotated[int, typer.Option(min=1000, help="of the workbook")] = 100_000) -> None:
    """Measure a large workbook through the product: speed beside a bare COPY, memory, turns.

    A server and a worker run as processes of their own. Ends with 1 if memory or turns exceed
    what the design allows.
    """
    with tempfile.TemporaryDirectory(prefix="binhyen-imports-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        env = surroundings(folder, LOOP_WATCH=str(folder / "server-turns"))
        with installation(folder / "data", env=env, command=WATCHED) as place:
            found, copied = _measure(place, folder, rows)
        held = {
            one: longest_turn(folder / f"{one}-turns", found.began) for one in ("server", "worker")
        }
    about = _describe(found, copied, held)
    _tell(about)
    if max(found.server_mb, found.worker_mb) > MAX_GROWTH_MB or max(held.values()) > MAX_HELD:
        raise SystemExit(1)


def _measure(place: Installation, folder: Path, rows: int) -> tuple[ImportCosts, float]:
    SAY.print("building the map …")
    place.start("--no-demo", "--no-worker")
    place.ready()
    dsn = find_running_url(place.data)
    assert dsn
    units = asyncio.run(_list_units(dsn))
    SAY.print(f"writing a workbook of {rows:,} rows, and importing it …")
    first, content = make_teams(FIRST_ROWS, units, "first"), make_teams(rows, units[::-1], "bench")
    token = place.token("recorder", "approver")
    found = import_whole(place, token, first, content, rows, folder / "worker-turns")
    return found, asyncio.run(_copy(dsn))


async def _list_units(dsn: str) -> list[str]:
    connection = await asyncpg.connect(dsn)
    try:
        return [row["code"] for row in await connection.fetch(UNITS)]
    finally:
        await connection.close()


async def _copy(dsn: str) -> float:
    """Return the seconds that a bare COPY of the same rows takes, without log or check."""
    connection = await asyncpg.connect(dsn)
    try:
        found = await connection.fetch("SELECT * FROM team WHERE reference LIKE 'bench-%'")
        records = [tuple(one) for one in found]
        await connection.execute("CREATE TEMP TABLE copied (LIKE team INCLUDING ALL)")
        began = time.perf_counter()
        await connection.copy_records_to_table("copied", records=records)
        return time.perf_counter() - began
    finally:
        await connection.close()


def _describe(found: ImportCosts, copied: float, held: dict[str, float]) -> dict[str, Any]:
    dry = found.upload_s + found.seconds["reading"] + found.seconds["checking"]
    seconds = {
        "upload": found.upload_s, **found.seconds, "dry_run": dry, "copy": copied,
    }  # fmt: skip
    speeds = {name: round(found.rows / taken) for name, taken in seconds.items()}
    return asdict(found) | {
        "rows_per_second": speeds, "longest_turn_s": held,
        "copy_ratio": {name: round(seconds[name] / copied, 1)
                       for name in ("dry_run", "committing")},
    }  # fmt: skip


def _tell(about: dict[str, Any]) -> None:
    OUT.print_json(json.dumps(about))
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"imports-{datetime.now():%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps(about, indent=1))
    SAY.print(f"All of it: {path}", soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
