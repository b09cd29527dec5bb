"""Exports: any list as a file, as its asker sees it, at both layers."""

import csv
import io
import json
import random
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.db.tables.exports import ExportFormat
from app.domain.actor import Level, Role
from app.domain.exchange.exports.expiry import delete_expired_exports
from app.domain.exchange.exports.files import FILES
from app.domain.exchange.exports.worker import write_export
from app.domain.records.files.tables.cells import WHOLE
from app.domain.records.files.tables.form import Column, TableForm
from app.domain.records.files.tables.formulas import neutralise, restore
from app.domain.records.files.tables.read import READERS, XLSX
from tests.application import Application, Caller, runner
from tests.dice import make_seed
from tests.give import Country

PATH = "/api/v1/exports"
CONTENT = "query($id: UUID!) { exportContent(id: $id) { fileName mediaType content } }"
MEDIA = {
    ExportFormat.CSV: "text/csv", ExportFormat.XLSX: XLSX,
    ExportFormat.NDJSON: "application/x-ndjson",
}  # fmt: skip
FORM = TableForm([Column("text", titles=("text",))], ())


@pytest.fixture
def recorder(application: Application, country: Country) -> Caller:
    return application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])


def add_school(caller: Caller, unit: Any, **over: Any) -> dict[str, Any]:
    data = {"unit": str(unit), "kind": "school", "name": f"Trường {uuid4().hex}"} | over
    made: dict[str, Any] = caller.post("/api/v1/organisations", data).json()
    return made


def ask_for(caller: Caller, **data: Any) -> str:
    answer = caller.post(PATH, {"resource": "organisations"} | data)
    assert answer.status_code == 201, answer.text
    assert answer.json()["state"] == "waiting"
    return str(answer.json()["id"])


def write(application: Application, id: str) -> None:
    state = application.app.state.resources
    runner().run(write_export(state.database, state.exports, UUID(id)))


def export_list(application: Application, caller: Caller, **data: Any) -> bytes:
    id = ask_for(caller, **data)
    write(application, id)
    answer = caller.get(f"{PATH}/{id}/content")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.content


def test_a_file_has_just_the_rows_of_the_list(
    application: Application, country: Country, recorder: Caller
) -> None:
    """Page by page: more rows than one page has, and none of another unit."""
    beside = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.2"])
    mark = f"nguồn {uuid4().hex}"
    own = [add_school(recorder, country["1.1"], source=mark)["id"] for _ in range(3)]
    other = add_school(beside, country["1.2"], source=mark)["id"]
    text = export_list(application, recorder, fields=["id", "source", "unit.code"], format="ndjson")
    rows = [json.loads(line) for line in text.splitlines()]
    assert [row["id"] for row in rows if row["source"] == mark] == own[::-1]
    assert other not in {row["id"] for row in rows}
    listed = recorder.get("/api/v1/organisations", limit=1, total="exact").json()
    assert len(rows) == listed["total"]


def test_filters_order_and_labels_are_those_of_the_request(
    application: Application, country: Country, recorder: Caller
) -> None:
    made = add_school(recorder, country["1.1"])
    more = {"filters": [f"id={made['id']}"], "order": "oldest", "fields": ["name", "kind"]}
    plain = list(
        csv.reader(io.StringIO(export_list(application, recorder, **more).decode("utf-8-sig")))
    )
    assert plain == [["name", "kind"], [made["name"], "school"]]
    told = export_list(application, recorder, **more, labels=True).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(told))) == [["Tên", "Loại"], [made["name"], "trường học"]]


def test_both_layers_give_the_file_and_the_audit_says_who_took_it(
    application: Application, country: Country, recorder: Caller
) -> None:
    made = add_school(recorder, country["1.1"])
    id = ask_for(recorder, filters=[f"id={made['id']}"], fields=["id"])
    assert recorder.get(f"{PATH}/{id}/content").json()["code"] == "export_not_ready"
    write(application, id)
    told = recorder.ask(CONTENT, id=id)["data"]["exportContent"]
    assert told["fileName"].startswith("organisations-")
    auditor = application.caller(Role.AUDITOR, level=Level.COMMUNE, unit=country["1.1"])
    entries = auditor.get("/api/v1/audit", resource_id=id).json()["items"]
    taken = [one["detail"] for one in entries if (one["detail"] or "").startswith("taken=")]
    assert [one.rpartition(" sha256=")[0] for one in taken] == ["taken=organisations rows=1"]


