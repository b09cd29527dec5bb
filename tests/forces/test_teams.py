"""The life of a team, its equipment, and many recorded at once."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Role
from tests.forces.give import DISSOLVE, MEMBERS, SINCE, TEAMS, Scenario, code_of, day

BULK = f"{TEAMS}/bulk"
MANY = "mutation($data: TeamsCreate!) { createTeams(data: $data) { created ids } }"


def test_a_new_record_can_be_read_at_both_layers(scenario: Scenario) -> None:
    made = scenario.give_team(decision="12/QĐ-UBND", counted_size=7)
    read = scenario.approver.get(f"{TEAMS}/{made['id']}")
    assert read.json() == made
    query = "query($id: ID!) { team(id: $id) { name state countedSize size sizeRule hasLeader } }"
    same = scenario.approver.ask(query, id=made["id"])["data"]["team"]
    assert same == {"name": made["name"], "state": "ESTABLISHED", "countedSize": 7, "size": 7,
                    "sizeRule": "NONE", "hasLeader": False}  # fmt: skip


def test_a_team_lives_from_proposed_to_dissolved(scenario: Scenario) -> None:
    made = scenario.give_team(established_on=None)
    assert (made["state"], made["allowed_actions"]) == ("proposed", ["establish", "decline"])
    path, approver = f"{TEAMS}/{made['id']}", scenario.approver
    for action, on, state in (
        ("establish", "2024-08-01", "established"), ("begin", "2024-08-02", "operating"),
        ("reorganise", "2025-01-01", "reorganised"), ("reorganise", "2025-02-01", "reorganised"),
        ("begin", "2025-02-02", "operating"),
    ):  # fmt: skip
        found = approver.move(path, {"action": action, "effective_on": on}).json()
        assert found["state"] == state
    assert found["established_on"] == "2024-08-01"
    ended = approver.move(path, DISSOLVE | {"effective_on": "2025-06-30"}).json()
    assert (ended["state"], ended["dissolved_on"]) == ("dissolved", "2025-06-30")
    assert ended["allowed_actions"] == []
    steps = approver.get(path, expand="transitions").json()["transitions"]
    assert [step["action"] for step in steps][-1] == "dissolve"
    assert steps[-1]["document_id"] == DISSOLVE["document_id"]


@pytest.mark.parametrize(("body", "status", "code"), [
    ({"action": "dissolve"}, 422, "invalid_fields"),
    ({"action": "dissolve", "reason": "Sáp nhập"}, 422, "invalid_fields"),
    ({"action": "establish"}, 409, "illegal_transition"),
    ({"action": "begin", "effective_on": "2999-01-01"}, 422, "day_to_come"),
    ({"action": "begin", "effective_on": "2024-06-30"}, 422, "too_early"),
    ({"action": "begin", "who": 1}, 422, "invalid_fields"),
])  # fmt: skip
def test_steps_that_are_refused(scenario: Scenario, body: Any, status: int, code: str) -> None:
    path = f"{TEAMS}/{scenario.give_team()['id']}"
    answer = scenario.approver.move(path, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_dissolving_twice_is_a_conflict(scenario: Scenario) -> None:
    path = f"{TEAMS}/{scenario.give_team()['id']}"
    assert scenario.approver.move(path, DISSOLVE).is_success
    again = scenario.approver.move(path, DISSOLVE)
    assert (again.status_code, again.json()["allowed_actions"]) == (409, [])


def test_with_a_team_ends_what_its_members_were_in_it(scenario: Scenario) -> None:
    team = scenario.give_team()["id"]
    leader, applicant = (
        scenario.active(team, "leader"),
        scenario.give_applicant(team, "Người thứ hai"),
    )
    assert scenario.approver.move(f"{TEAMS}/{team}", DISSOLVE | {"effective_on": day(0)}).is_success
    seen = scenario.approver.get(f"{MEMBERS}/{leader}", expand="terms,transitions").json()
    assert (seen["state"], seen["terms"][0]["until"]) == ("ended", day(0))
    assert seen["transitions"][-1]["reason"] == "Sáp nhập"
    gone = scenario.approver.get(f"{MEMBERS}/{applicant}").json()
    assert (gone["state"], gone["name"]) == ("ended", None)
    refused = scenario.approver.post(f"{TEAMS}/{team}/members", {"name": "Người thứ ba"})
    assert (refused.status_code, refused.json()["code"]) == (409, "team_closed")


def test_a_change_names_the_version_it_was_made_to(scenario: Scenario) -> None:
    team = scenario.give_team()
    path = f"{TEAMS}/{team['id']}"
    body = {"name": "Tổ bảo vệ an ninh"}
    assert scenario.approver.send("PATCH", path, json=body).status_code == 428
    stale = scenario.approver.send("PATCH", path, json=body, headers={"if-match": '"9"'})
    assert stale.status_code == 412
    assert scenario.approver.change("PATCH", path, body).json()["version"] == team["version"] + 1
    found = scenario.approver.get(TEAMS, search="to bao ve an ninh", limit=100).json()["items"]
    assert team["id"] in {one["id"] for one in found}


def test_equipment_is_recorded_line_by_line(scenario: Scenario) -> None:
    path = f"{TEAMS}/{scenario.give_team()['id']}"
    for body in ({"kind": "gậy", "count": 3}, {"kind": "gậy", "count": 1, "condition": "broken"},
                 {"kind": "gậy", "count": 2}, {"kind": "còi", "count": 5},
                 {"kind": "còi", "count": 0}):  # fmt: skip
        assert scenario.approver.change("POST", path, body, at="/equipment").is_success
    found = scenario.approver.get(path, expand="equipment").json()["equipment"]
    assert {(e["kind"], e["condition"], e["count"]) for e in found} == {
        ("gậy", "good", 2), ("gậy", "broken", 1)
    }  # fmt: skip


@pytest.mark.parametrize(("over", "status", "code"), [
    ({"name": " "}, 422, "invalid_fields"),
    ({"kind": "watch_list"}, 422, "invalid_fields"),
    ({"counted_size": -1}, 422, "invalid_fields"),
    ({"established_on": "2999-01-01"}, 422, "invalid_fields"),
    ({"established_on": day(-1)}, 422, "day_to_come"),
    ({"unit": "99999"}, 404, "unit_not_found"),
    ({"members": ["x"]}, 422, "invalid_fields"),
])  # fmt: skip
def test_bad_input_is_refused(scenario: Scenario, over: Any, status: int, code: str) -> None:
    answer = scenario.approver.post(TEAMS, scenario.team(**over))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


class TestManyAtOnce:
    def test_a_thousand_are_recorded_in_one_request(self, scenario: Scenario) -> None:
        names = [f"Tổ {n}" for n in range(1000)]
        body = [scenario.team(name=name, kind="mediation_group") for name in names]
        made = scenario.approver.post(BULK, {"teams": body})
        assert (made.status_code, made.json()["created"]) == (201, 1000), made.text
        ids = made.json()["ids"]
        for n in (0, 999):
            assert scenario.approver.get(f"{TEAMS}/{ids[n]}").json()["name"] == names[n]

    def test_more_than_a_thousand_are_refused(self, scenario: Scenario) -> None:
        body = {"kind": "mediation_group", "unit": "VN", "name": "x"}
        answer = scenario.approver.post(BULK, {"teams": [body] * 1001})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")
        assert scenario.approver.post(BULK, {"teams": []}).status_code == 422

    def test_each_fault_is_reported_with_its_row_and_none_is_recorded(
        self, scenario: Scenario
    ) -> None:
        known, fresh, kept = str(uuid4()), str(uuid4()), f"Tổ {uuid4()}"
        scenario.give_team(reference=known)
        body = [
            scenario.team(name=kept), scenario.team(unit="99999"), scenario.team(reference=known),
            scenario.team(established_on=day(-1)), scenario.team(reference=fresh),
            scenario.team(reference=fresh), scenario.team(unit=str(scenario.country["2.1"])),
        ]  # fmt: skip
        answer = scenario.approver.post(BULK, {"teams": body})
        assert (answer.status_code, answer.json()["code"]) == (422, "teams_refused")
        told = [(e["row"], e["pointer"], e["code"]) for e in answer.json()["errors"]]
        assert told == [
            (2, "/teams/1/unit", "unit_not_found"),
            (3, "/teams/2/reference", "team_already_recorded"),
            (4, "/teams/3/established_on", "day_to_come"),
            (6, "/teams/5/reference", "team_already_recorded"),
            (7, "/teams/6/unit", "unit_not_found"),
        ]
        found = scenario.approver.get(TEAMS, search=kept).json()["items"]
        assert found == []

    def test_graphql_tells_the_same_faults(self, scenario: Scenario) -> None:
        unit = str(scenario.country["1.1.1"])
        good, other, third = (
            {"kind": "YOUTH_SHOCK", "unit": unit, "name": f"Đội {uuid4()}"} for _ in range(3)
        )
        done = scenario.approver.ask(MANY, data={"teams": [good, other]})
        assert done["data"]["createTeams"]["created"] == 2
        refused = scenario.approver.ask(MANY, data={"teams": [third, third | {"unit": "99999"}]})
        assert code_of(refused) == "teams_refused"
        assert refused["errors"][0]["extensions"]["errors"][0]["row"] == 2

    def test_under_one_key_it_is_done_once(self, scenario: Scenario) -> None:
        body, key = {"teams": [scenario.team()]}, {"idempotency-key": str(uuid4())}
        first = scenario.approver.post(BULK, body, headers=key)
        again = scenario.approver.post(BULK, body, headers=key)
        assert first.json() == again.json()
        assert again.headers["idempotency-replayed"] == "true"


def test_the_same_reference_is_created_once(scenario: Scenario) -> None:
    body = scenario.team(reference=str(uuid4()))
    first, again = (scenario.approver.post(TEAMS, body) for _ in range(2))
    assert (again.status_code, again.json()["code"]) == (409, "team_already_recorded")
    assert again.json()["id"] == first.json()["id"]


def test_lists_are_narrowed(scenario: Scenario) -> None:
    team = scenario.give_team(kind="civil_defence", unit=str(scenario.country["1.1.3"]))
    for asked, there in (
        ({"kind": "civil_defence"}, True), ({"kind": "ward_guard"}, False),
        ({"state": "established"}, True), ({"state": "dissolved"}, False),
        ({"unit": str(scenario.country["1.1"])}, True),
        ({"unit": str(scenario.country["1.1.3"])}, True),
        ({"unit": str(scenario.country["1.2"])}, False), ({"established_on.gte": SINCE}, True),
        ({"established_on.gt": SINCE}, False),
    ):  # fmt: skip
        page = scenario.who(Role.VIEWER).get(TEAMS, limit=100, fields="id", **asked).json()
        assert (team["id"] in {one["id"] for one in page["items"]}) is there, asked
