"""Files that are to exhaust the server: it stays small, answers others, refuses each clearly."""

import asyncio
import base64
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import httpx

from app.domain.confidential.crypto.keyrings import write_key_file
from app.domain.records.files.tables.read import XLSX
from app.domain.tips.crypto.keys import generate_keys
from bench.hostile_pictures import forms, pictures, save_picture
from bench.hostile_tables import WORKBOOKS, lines
from bench.trust_processes import surroundings, working_for
from bench.trust_server import Installation, installation, prepare
from bench.trust_terms import Terms, Verdict, seconds

MAX_GROWTH, MAX_HELD = 50_000_000, 0.1
CLEAR = {200, 201, 400, 413, 415, 422, 503}
AT_ONCE = 4
SWIFT = {"BINHYEN_TIPS_WITHOUT_WORK": "1000000", "BINHYEN_TIP_ANSWER_SECONDS": "0"}
WATCHED = (sys.executable, "-m", "bench.loop_watch")
LIGHT = {"memory_kib": 64, "passes": 1}
IMPORTS = ("/api/v1/units/import", "/api/v1/unit-reorganisations/import")
TIPS = "/api/v1/public/tips"
OTHERS = (*IMPORTS, "/graphql", "/oauth/token", f"{TIPS}/attachments", TIPS)
Request = tuple[str, bytes, str]


def hostile_files(terms: Terms) -> Verdict:
    """Send so many files of each kind; measure memory and the longest turn of the loop."""
    return _prove(terms, "hostile-files")


def files_inside(terms: Terms) -> Verdict:
    """Control: files are opened in the server itself."""
    return _prove(terms, "control-hostile-files", FILES_INSIDE="1")


def _prove(terms: Terms, name: str, **planted: str) -> Verdict:
    turns = terms.folder / f"{name}-turns"
    env = surroundings(terms.folder, LOOP_WATCH=str(turns), **SWIFT, **planted)
    how = {"env": env, "command": WATCHED}
    with installation(terms.folder / name, prepare(terms.folder), **how) as place:
        (place.data / "tip-keys.json").unlink(missing_ok=True)
        write_key_file(place.data / "tip-keys.json", generate_keys(LIGHT))
        place.start()
        place.ready()
        token = place.token("recorder", "unit_admin")
        found = asyncio.run(_attack(place, token, terms, turns))
    statuses, growth, held = found
    figures: dict[str, object] = {"requests": sum(statuses.values())}
    figures |= {kind: f"+{grown / 1e6:.0f}MB" for kind, grown in growth.items()}
    figures |= {"longest_turn": seconds(held), "answers": dict(sorted(statuses.items()))}
    small = max(growth.values()) <= MAX_GROWTH
    holds = small and held <= MAX_HELD and set(statuses) <= CLEAR
    return Verdict(name, figures | {"seed": terms.seed}, holds)


async def _attack(
    place: Installation, token: str, terms: Terms, turns: Path
) -> tuple[Counter[int], dict[str, int], float]:
    statuses: Counter[int] = Counter()
    growth: dict[str, int] = {}
    headers = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=place.site, timeout=300) as client:
        receipt = await _hand_in(client)
        for request in _harmless(receipt):
            await _send(client, request, headers)
        begin, before = time.monotonic(), _memory(place)
        for kind, make in _kinds(receipt).items():
            await _send_all(client, islice(cycle(make()), terms.times), headers, statuses)
            growth[kind] = _memory(place) - before
            terms.tell(f"{kind}: {growth[kind] / 1e6:+.0f} MB, {dict(statuses)}")
    return statuses, growth, _longest_turn(turns, begin)


def _longest_turn(turns: Path, begin: float) -> float:
    """Return the longest turn of the loop since the attack began."""
    lines = [line.split() for line in turns.read_text().splitlines()]
    return max((float(held) for at, held in lines if float(at) > begin), default=0.0)


async def _send_all(
    client: httpx.AsyncClient, requests: Iterator[Request], headers: dict[str, str],
    statuses: Counter[int],
) -> None:  # fmt: skip
    async def work() -> None:
        for request in requests:
            statuses[await _send(client, request, headers)] += 1

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))


async def _send(client: httpx.AsyncClient, request: Request, headers: dict[str, str]) -> int:
    path, content, kind = request
    known = {} if path.startswith(TIPS) else headers
    try:
        answer = await client.post(path, content=content, headers=known | {"content-type": kind})
    except httpx.TransportError:
        return 0
    return answer.status_code


async def _hand_in(client: httpx.AsyncClient) -> str:
    answer = await client.post(TIPS, json={"text": "Có nhóm lạ mặt.", "unit_code": "02083"})
    receipt: str = answer.raise_for_status().json()["receipt"]
    return receipt


def _kinds(receipt: str) -> dict[str, Callable[[], Iterator[Request]]]:
    """Return the requests of each kind; the files are made once."""
    books, tables = [make() for make in WORKBOOKS], list(lines())
    bodies, parts = [_picture(receipt, one) for one in pictures()], list(forms())
    ndjson = "application/x-ndjson"
    return {
        "xlsx": lambda: ((path, book, XLSX) for book in books for path in IMPORTS),
        "ndjson": lambda: ((path, table, ndjson) for table in tables for path in IMPORTS),
        "pictures": lambda: ((f"{TIPS}/attachments", body, "application/json") for body in bodies),
        "multipart": lambda: (
            (path, content, f"multipart/form-data; boundary={boundary}")
            for content, boundary in parts for path in OTHERS
        ),
    }  # fmt: skip


def _harmless(receipt: str) -> Iterator[Request]:
    """Yield a good file of each kind, so that all that is loaded once is there."""
    yield (
        f"{TIPS}/attachments",
        _picture(receipt, save_picture("JPEG", (4_000, 3_000))),
        "application/json",
    )
    for _ in range(8):
        yield IMPORTS[0], b"parent,name\n" + b"02083,a\n" * 10_000, "text/csv"


def _picture(receipt: str, content: bytes) -> bytes:
    coded = base64.b64encode(content)
    return b'{"receipt": "%s", "content": "%s"}' % (receipt.encode(), coded)


def _memory(place: Installation) -> int:
    """Return the memory of the server and of the processes that it started, without PostgreSQL."""
    assert place.process
    pids, grown = {place.process.pid}, True
    while grown:
        children = {pid for pid in _pids() if _parent(pid) in pids} - pids
        grown, pids = bool(children), pids | children
    database = {pid for pid, words in working_for(place.data).items() if "postgres" in words}
    return sum(_resident(pid) for pid in pids - database)


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