def test_what_the_list_refuses_the_export_refuses(recorder: Caller) -> None:
    def refuse(**data: Any) -> tuple[int, str]:
        answer = recorder.post(PATH, {"resource": "organisations"} | data)
        return answer.status_code, answer.json()["code"]

    assert refuse(resource="tips") == (403, "forbidden")
    assert refuse(resource="nothing") == (400, "unknown_name")
    assert refuse(filters=["nothing=1"]) == (400, "unknown_name")
    assert refuse(filters=["kind"]) == (422, "invalid_fields")
    assert refuse(filters=["kind=nothing"]) == (422, "invalid_fields")
    assert refuse(fields=["nothing"]) == (400, "unknown_name")
    assert refuse(fields=["identifiers.code"]) == (400, "unknown_name")
    assert refuse(order="nothing") == (400, "unknown_name")
    assert refuse(filters=["unit=99999"]) == (404, "unit_not_found")


def test_a_file_expires(application: Application, recorder: Caller) -> None:
    id = ask_for(recorder, fields=["id"])
    write(application, id)
    runner().run(_expire(application, id))
    assert recorder.get(f"{PATH}/{id}/content").json()["code"] == "export_expired"
    state = application.app.state.resources
    assert runner().run(delete_expired_exports(state.database, state.exports)) >= 1
    assert recorder.get(f"{PATH}/{id}").json()["state"] == "expired"
    assert recorder.get(f"{PATH}/{id}/content").json()["code"] == "export_expired"


async def _expire(application: Application, id: str) -> None:
    async with application.behind() as session:
        await session.run("UPDATE export SET expires_at = now() WHERE id = $1", (UUID(id),))


def test_an_export_of_somebody_whose_session_has_ended_fails(
    application: Application, country: Country
) -> None:
    """Revocation holds for what waits too: the file is written with the rights of that moment."""
    caller = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    id = ask_for(caller, fields=["id"])
    runner().run(_end_session(application, id))
    write(application, id)
    found = caller.get(f"{PATH}/{id}").json()
    assert (found["state"], found["failure"]) == ("failed", "unauthenticated")


async def _end_session(application: Application, id: str) -> None:
    """Let the export be that of a session of an earlier version, which no token has any more."""
    change = "UPDATE export SET acting = acting || '{\"session_version\": 9}' WHERE id = $1"
    async with application.behind() as session:
        await session.run(change, (UUID(id),))


def list_payloads(count: int) -> list[str]:
    """Draw texts that a spreadsheet would calculate."""
    dice = random.Random(make_seed("formulas"))
    starts = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'", "''", "'=", "''-", "\n="]
    ends = [
        "1+1",
        "cmd|' /C calc'!A0",
        'HYPERLINK("x","y")',
        "SUM(A1:A9)",
        'Điện, nước;"',
        "_x000D_",
    ]
    return [
        f"{dice.choice(starts)}{dice.choice(starts)}{dice.choice(ends)}{dice.randrange(10**6)}"
        for _ in range(count)
    ]


@pytest.mark.parametrize("format", ExportFormat)
def test_300_formulas_are_neutralised_and_restored_exactly(format: ExportFormat) -> None:
    payloads, file = list_payloads(300), io.BytesIO()
    table = FILES[format](file, ["text"])
    for text in payloads:
        table.add_row([text])
    table.close()
    content = file.getvalue()
    (sheet,) = READERS[MEDIA[format]](content, FORM, WHOLE)
    rows = [row for _, row in sheet.rows][1:]
    assert [row[0].text for row in rows] == payloads
    assert {row[0].kind for row in rows} == {"text"}
    if format is ExportFormat.CSV:
        cells = [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
        assert not [cell for cell in cells if cell[0] in "=+-@\t\r\n＝＋－＠"]


def test_every_text_is_restored() -> None:
    dice = random.Random(make_seed("texts"))
    for _ in range(2_000):
        text = "".join(dice.choice("'=+-@a \t\r\n1＝") for _ in range(dice.randrange(1, 7)))
        assert restore(neutralise(text)) == text
        assert neutralise(text)[0] not in "=+-@\t\r\n＝"
