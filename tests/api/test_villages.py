"""Villages: made by hand or from a table, at both layers."""

import io
from typing import Any
from uuid import uuid4

import pytest
import xlsxwriter

from app.domain.actor import Level, Role
from app.domain.records.files.reader import XLSX
from tests.application import Application, Caller
from tests.give import Country

CREATE = """mutation($data: VillageCreate!) {
    createVillage(data: $data) { id fullName level parent { name } validFrom } }"""
IMPORT = """mutation($rows: [VillageCreate!]!, $options: ImportOptions!) {
    importVillages(rows: $rows, options: $options) {
        rows created dryRun planHash faults { row field code messageVi } } }"""


@pytest.fixture
def recorder(application: Application, country: Country) -> Caller:
    return application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])


def village(country: Country, **over: Any) -> dict[str, Any]:
    return {"parent": str(country["1.1"]), "name": f"Nà {uuid4().hex[:8]}"} | over


def csv(*rows: dict[str, Any]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(names), *(",".join(str(row.get(n, "")) for n in names) for row in rows)]
    return "\n".join(lines).encode()


def xlsx(*rows: dict[str, Any]) -> bytes:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet()
        names = list(dict.fromkeys(name for row in rows for name in row))
        for n, line in enumerate([names, *([row.get(x, "") for x in names] for row in rows)]):
            sheet.write_row(n, 0, line)
    return book.getvalue()


def send(caller: Caller, content: bytes, kind: str = "text/csv", **params: Any) -> Any:
    headers = {"content-type": kind}
    path = "/api/v1/units/import"
    return caller.send("POST", path, content=content, headers=headers, params=params)


def test_who_may_and_where(application: Application, recorder: Caller, country: Country) -> None:
    viewer = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.1"])
    neighbour = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.2"])
    new = village(country)
    for caller, status, code in (
        (application.nobody, 401, None),
        (viewer, 403, "forbidden"),
        (neighbour, 404, "unit_not_found"),
    ):
        assert caller.post("/api/v1/units", new).status_code == status
        assert send(caller, csv(new), dry_run=False).status_code in (status, 422)
        if code:
            told = caller.ask(CREATE, data=new)["errors"][0]["extensions"]["code"]
            assert told == code
    assert recorder.post("/api/v1/units", new).status_code == 201


def test_a_village_stands_below_its_commune(recorder: Caller, country: Country) -> None:
    made = recorder.post("/api/v1/units", village(country, kind="hamlet", name="Lũng Vài")).json()
    assert (made["full_name"], made["level"]) == ("Bản Lũng Vài", "village")
    found = recorder.get(f"/api/v1/units/{made['id']}", expand="parent,ancestors").json()
    assert found["parent"]["id"] == str(country["1.1"])
    assert len(found["ancestors"]) == 3
    search = recorder.get("/api/v1/units", search="lung vai").json()["items"]
    assert made["id"] in [unit["id"] for unit in search]
    again = recorder.post("/api/v1/units", village(country, kind="hamlet", name="Lũng Vài"))
    assert (again.status_code, again.json()["code"]) == (409, "village_exists")


def test_graphql_makes_the_same(recorder: Caller, country: Country) -> None:
    data = village(country, kind="RESIDENTIAL_GROUP", validFrom="2020-01-01")
    made = recorder.ask(CREATE, data=data)["data"]["createVillage"]
    assert made["fullName"] == f"Tổ dân phố {data['name']}"
    assert made["validFrom"] == "2020-01-01"


@pytest.mark.parametrize("kind", ["text/csv", XLSX])
def test_a_table_is_tried_dry_then_written_as_it_was_seen(
    recorder: Caller, country: Country, kind: str
) -> None:
    rows = [village(country, kind="village", valid_from="2019-02-03") for _ in range(5)]
    content = csv(*rows) if kind == "text/csv" else xlsx(*rows)
    dry = send(recorder, content, kind).json()
    assert (dry["rows"], dry["created"], dry["faults"], dry["unit_ids"]) == (5, 5, [], [])
    search = {"parent": str(country["1.1"]), "total": "exact", "limit": 1}
    before = recorder.get("/api/v1/units", **search).json()["total"]
    done = send(recorder, content, kind, dry_run=False, plan_hash=dry["plan_hash"]).json()
    assert (done["created"], len(done["unit_ids"])) == (5, 5)
    assert recorder.get("/api/v1/units", **search).json()["total"] == before + 5
    again = send(recorder, content, kind, dry_run=False, plan_hash=dry["plan_hash"])
    assert again.status_code in (409, 422)


