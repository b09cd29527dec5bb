"""A village entered in error is voided: on the map it stood on no day, and it stays readable."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.actor import Level, Role
from tests.api.records import code, make
from tests.application import Application, Caller
from tests.give import Country

VOID = """mutation($id: UUID!, $v: Int!) { voidVillage(id: $id, expectedVersion: $v,
    data: {reason: "Nhập hai lần"}) { id voidedAt voidReason version } }"""
FIND = """query($name: String!) { units(where: {search: {eq: $name}}) { nodes { id } } }"""


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


def give(caller: Caller, country: Country, **over: Any) -> tuple[str, str, dict[str, Any]]:
    """A village: its path, its id, and the words that made it."""
    words = {"parent": str(country["1.1"]), "name": f"Nà {uuid4().hex[:8]}", "kind": "hamlet"}
    words |= {"valid_from": "2015-01-01"} | over
    path = make(caller, "units", **words)
    return path, path.rpartition("/")[2], words


def void(caller: Caller, path: str) -> Any:
    return caller.change("POST", path, {"reason": "Nhập nhầm"}, at="/void")


def existing(caller: Caller, country: Country, day: str) -> int:
    asked = {"unit": str(country["1.1"]), "on": day}
    found: int = caller.get("/api/v1/model-types/camera/coverage", **asked).json()["existing"]
    return found


def test_it_stood_on_no_day(approver: Caller, country: Country) -> None:
    days = ("2016-01-01", "2024-01-01")
    before = [existing(approver, country, day) for day in days]
    path, id, words = give(approver, country)
    assert [existing(approver, country, day) for day in days] == [one + 1 for one in before]
    gone = void(approver, path)
    assert (gone.status_code, gone.json()["void_reason"]) == (200, "Nhập nhầm"), gone.text
    assert [existing(approver, country, day) for day in days] == before
    below = approver.get("/api/v1/units", parent=words["parent"], search=words["name"])
    assert below.json()["items"] == []
    assert approver.ask(FIND, name=words["name"])["data"]["units"]["nodes"] == []
    kept = approver.get(path).json()
    assert (kept["name"], kept["valid_from"], kept["valid_to"]) == (
        words["name"], "2015-01-01", None,
    )  # fmt: skip
    assert code(void(approver, path)) == (409, "voided")
    words_of_model = {"type": "camera", "name": "Camera", "launched_on": "2020-01-01"}
    late = approver.post("/api/v1/models", words_of_model | {"units": [id]})
    assert late.status_code == 404, late.text


def test_its_name_and_code_are_free_again(approver: Caller, country: Country) -> None:
    path, _, words = give(approver, country, code=f"T{uuid4().hex[:6].upper()}")
    assert approver.post("/api/v1/units", words).status_code == 409
    assert void(approver, path).status_code == 200
    assert approver.post("/api/v1/units", words).status_code == 201


def test_it_stays_while_records_rest_on_it(approver: Caller, country: Country) -> None:
    path, id, _ = give(approver, country)
    words = {"type": "camera", "name": "Camera", "launched_on": "2020-01-01"}
    led = make(approver, "models", **words, units=[id])
    hosted = make(approver, "models", **words, units=[str(country["1.1"]), id])
    refused = void(approver, path)
    assert code(refused) == (409, "has_dependants")
    named = {one["id"] for one in refused.json()["dependants"]}
    assert named == {one.rpartition("/")[2] for one in (led, hosted)}
    for model in (led, hosted):
        assert void(approver, model).status_code == 200
    assert void(approver, path).status_code == 200


def test_only_an_entered_village_and_only_from_above(
    application: Application, approver: Caller, country: Country
) -> None:
    for unit in ("1.1", "1.1.2"):  # a commune, and a village that the map came with
        refused = void(approver, f"/api/v1/units/{country[unit]}")
        assert code(refused) == (409, "not_an_entered_village")
    path, id, _ = give(approver, country)
    himself = application.caller(Role.APPROVER, level=Level.VILLAGE, unit=UUID(id))
    assert void(himself, path).status_code == 403
    beside = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.2"])
    assert void(beside, path).status_code == 404


def test_over_graphql(approver: Caller, country: Country) -> None:
    _, id, _ = give(approver, country)
    row = approver.ask(VOID, id=id, v=1)["data"]["voidVillage"]
    assert (row["id"], row["voidReason"], row["version"]) == (id, "Nhập hai lần", 2)
    assert row["voidedAt"]
