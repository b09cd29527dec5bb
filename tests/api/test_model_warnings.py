"""A second model of a type in one village is recorded with a warning, at both layers."""

from typing import Any

import pytest

from app.domain.actor import Level, Role
from tests.api.records import change, village
from tests.application import Application, Caller
from tests.give import PAPER, Country

READ = "query($id: ID!) { model(id: $id) { warnings } }"
WARNED = ["same_type_in_village"]


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


def record(caller: Caller, *units: str, type: str = "camera") -> dict[str, Any]:
    words = {"type": type, "units": list(units), "name": "Mô hình", "launched_on": "2020-01-01"}
    made = caller.post("/api/v1/models", words)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


def warnings(caller: Caller, model: dict[str, Any]) -> Any:
    found = caller.get(f"/api/v1/models/{model['id']}").json()["warnings"]
    assert caller.ask(READ, id=model["id"])["data"]["model"]["warnings"] == found
    return found


def test_the_second_of_a_type_has_a_warning(approver: Caller, country: Country) -> None:
    first, second = village(approver, country), village(approver, country)
    one = record(approver, first)
    assert one["warnings"] == []
    assert record(approver, first, type="to_hoa_giai")["warnings"] == []
    assert record(approver, second)["warnings"] == []
    wide = record(approver, second, first)
    assert wide["warnings"] == WARNED
    assert warnings(approver, one) == WARNED


def test_it_ends_with_what_it_was_about(approver: Caller, country: Country) -> None:
    unit = village(approver, country)
    one, two, three = (record(approver, unit) for _ in range(3))
    paths = [f"/api/v1/models/{model['id']}" for model in (two, three)]
    retired = {"action": "retire", "reason": "x", "document_id": str(PAPER)}
    assert approver.move(paths[0], retired).status_code == 200
    assert warnings(approver, one) == WARNED
    assert warnings(approver, two) == []
    assert change(approver, paths[1], type="to_hoa_giai").status_code == 200
    assert warnings(approver, one) == []


def test_a_commune_may_have_several(approver: Caller, country: Country) -> None:
    record(approver, str(country["1.1"]))
    assert record(approver, str(country["1.1"]))["warnings"] == []