def test_each_bad_row_is_reported_and_nothing_is_written(
    recorder: Caller, country: Country
) -> None:
    good, twin = village(country), village(country)
    rows = [good, twin, twin, village(country, kind="castle"), village(country, parent="00000")]
    rows += [
        village(country, parent=str(country["1.2"])),
        village(country, parent=str(country["1"])),
    ]
    dry = send(recorder, csv(*rows)).json()
    told = [(fault["row"], fault["field"], fault["code"]) for fault in dry["faults"]]
    assert told == [
        (4, "name", "village_exists"),
        (5, "kind", "not_a_choice"),
        (6, "parent", "unit_not_found"),
        (7, "parent", "unit_not_found"),
        (8, "parent", "unit_not_found"),
    ]
    refused = send(recorder, csv(*rows), dry_run=False)
    assert (refused.status_code, refused.json()["code"]) == (422, "rows_invalid")
    assert [fault["row"] for fault in refused.json()["result"]["faults"]] == [4, 5, 6, 7, 8]
    found = recorder.get("/api/v1/units", search=good["name"]).json()["items"]
    assert found == []


def test_the_same_table_over_graphql(recorder: Caller, country: Country) -> None:
    rows = [village(country), village(country, parent="00000")]
    found = recorder.ask(IMPORT, rows=rows, options={"dryRun": True})["data"]["importVillages"]
    assert (found["rows"], found["created"]) == (2, 0)
    assert [fault["code"] for fault in found["faults"]] == ["unit_not_found"]


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"", "text/csv", 422, "file_without_rows"),
        (b"parent,name\n", "text/csv", 422, "file_without_rows"),
        (b"\xff\xfe\x00", "text/csv", 422, "file_unreadable"),
        (b"not a workbook", XLSX, 422, "file_unreadable"),
        (b"[" * 50_000, "application/x-ndjson", 422, "file_unreadable"),
        (b"[1]", "application/x-ndjson", 422, "file_unreadable"),
        (b"x", "application/pdf", 415, "wrong_media_type"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(
    recorder: Caller, content: bytes, kind: str, status: int, code: str
) -> None:
    answer = send(recorder, content, kind)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_village_of_long_ago_goes_along_with_its_commune(atlas: Application) -> None:
    clerk = atlas.national(Role.RECORDER)
    new = {"parent": "01978", "name": f"Nà {uuid4().hex[:6]}", "valid_from": "2012-01-01"}
    id = clerk.post("/api/v1/units", new).json()["id"]

    def parent(day: str) -> str:
        found = clerk.get(f"/api/v1/units/{id}", fields="parent[full_name]", as_of=day).json()
        name: str = found["parent"]["full_name"]
        return name

    assert parent("2020-01-01") == "Xã Sỹ Bình"
    assert parent("2026-01-01") == "Xã Vĩnh Thông"
    mended = {"reason": "Của một bài kiểm thử: các xã của bản demo giữ số thôn của mình"}
    path, approver = f"/api/v1/units/{id}", atlas.national(Role.APPROVER)
    assert approver.change("POST", path, mended, at="/void").status_code == 200


def test_a_commune_that_has_ended_takes_no_village_and_names_its_successors(
    atlas: Application,
) -> None:
    clerk = atlas.national(Role.RECORDER)
    old = clerk.get("/api/v1/units/01978", as_of="2025-01-01").json()["id"]
    answer = clerk.post("/api/v1/units", {"parent": old, "name": "Nà Mới"})
    assert (answer.status_code, answer.json()["code"]) == (409, "unit_closed")
    assert [unit["code"] for unit in answer.json()["successors"]] == ["01981"]
