"""Households that pledged, core and influential people take part by number, at both layers."""

import pytest

from app.domain.actor import Level, Role
from tests.api.records import id_of, make
from tests.application import Application
from tests.give import Country

KINDS = {"household": 40, "pledged_household": 38, "core_person": 5, "influential_person": 2}
ASK = """query($id: UUID!) { modelMembers(id: $id, on: "2024-01-01") {
    totals { kind present } } }"""


def test_they_are_counted_on_a_day(application: Application, country: Country) -> None:
    caller = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    words = {"type": "camera", "units": [str(country["1.1"])], "launched_on": "2020-01-01"}
    path = make(caller, "models", **words, name="Camera")
    for kind, count in KINDS.items():
        body = {"kind": kind, "count": count, "joined_on": "2023-01-01"}
        assert caller.change("POST", path, body, at="/members").status_code == 200
    totals = caller.get(f"{path}/members", on="2024-01-01").json()["totals"]
    assert {one["kind"]: one["present"] for one in totals} == KINDS
    assert caller.get(f"{path}/members", on="2022-12-31").json()["totals"] == []
    asked = caller.ask(ASK, id=id_of(path))["data"]["modelMembers"]["totals"]
    assert {one["kind"].lower(): one["present"] for one in asked} == KINDS


@pytest.mark.parametrize("kind", ["core_person", "influential_person", "pledged_household"])
def test_nobody_is_named(application: Application, country: Country, kind: str) -> None:
    caller = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    path = make(caller, "models", type="camera", units=[str(country["1.1"])], name="Camera")
    body = {"kind": kind, "name": "Nguyễn Văn A", "joined_on": "2023-01-01"}
    refused = caller.change("POST", path, body, at="/members")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "name_not_taken")
