"""Memory and speed of exports of long lists: `python -m bench.exports --help`."""

import asyncio
import json
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

import asyncpg
import httpx
import typer
from rich.console import Console

from app.db.embedded.discovery import find_running_url
from bench.import_run import run_worker
from bench.process_memory import MemoryWatch
from bench.trust_processes import surroundings
from bench.trust_server import Installation, installation

OUT, SAY = Console(), Console(stderr=True)
EXPORTS, FORMATS = "/api/v1/exports", ("csv", "xlsx", "ndjson")
MAX_MORE_MB = 60.0  # what ten times as many rows may need besides
COPY_ROWS = """
INSERT INTO organisation SELECT (jsonb_populate_record(NULL::organisation, to_jsonb(o) ||
  jsonb_build_object('id', gen_random_uuid(), 'name', o.name || n, 'name_key', o.name || n,
    'search_key', o.name || n))).*
FROM (SELECT * FROM organisation ORDER BY id LIMIT 1) o, generate_series($1::int, $2::int) n
"""


def main(
    rows: Annotated[int, typer.Option(min=1000, help="of the long list")] = 300_000,
) -> None:
    """Export a list as a file of each format, and a list ten times as long.

    Ends with 1 if the worker needs much more memory for the longer one.
    """
    with tempfile.TemporaryDirectory(prefix="binhyen-exports-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with installation(folder / "data", env=surroundings(folder)) as place:
            place.start("--no-demo", "--no-worker")
            place.ready()
            found = _measure(place, folder, rows)
    OUT.print_json(json.dumps(found))
    if any(one["more_mb"] > MAX_MORE_MB for one in found.values()):
        raise SystemExit(1)


def _measure(place: Installation, folder: Path, rows: int) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {place.token('recorder', 'approver')}"}
    http = httpx.Client(base_url=place.site, headers=headers, timeout=600)
    made = {"unit": "02083", "kind": "school", "name": "Trường số "}
    http.post("/api/v1/organisations", json=made).raise_for_status()
    dsn, found = find_running_url(place.data), dict[str, Any]()
    assert dsn
    with run_worker(place, folder / "turns") as worker:
        last = 0
        for count in (rows // 10, rows):
            SAY.print(f"a list of {count:,} rows …")
            asyncio.run(_add_rows(dsn, last + 1, count))
            last = count
            for format in FORMATS:
                took, grown, size = _export(http, format, worker.pid)
                about = found.setdefault(format, {})
                about[f"{count}_rows"] = {
                    "rows_per_second": round(count / took), "peak_mb": round(grown, 1),
                    "file_mb": round(size / 1e6, 1),
                }  # fmt: skip
                SAY.print(format, about)
                about["more_mb"] = round(grown - about[f"{rows // 10}_rows"]["peak_mb"], 1)
    return found


async def _add_rows(dsn: str, first: int, last: int) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(COPY_ROWS, first, last)
        await connection.execute("ANALYZE organisation")
    finally:
        await connection.close()


def _export(http: httpx.Client, format: str, worker: int) -> tuple[float, float, int]:
    """Return the seconds, the megabytes that the worker grew by at most, and the file's size."""
    with MemoryWatch(lambda: [worker]) as memory:
        began = time.monotonic()
        asked = {"resource": "organisations", "format": format}
        id = http.post(EXPORTS, json=asked).raise_for_status().json()["id"]
        while (whole := http.get(f"{EXPORTS}/{id}").json())["state"] == "waiting":
            time.sleep(0.25)
        took = time.monotonic() - began
    assert whole["state"] == "ready", whole
    return took, memory.growth_mb, whole["size"]


if __name__ == "__main__":
    typer.run(main)
