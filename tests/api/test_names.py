"""However a name is spelt it is one name: in one place and on one day it stands once."""

import unicodedata
from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.api.test_villages import csv, send
from tests.application import Application, Caller
from tests.give import Country
from tests.spellings import HIDDEN, NAME, SPELLINGS

REORGANISATIONS = "/api/v1/unit-reorganisations"
TEAMS = """mutation($data: TeamCreate!) { createTeam(data: $data) { id name } }"""
DOCUMENT = {
    "kind": "decision", "number": "05", "symbol": "QĐ-UBND", "title": "Về việc thành lập tổ",
    "issuer": "UBND xã", "issuer_eid": "H49.12.3", "level": "commune", "issued_on": "2024-03-05",
}  # fmt: skip
PLACED: dict[str, dict[str, Any]] = {
    "teams": {"kind": "protection_team"},
    "organisations": {"kind": "school"},
}  # fmt: skip


@pytest.fixture
def officer(application: Application, country: Country) -> Caller:
    roles = (Role.RECORDER, Role.APPROVER)
    return application.caller(*roles, level=Level.COMMUNE, unit=country["1.1"])


def _name() -> str:
    return f"{NAME} {uuid4().hex[:6]}"


@pytest.mark.parametrize("spelling", SPELLINGS | HIDDEN)
def test_a_village_is_imported_once(officer: Caller, country: Country, spelling: str) -> None:
    name, parent = _name(), str(country["1.1"])
    assert officer.post("/api/v1/units", {"parent": parent, "name": name}).status_code == 201
    row = {"parent": parent, "name": (SPELLINGS | HIDDEN)[spelling](name)}
    code = "invalid_fields" if spelling in HIDDEN else "village_exists"  # files are read kindly
    for again in (row, row | {"name": f"Thôn {row['name']}"}, row | {"name": f"THÔN {name}"}):
        [fault] = send(officer, csv(again)).json()["faults"]
        assert (fault["field"], fault["code"]) == ("name", "village_exists")
        if again["name"] != f"THÔN {name}":
            assert officer.post("/api/v1/units", again).json()["code"] == code


def test_the_kind_is_taken_off_once_and_no_other(officer: Caller, country: Country) -> None:
    def make(name: str, kind: str = "village") -> tuple[str, str]:
        body = {"parent": str(country["1.1"]), "name": name, "kind": kind}
        made = officer.post("/api/v1/units", body).json()
        return made["name"], made["full_name"]

    one, two, three = _name(), _name(), _name()
    assert make(f"Thôn {one}") == (one, f"Thôn {one}")
    assert make(f"Bản {two}") == (f"Bản {two}", f"Thôn Bản {two}")
    assert make(f"Thôn  Thôn {three}") == (f"Thôn {three}", f"Thôn Thôn {three}")
    assert make(f"TDP {three}", "residential_group") == (three, f"Tổ dân phố {three}")


def test_a_name_is_stored_with_one_blank_between_words(officer: Caller, country: Country) -> None:
    unit, name = str(country["1.1"]), _name()
    loose = unicodedata.normalize("NFD", f"  {name}\u00a0 tổ  ")
    made = officer.post("/api/v1/teams", PLACED["teams"] | {"unit": unit, "name": loose}).json()
    assert made["name"] == f"{name} tổ"
    data = {"unit": unit, "name": loose + "hai", "kind": "PROTECTION_TEAM"}
    assert officer.ask(TEAMS, data=data)["data"]["createTeam"]["name"] == f"{name} tổ hai"


def test_a_change_of_name_takes_no_name_that_stands(officer: Caller, country: Country) -> None:
    where = PLACED["organisations"] | {"unit": str(country["1.1"])}
    one, two = (officer.post("/api/v1/organisations", where | {"name": _name()}) for _ in "12")
    body, tag = {"name": one.json()["name"].upper()}, {"if-match": two.headers["etag"]}
    path = f"/api/v1/organisations/{two.json()['id']}"
    refused = officer.send("PATCH", path, json=body, headers=tag)
    assert (refused.status_code, refused.json()["code"]) == (409, "name_taken")
    kept = officer.send("PATCH", path, json={"name": _name()}, headers=tag)
    assert kept.status_code == 200


def test_many_teams_name_the_row_that_repeats(officer: Caller, country: Country) -> None:
    name, where = _name(), PLACED["teams"] | {"unit": str(country["1.1"])}
    rows = [where | {"name": _name()}, where | {"name": name}, where | {"name": name.upper()}]
    refused = officer.post("/api/v1/teams/bulk", {"teams": rows}).json()
    assert [error["pointer"] for error in refused["errors"]] == ["/teams/2/name"]


@pytest.mark.parametrize(
    ("number", "symbol"),
    [("05", "qđ-ubnd"), ("5", "QĐ-UBND"), ("05", "QD-UBND"), ("05", "QĐ/UBND")],
)
def test_a_paper_is_recorded_once(
    officer: Caller, country: Country, number: str, symbol: str
) -> None:
    paper = DOCUMENT | {"unit": str(country["1.1"]), "issuer_eid": f"H49.{uuid4().int % 10**9}"}
    assert officer.post("/api/v1/documents", paper).status_code == 201
    again = officer.post("/api/v1/documents", paper | {"number": number, "symbol": symbol})
    assert (again.status_code, again.json()["code"]) == (409, "document_exists")
    other = officer.post("/api/v1/documents", paper | {"symbol": "KH-UBND"})
    assert other.status_code == 201


def test_a_reorganisation_takes_the_kind_off_and_no_name_that_stands(
    spare: tuple[Application, Country],
) -> None:
    application, country = spare
    admin = application.caller(Role.UNIT_ADMIN, level=Level.NATIONAL, unit=country[""])
    new = {"ref": "new", "kind": "commune", "parent": str(country["1"])}
    body = {"title": "Lập xã", "decision": "1/NQ", "effective_on": "2025-07-01"}

    def try_dry(*names: str) -> tuple[str, dict[str, Any]]:
        units = [new | {"name": name, "ref": f"u{n}"} for n, name in enumerate(names)]
        id = admin.post(REORGANISATIONS, body | {"new_units": units}).json()["id"]
        return id, admin.post(f"{REORGANISATIONS}/{id}/dry-run").json()

    id, dry = try_dry("Xã Mới")
    step = {"action": "commit", "plan_hash": dry["plan_hash"]}
    assert admin.move(f"{REORGANISATIONS}/{id}", step).status_code == 200
    found = admin.get("/api/v1/units", search="xa moi", fields="name,full_name").json()["items"]
    assert found[0] == {"name": "Mới", "full_name": "Xã Mới"}
    _, dry = try_dry("Xã Khác", "XÃ  MỚI", "khác")
    faults = [(fault["pointer"], fault["code"]) for fault in dry["faults"]]
    assert faults == [("/new_units/1/name", "name_taken"), ("/new_units/2/name", "name_taken")]
