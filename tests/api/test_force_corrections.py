"""Teams and committees entered wrongly are corrected; figures follow, at both layers."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.api.records import change, code, id_of, make, village
from tests.application import Application, Caller
from tests.give import PAPER, Country

TEAM = """mutation($id: UUID!, $v: Int!, $data: TeamChange!) {
    changeTeam(id: $id, data: $data, expectedVersion: $v) { unitId establishedOn dissolvedOn } }"""
COMMITTEE = """mutation($id: UUID!, $v: Int!, $data: CommitteeChange!) {
    changeCommittee(id: $id, data: $data, expectedVersion: $v) { establishedOn since scope } }"""


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


class TestTeams:
    def give(self, caller: Caller, unit: str, **over: Any) -> str:
        words = {"kind": "patrol_group", "unit": unit, "name": f"Tổ {uuid4().hex[:6]}"}
        return make(caller, "teams", **words | {"established_on": "2020-06-01"} | over)

    def teams(self, caller: Caller, unit: str, day: str) -> int:
        found: int = caller.get("/api/v1/teams/tally", unit=unit, on=day).json()["teams"]
        return found

    def test_its_days(self, approver: Caller, country: Country) -> None:
        unit = village(approver, country)
        path = self.give(approver, unit)
        member = make(approver, f"{path.removeprefix('/api/v1/')}/members", name="Người")
        member = f"/api/v1/team-members/{id_of(member)}"
        for step, day in (
            ("select", "2020-07-01"),
            ("recognise", "2020-07-02"),
            ("begin", "2020-07-03"),
        ):
            assert approver.move(member, {"action": step, "effective_on": day}).is_success
        assert change(approver, path, established_on="2020-05-01").is_success
        assert self.teams(approver, unit, "2020-05-15") == 1
        assert code(change(approver, path, established_on="2020-07-04")) == (422, "too_early")
        assert code(change(approver, path, dissolved_on="2021-01-01")) == (409, "no_such_day")
        end = {
            "action": "dissolve",
            "reason": "x",
            "document_id": str(PAPER),
            "effective_on": "2022-01-01",
        }
        assert approver.move(path, end).is_success
        assert change(approver, path, dissolved_on="2021-06-01").is_success
        days = {"2020-04-30": 0, "2020-05-15": 1, "2021-05-31": 1, "2021-06-01": 0}
        assert {day: self.teams(approver, unit, day) for day in days} == days
        [kind] = approver.get("/api/v1/teams/tally", unit=unit, on="2021-05-31").json()["kinds"]
        assert kind["people"] == 1
        assert code(change(approver, path, dissolved_on="2020-07-01")) == (422, "too_early")

    def test_its_unit_and_its_members_with_it(self, approver: Caller, country: Country) -> None:
        wrong, right = village(approver, country), village(approver, country)
        path = self.give(approver, wrong)
        made = make(approver, f"{path.removeprefix('/api/v1/')}/members", name="Người")
        done = change(approver, path, unit=right, kind="core_group")
        assert (done.json()["unit_id"], done.json()["kind"]) == (right, "core_group")
        found = approver.get(f"/api/v1/team-members/{id_of(made)}").json()
        assert found["unit_id"] == right
        assert (
            self.teams(approver, wrong, "2024-01-01"),
            self.teams(approver, right, "2024-01-01"),
        ) == (0, 1)
        assert code(change(approver, path, unit=str(country["2.1"]))) == (404, "unit_not_found")

    def test_who_only_records_does_not_decide_on_days(
        self, application: Application, approver: Caller, country: Country
    ) -> None:
        path = self.give(approver, str(country["1.1"]))
        recorder = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
        assert change(recorder, path, established_on="2020-05-01").status_code == 403
        assert change(recorder, path, unit=str(country["1.1.1"])).status_code == 200

    def test_over_graphql(self, approver: Caller, country: Country) -> None:
        unit = village(approver, country)
        path = self.give(approver, str(country["1.1"]))
        data = {"unit": unit, "establishedOn": "2020-01-01"}
        asked = approver.ask(TEAM, id=id_of(path), v=1, data=data)
        row = {"unitId": unit, "establishedOn": "2020-01-01", "dissolvedOn": None}
        assert asked["data"]["changeTeam"] == row


class TestCommittees:
    def give(self, caller: Caller, unit: Any) -> str:
        return make(
            caller, "committees", unit=str(unit), scope="movement", size=9,
            name=f"BCĐ {uuid4().hex[:6]}", chair_position="Chủ tịch", established_on="2020-06-01",
        )  # fmt: skip

    def test_its_days_unit_and_scope(self, approver: Caller, country: Country) -> None:
        path, unit = self.give(approver, country["1.1"]), village(approver, country)
        done = change(approver, path, established_on="2020-05-01", unit=unit).json()
        assert (done["established_on"], done["since"], done["unit_id"]) == (
            "2020-05-01", "2020-05-01", unit,
        )  # fmt: skip
        assert code(change(approver, path, scope="model"))[0] == 422
        assert change(approver, path, scope="model", model_code="camera").is_success
        assert code(change(approver, path, dissolved_on="2021-01-01")) == (409, "no_such_day")
        step = {"action": "reorganise", "size": 7, "effective_on": "2021-01-01"}
        assert approver.move(path, step).is_success
        assert code(change(approver, path, established_on="2021-02-01")) == (422, "day_to_come")
        moved = change(approver, path, established_on="2020-07-01").json()
        assert (moved["established_on"], moved["since"]) == ("2020-07-01", "2021-01-01")
        [former] = approver.get(path, expand="former").json()["former"]
        assert (former["since"], former["until"]) == ("2020-07-01", "2021-01-01")

    def test_over_graphql(self, approver: Caller, country: Country) -> None:
        path = self.give(approver, country["1.1"])
        data = {"establishedOn": "2020-02-01", "scope": "CRIME_138"}
        asked = approver.ask(COMMITTEE, id=id_of(path), v=1, data=data)
        row = {"establishedOn": "2020-02-01", "since": "2020-02-01", "scope": "CRIME_138"}
        assert asked["data"]["changeCommittee"] == row
