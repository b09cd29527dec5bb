"""Files of clerks over HTTP: read as meant, or named with the place; a dry run is the commit."""

from random import Random
from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Role
from app.domain.records.files.tables.read import XLSX
from bench.clerk_files import FIELDS, ClerkFile, make_clerk_file
from tests.application import Application, Caller
from tests.dice import make_seed
from tests.files.test_cells import book

IMPORT, CORRECTIONS = "/api/v1/units/import", "/api/v1/unit-reorganisations/import"
PARENTS = ["02083", "01981"]
FILES = 30
TITLES = "Mã cũ;Mã mới;Ngày hiệu lực"


@pytest.fixture
def clerk(atlas: Application) -> Caller:
    return atlas.national(Role.RECORDER, Role.UNIT_ADMIN)


def send(caller: Caller, file: ClerkFile, path: str = IMPORT, **params: Any) -> Any:
    headers = {"content-type": file.media_type}
    return caller.send("POST", path, content=file.content, headers=headers, params=params)


def village(caller: Caller, id: str) -> dict[str, Any]:
    path = f"/api/v1/units/{id}"
    found = caller.get(path, fields="name,kind,valid_from,parent[code]").json()
    found["parent"] = found["parent"]["code"]
    return {name: found[name] for name in FIELDS}


def places(body: dict[str, Any]) -> set[tuple[Any, ...]]:
    return {(fault["sheet"], fault["row"], fault["column"]) for fault in body["faults"]}


def test_files_of_clerks_are_read_as_meant_or_named_with_the_place(clerk: Caller) -> None:
    dice, written = Random(make_seed("clerks")), 0
    for number in range(FILES):
        file = make_clerk_file(dice, PARENTS, f"{uuid4().hex[:8]}x{number}")
        dry = send(clerk, file).json()
        assert places(dry) == file.faults
        done = send(clerk, file, dry_run=False, plan_hash=dry["plan_hash"])
        assert done.status_code == (422 if file.faults else 200)
        if file.faults:
            continue
        made = done.json()
        assert (made["created"], made["plan_hash"]) == (dry["created"], dry["plan_hash"])
        assert [village(clerk, id) for id in made["unit_ids"]] == file.meant
        again = send(clerk, file, dry_run=False)
        assert (again.status_code, again.json()["code"]) == (422, "rows_invalid")
        assert len(again.json()["result"]["faults"]) == len(file.meant)
        written += 1
    assert 5 < written < FILES


def test_a_code_without_its_zeros_names_the_likely_one(clerk: Caller) -> None:
    cells = {"A1": "Mã xã", "B1": "Tên thôn", "A3": 2083, "B3": "Nà Bản", "A4": 9, "B4": "Nà Hin"}
    told = send(clerk, ClerkFile(XLSX, book(cells))).json()["faults"]
    assert [(f["sheet"], f["row"], f["column"], f["value"], f["code"]) for f in told] == [
        ("S0", 3, "A", "2083", "code_lacks_zeros"), ("S0", 4, "A", "9", "unit_not_found"),
    ]  # fmt: skip
    assert "02083" in told[0]["message_vi"]
    assert "02083" in told[0]["message_en"]


def test_rows_over_graphql_are_counted_from_one(clerk: Caller) -> None:
    query = """mutation($rows: [VillageCreate!]!) { importVillages(rows: $rows, options: {}) {
        faultCount faults { row sheet column value code } } }"""
    rows = [{"parent": "02083", "name": "Nà"}, {"parent": "2083", "name": "Nà"}]
    found = clerk.ask(query, rows=rows)["data"]["importVillages"]
    fault = {"row": 2, "sheet": None, "column": None, "value": "2083", "code": "code_lacks_zeros"}
    assert found == {"faultCount": 1, "faults": [fault]}


def test_corrections_are_read_in_vietnamese(clerk: Caller) -> None:
    text = "Mã cũ;Mã mới;Ngày hiệu lực;Tỷ lệ;Chính;Ghi chú\n01978;01981;1/7/2025;100%;x;đã rõ\n"
    told = send(clerk, ClerkFile("text/csv", text.encode()), CORRECTIONS)
    assert told.status_code == 201, told.text
    (id,) = told.json()["ids"]
    draft = clerk.get(f"/api/v1/unit-reorganisations/{id}").json()
    assert draft["effective_on"] == "2025-07-01"


@pytest.mark.parametrize(
    ("text", "status", "code", "place"),
    [
        (f"{TITLES}\n\n01978;01981;31/6/2025\n", 422, "day_does_not_exist", (3, "C")),
        (f"{TITLES}\n1978;01981;1/7/2025\n", 404, "code_lacks_zeros", (2, "A")),
        (f"{TITLES}\n01978;99990;1/7/2025\n", 404, "unit_not_found", (2, "B")),
        ("Mã cũ;Ngày hiệu lực\n01978;1/7/2025\n", 422, "column_missing", (1, None)),
        (f"{TITLES}\n", 422, None, None),
        ("Xin chào\n", 422, "header_missing", (1, None)),
    ],
)  # fmt: skip
def test_a_wrong_file_of_corrections_drafts_nothing(
    clerk: Caller, text: str, status: int, code: str | None, place: tuple[int, str] | None
) -> None:
    told = send(clerk, ClerkFile("text/csv", text.encode()), CORRECTIONS)
    assert told.status_code == status, told.text
    errors = [(f["code"], (f["row"], f["column"])) for f in told.json().get("errors", [])]
    assert errors == ([(code, place)] if code else [])
