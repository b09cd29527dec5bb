"""Files with many rows: a job reads them, once whatever happens, or says why it cannot."""

from base64 import b64encode
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from app.db.session import execute
from app.domain.exchange.imports import downloads, parts, queries, uploads
from app.domain.records.files.tables.cells import MAX_CELL_TEXT
from bench.hostile_tables import workbook
from tests.api.test_import_files import Killed, take_parts
from tests.api.test_imports import HEADER, PATH, kind, lines, recorder, rows_of, send
from tests.application import Application, Caller, runner
from tests.give import Country

__all__ = ["kind", "recorder"]
ROWS = 1_200


def many_lines(country: Country, kind: str, rows: int = ROWS) -> str:
    unit = country["1.1"]
    return "\n".join([HEADER, *(f"{n},{kind},{unit},Tổ {n},,,u-{n}" for n in range(rows)), ""])


def store(application: Application, id: str) -> None:
    state = application.app.state.resources
    runner().run(uploads.store_rows(state.database, state.imports, state.files, UUID(id)))


async def _count_stored(application: Application, id: str) -> tuple[int, int, bool]:
    """Count the rows of an import and their numbers, and look whether its file is there."""
    statement = text("""SELECT count(*), count(DISTINCT number),
        (SELECT content IS NOT NULL FROM data_import_file WHERE import_id = :id)
        FROM data_import_row WHERE import_id = :id""")
    async with application.behind() as session:
        return tuple((await execute(session, statement, {"id": UUID(id)})).one())


def test_a_killed_reader_reads_each_row_once(
    application: Application, recorder: Caller, country: Country, kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made = send(recorder, many_lines(country, kind))
    assert (made["state"], made["row_count"], made["read_count"]) == ("reading", 0, 0)
    note = queries.note_read

    async def note_and_die(session: Any, of: UUID, read: int) -> None:
        await note(session, of, read)
        if read > parts.PART_ROWS:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(queries, "note_read", note_and_die)
        with pytest.raises(Killed):
            store(application, made["id"])
    left = recorder.get(f"{PATH}/{made['id']}").json()
    assert (left["state"], left["read_count"]) == ("reading", parts.PART_ROWS)
    store(application, made["id"])
    store(application, made["id"])
    whole = recorder.get(f"{PATH}/{made['id']}").json()
    assert (whole["state"], whole["row_count"], whole["read_count"]) == ("checking", ROWS, ROWS)
    assert runner().run(_count_stored(application, made["id"])) == (ROWS, ROWS, False)


def _long_cell_at_the_end() -> bytes:
    titles = HEADER.split(",")
    header = "".join(f'<c t="inlineStr"><is><t>{title}</t></is></c>' for title in titles)
    cell = '<c t="inlineStr"><is><t>x</t></is></c>'
    rows = "".join(f'<row r="{n}">{cell * 4}</row>' for n in range(2, ROWS))
    long = f'<c t="inlineStr"><is><t>{"x" * (MAX_CELL_TEXT + 1)}</t></is></c>'
    return workbook(f'<row r="1">{header}</row>{rows}<row r="{ROWS}">{cell}{long}</row>')


def test_a_file_that_cannot_be_read_to_its_end_says_why(
    application: Application, recorder: Caller
) -> None:
    content = b64encode(_long_cell_at_the_end()).decode()
    sent = {"resource": "models", "format": "xlsx", "content": content}
    made = recorder.post(PATH, sent).json()
    assert made["state"] == "reading"
    take_parts(application, made["id"])
    failed = recorder.get(f"{PATH}/{made['id']}").json()
    assert (failed["state"], failed["failure"]) == ("failed", "file_unreadable")
    assert f"B{ROWS}" in failed["message_vi"]
    assert f"B{ROWS}" in failed["message_en"]
    assert failed["allowed_actions"] == []


def test_rows_with_faults_come_in_files_of_bounded_length(
    recorder: Caller, country: Country, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "MAX_FAULTS", 2)
    made = send(recorder, lines(country, *"abc", type=kind).replace("1.200", "nhiều"))
    assert made["refused_count"] == 3
    path = f"{PATH}/{made['id']}/faults"
    first = recorder.get(path).json()
    assert (len(first["content"].splitlines()), first["next"]) == (3, 2)
    rest = recorder.get(path, after_row=first["next"]).json()
    assert (len(rest["content"].splitlines()), rest["next"]) == (2, None)
    assert [row["number"] for row in rows_of(recorder, made)] == [1, 2, 3]
