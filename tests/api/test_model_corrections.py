"""Models and recognitions entered wrongly are corrected; figures follow, at both layers."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.api.records import change, code, id_of, make, village
from tests.application import Application, Caller
from tests.give import PAPER, Country

CHANGE = """mutation($id: UUID!, $v: Int!, $data: ModelChange!) {
    changeModel(id: $id, data: $data, expectedVersion: $v) {
        launchedOn lastActiveOn unitId hosts(first: 5) { unitId } type { code } } }"""
RECOGNISE = """mutation($id: UUID!, $v: Int!, $data: RecognitionChange!) {
    changeRecognition(id: $id, data: $data, expectedVersion: $v) { year recognisedOn level } }"""


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


def model(caller: Caller, unit: Any, **over: Any) -> str:
    words = {"type": "camera", "units": [str(unit)], "name": "Camera", "launched_on": "2020-06-01"}
    return make(caller, "models", **words | over)


class TestModels:
    def count_covered(self, caller: Caller, unit: str, day: str, type: str = "camera") -> int:
        asked = {"unit": unit, "on": day}
        found = caller.get(f"/api/v1/model-types/{type}/coverage", **asked).json()["covered"]
        tally = caller.get("/api/v1/model-tally", **asked).json()["by_type"]
        assert found == sum(one["sites"] for one in tally if one["code"] == type)
        return int(found)

    def test_the_day_of_the_launch(self, approver: Caller, country: Country) -> None:
        unit = village(approver, country)
        path = model(approver, unit, households=12)
        for step, day in (("operate", "2020-07-01"), ("suspend", "2021-01-01")):
            assert approver.move(
                path, {"action": step, "reason": "x", "effective_on": day}
            ).is_success
        assert self.count_covered(approver, unit, "2020-05-15") == 0
        done = change(approver, path, launched_on="2020-05-01")
        assert (done.status_code, done.json()["launched_on"]) == (200, "2020-05-01")
        days = {"2020-04-30": 0, "2020-05-15": 1, "2020-12-31": 1, "2021-01-01": 0}
        assert {day: self.count_covered(approver, unit, day) for day in days} == days
        households = approver.get(
            "/api/v1/model-types/camera/coverage", unit=unit, on="2020-05-15"
        ).json()["households"]
        assert households == 12
        later = change(approver, path, launched_on="2020-07-02")
        assert code(later) == (422, "before_the_last_step")
        assert code(change(approver, path, launched_on="2999-01-01"))[0] == 422

    def test_the_step_after_a_corrected_launch_follows_it(
        self, approver: Caller, country: Country
    ) -> None:
        path = model(approver, village(approver, country))
        assert change(approver, path, launched_on="2020-03-01").is_success
        step = {"action": "operate", "effective_on": "2020-04-01"}
        assert approver.move(path, step).status_code == 200
        other = model(approver, village(approver, country))
        assert change(approver, other, launched_on="2020-08-01").is_success
        assert code(approver.move(other, step)) == (422, "before_the_last_step")

    def test_a_model_that_was_not_launched_has_no_such_day(
        self, approver: Caller, country: Country
    ) -> None:
        path = model(approver, village(approver, country), launched_on=None)
        assert code(change(approver, path, launched_on="2020-01-01")) == (409, "not_launched")
        assert change(approver, path, launched_on=None).status_code == 422

    def test_the_hosts(self, approver: Caller, country: Country) -> None:
        wrong, right, second = (village(approver, country) for _ in range(3))
        path = model(approver, wrong)
        done = change(approver, path, units=[right, second])
        assert (done.status_code, done.json()["unit_id"]) == (200, right)
        units = (wrong, right, second)
        found = [self.count_covered(approver, unit, "2024-01-01") for unit in units]
        assert found == [0, 1, 1]
        assert approver.get("/api/v1/models", unit=wrong).json()["items"] == []
        assert code(change(approver, path, units=[str(country["2.1"])])) == (404, "unit_not_found")
        assert code(change(approver, path, launched_on="2009-01-01")) == (404, "unit_not_found")
        assert change(approver, path, units=[]).status_code == 422

    def test_who_hosts_a_part_does_not_take_the_lead(
        self, application: Application, approver: Caller, country: Country
    ) -> None:
        path = model(
            approver, village(approver, country), units=[str(country["1.1"]), str(country["1.2"])]
        )
        beside = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.2"])
        taken = change(beside, path, units=[str(country["1.2"])])
        assert code(taken) == (404, "unit_not_found")

    def test_the_type_stays_that_of_its_line(self, approver: Caller, country: Country) -> None:
        unit = village(approver, country)
        first = model(approver, unit)
        copy = model(approver, unit, replicated_from=id_of(first), launched_on="2020-08-01")
        for path in (first, copy):
            assert code(change(approver, path, type="to_hoa_giai")) == (422, "before_its_source")
        assert code(change(approver, first, launched_on="2020-09-01")) == (422, "before_its_source")
        assert code(change(approver, first, type="khong_co")) == (404, "model_type_not_found")
        assert approver.change("POST", copy, {"reason": "x"}, at="/void").is_success
        assert change(approver, first, type="to_hoa_giai").is_success
        assert self.count_covered(approver, unit, "2024-01-01", "to_hoa_giai") == 1
        assert self.count_covered(approver, unit, "2024-01-01") == 0

    def test_over_graphql(self, approver: Caller, country: Country) -> None:
        unit, path = village(approver, country), model(approver, village(approver, country))
        data = {"launchedOn": "2020-01-01", "units": [unit], "type": "to_hoa_giai"}
        asked = approver.ask(CHANGE, id=id_of(path), v=1, data=data)
        assert asked["data"]["changeModel"] == {
            "launchedOn": "2020-01-01", "lastActiveOn": "2020-01-01", "unitId": unit,
            "hosts": [{"unitId": unit}], "type": {"code": "to_hoa_giai"},
        }  # fmt: skip


class TestRecognitions:
    def give(self, caller: Caller, country: Country) -> str:
        words = {"type": "camera", "unit": str(country["1.1"]), "level": "commune", "year": 2020}
        return make(caller, "model-recognitions", **words, scope="commune")

    def test_year_and_day_go_together(self, approver: Caller, country: Country) -> None:
        path = self.give(approver, country)
        alone = change(approver, path, recognised_on="2021-03-01")
        assert code(alone) == (422, "day_in_another_year")
        both = change(approver, path, recognised_on="2021-03-01", year=2021, decision="1/QĐ")
        assert (both.status_code, both.json()["year"]) == (200, 2021)
        assert code(change(approver, path, year=2020))[1] == "day_in_another_year"
        assert code(change(approver, path, level="ministry")) == (403, "not_of_your_level")
        unknown = change(approver, path, document_id=str(uuid4()))
        assert code(unknown) == (404, "document_not_found")
        assert change(approver, path, document_id=str(PAPER)).is_success

    def test_over_graphql(self, approver: Caller, country: Country) -> None:
        path = self.give(approver, country)
        data = {"year": 2019, "recognisedOn": "2019-05-01"}
        asked = approver.ask(RECOGNISE, id=id_of(path), v=1, data=data)
        row = {"year": 2019, "recognisedOn": "2019-05-01", "level": "COMMUNE"}
        assert asked["data"]["changeRecognition"] == row
