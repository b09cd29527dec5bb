"""Files that are to exhaust the server: each is refused clearly, and others are answered meanwhile.

The long form is `./run trust --only hostile-files`, on a real server.
"""

import asyncio
import base64
import gc
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from app.domain.actor import Role
from app.domain.records.files.child.template import find_task, run_task
from app.domain.records.files.pool import FilePool
from app.domain.records.files.tables.read import XLSX
from bench.hostile_pictures import pictures
from bench.hostile_tables import entities, far_cells, far_row, lines, many_rows, no_workbook
from bench.loop_watch import PAUSE, watch_loop
from tests.application import Application, Caller, runner
from tests.give import Country
from tests.tips.informant_requests import TIPS, receipt

NDJSON, JSON = "application/x-ndjson", "application/json"
IMPORTS = ("/api/v1/units/import", "/api/v1/unit-reorganisations/import")
MAX_HELD, MAX_GROWTH = 0.1, 50_000_000
Request = tuple[str, bytes, str]
Found = tuple[list[tuple[int, str]], float]


def send_all(caller: Caller, requests: list[Request]) -> Found:
    """Send requests; return their answers and the longest turn of the loop, in processor time."""

    async def run() -> Found:
        turns, answers = [0.0], []
        watch = asyncio.create_task(watch_loop(lambda _, held: turns.append(held)))
        await asyncio.sleep(2 * PAUSE)
        for path, content, kind in requests:
            headers = caller.headers | {"content-type": kind}
            told = await caller.application.answer("POST", path, content=content, headers=headers)
            answers.append((told.status_code, told.json().get("code", "")))
        await asyncio.sleep(2 * PAUSE)  # the last turn is reported in the next
        watch.cancel()
        return answers, max(turns)

    gc.collect()
    gc.freeze()  # as the server does, so that a collection looks at new objects only
    return runner().run(run())


def tables() -> Iterator[Request]:
    for path in IMPORTS:
        for make in (far_cells, far_row, many_rows, entities, no_workbook):
            yield path, make(), XLSX
        for content in lines():
            yield path, content, NDJSON


def resident() -> int:
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.partition("VmRSS:")[2].split()[0])


@pytest.fixture
def admin(atlas: Application) -> Caller:
    return atlas.national(Role.UNIT_ADMIN, Role.RECORDER)


def test_hostile_tables_are_refused_and_hold_nobody_up(admin: Caller) -> None:
    send_all(admin, [(IMPORTS[0], b"parent,name\n02083,a\n", "text/csv")])
    requests, before = list(tables()), resident()
    answers, held = send_all(admin, requests)
    assert {status for status, _ in answers} <= {200, 422}
    assert all(code for status, code in answers if status == 422)
    assert held <= MAX_HELD
    assert resident() - before <= MAX_GROWTH


@pytest.mark.parametrize(("dry_run", "size"), [(True, 2_000), (False, 500)])
def test_a_large_table_holds_nobody_up(admin: Caller, dry_run: bool, size: int) -> None:
    rows = "".join(f"02083,Nà Lớn {number},thôn,1/9/2025\n" for number in range(size))
    content = f"parent,name,kind,valid_from\n{rows}".encode()
    path = f"{IMPORTS[0]}?dry_run={dry_run}"
    answers, held = send_all(admin, [(path, content, "text/csv")])
    assert answers == [(200, "")]
    assert held <= MAX_HELD


def test_a_file_opened_in_the_server_itself_would_be_found(
    admin: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run_inside(
        self: FilePool, task: str, file: IO[bytes], size: int, given: dict[str, Any]
    ) -> Any:
        content = file.read()
        for _ in range(4):  # a quiet machine opens it once within what is allowed
            run_task(find_task(task), content, given)
        return run_task(find_task(task), content, given)

    monkeypatch.setattr(FilePool, "_run", run_inside)
    _, held = send_all(admin, [(IMPORTS[0], many_rows(), XLSX)])
    assert held > MAX_HELD


def test_hostile_pictures_are_refused_and_hold_nobody_up(
    application: Application, country: Country
) -> None:
    held_receipt = receipt(application, country["1.1"])
    bodies = [
        b'{"receipt": "%s", "content": "%s"}' % (held_receipt.encode(), base64.b64encode(one))
        for one in pictures()
    ]
    requests, before = [(f"{TIPS}/attachments", body, JSON) for body in bodies], resident()
    answers, held = send_all(application.nobody, requests)
    assert {status for status, _ in answers} <= {201, 422}
    assert len([status for status, _ in answers if status == 201]) == 1  # a large plain picture
    assert held <= MAX_HELD
    assert resident() - before <= MAX_GROWTH
