"""The size of a team follows data of the province: other sizes are refused, with the rule named."""

from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Application
from tests.forces.give import MEMBERS, RULES, TEAMS, Scenario
from tests.give import Country

Spare = tuple[Application, Country]


@pytest.fixture
def rule_scenario(spare: Spare) -> Scenario:
    """A country in which province 1 has a rule: two or three, one of them a deputy at most."""
    scenario = Scenario(*spare)
    if not scenario.who(Role.VIEWER).get(RULES, kind="protection_team").json()["items"]:
        assert admin(scenario).post(RULES, rule(scenario)).status_code == 201
    return scenario


def admin(scenario: Scenario, of: str = "1") -> Any:
    return scenario.who(Role.UNIT_ADMIN, of=of)


def rule(scenario: Scenario, **over: Any) -> dict[str, Any]:
    said = {
        "province": str(scenario.country["1"]),
        "kind": "protection_team",
        "least": 2,
        "most": 3,
    }
    said |= {"deputies": 1, "valid_from": "2024-07-01", "basis": "NQ 10/2024/NQ-HĐND"}
    return said | over


def select_applicant(scenario: Scenario, team: str) -> str:
    member = scenario.give_applicant(team)
    assert scenario.step(member, "select").is_success
    return member


def test_one_too_many_is_refused_with_the_rule_named(rule_scenario: Scenario) -> None:
    team = rule_scenario.give_team()["id"]
    for role in ("leader", "deputy", "member"):
        rule_scenario.active(team, role)
    refused = rule_scenario.step(select_applicant(rule_scenario, team), "recognise")
    assert (refused.status_code, refused.json()["code"]) == (409, "outside_size_rule")
    told = {n: refused.json()[n] for n in ("least", "most", "deputies", "basis")}
    assert told == {"least": 2, "most": 3, "deputies": 1, "basis": "NQ 10/2024/NQ-HĐND"}
    known = rule_scenario.approver.get(RULES, kind="protection_team").json()["items"]
    assert refused.json()["rule_id"] in {one["id"] for one in known}


def test_one_deputy_too_many_is_refused(rule_scenario: Scenario) -> None:
    team = rule_scenario.give_team()["id"]
    rule_scenario.active(team, "deputy")
    refused = rule_scenario.step(select_applicant(rule_scenario, team), "recognise", role="deputy")
    assert (refused.status_code, refused.json()["code"]) == (409, "outside_size_rule")
    other = rule_scenario.active(team)
    said = {"role": "deputy"}
    assert rule_scenario.approver.change(
        "POST", f"{MEMBERS}/{other}", said, at="/roles"
    ).json()["code"] == "outside_size_rule"  # fmt: skip


def test_who_is_recognised_is_marked_with_the_rule(rule_scenario: Scenario) -> None:
    team = rule_scenario.give_team()["id"]
    member = rule_scenario.active(team)
    found = rule_scenario.approver.get(f"{MEMBERS}/{member}", expand="size_rule").json()
    assert found["size_rule"]["basis"] == "NQ 10/2024/NQ-HĐND"
    assert found["size_rule_id"] == found["size_rule"]["id"]


def test_a_team_begins_with_as_many_as_the_rule_asks_for(rule_scenario: Scenario) -> None:
    team = rule_scenario.give_team()["id"]
    path, begin = f"{TEAMS}/{team}", {"action": "begin", "effective_on": "2024-07-01"}
    assert rule_scenario.approver.get(path).json()["size_rule"] == "under"
    rule_scenario.active(team, "leader")
    assert rule_scenario.approver.move(path, begin).json()["code"] == "outside_size_rule"
    rule_scenario.active(team)
    assert rule_scenario.approver.get(path).json()["size_rule"] == "kept"
    assert rule_scenario.approver.move(path, begin).json()["state"] == "operating"


def test_a_counted_group_is_flagged(rule_scenario: Scenario) -> None:
    assert rule_scenario.give_team(counted_size=9)["size_rule"] == "over"


@pytest.mark.parametrize("kind", ["mediation_group", "civil_defence"])
def test_where_there_is_no_rule_all_is_allowed_and_flagged(
    rule_scenario: Scenario, kind: str
) -> None:
    team = rule_scenario.give_team(kind=kind)["id"]
    for _ in range(4):
        rule_scenario.active(team, "deputy")
    found = rule_scenario.approver.get(f"{TEAMS}/{team}").json()
    assert (found["size"], found["size_rule"]) == (4, "none")


def test_the_rule_of_another_province_does_not_hold(rule_scenario: Scenario) -> None:
    there = rule_scenario.who(Role.APPROVER, of="2.1")
    said = rule_scenario.team(unit=str(rule_scenario.country["2.1.1"]))
    assert there.post(TEAMS, said).json()["size_rule"] == "none"


def test_a_new_rule_ends_the_one_before(spare: Spare) -> None:
    scenario = Scenario(*spare)
    first = admin(scenario, "2").post(
        RULES, rule(scenario, province=str(scenario.country["2"]), kind="ward_guard")
    )
    path = f"{RULES}/{first.json()['id']}"
    again = rule(scenario, province=str(scenario.country["2"]), kind="ward_guard", most=5)
    refused = admin(scenario, "2").post(RULES, again)
    assert (refused.status_code, refused.json()["code"]) == (409, "size_rule_not_later")
    again["valid_from"] = "2026-01-01"
    assert admin(scenario, "2").post(RULES, again).json()["most"] == 5
    assert admin(scenario, "2").get(path).json()["valid_to"] == "2026-01-01"
    for on, most in (("2025-12-31", 3), ("2026-01-01", 5)):
        found = admin(scenario, "2").get(RULES, kind="ward_guard", on=on).json()["items"]
        assert [one["most"] for one in found] == [most]


def test_a_rule_is_corrected_and_ended(spare: Spare) -> None:
    scenario = Scenario(*spare)
    made = admin(scenario).post(RULES, rule(scenario, kind="patrol_group")).json()
    path = f"{RULES}/{made['id']}"
    changed = admin(scenario).change("PATCH", path, {"most": 6, "valid_to": "2025-01-01"}).json()
    assert (changed["most"], changed["least"], changed["valid_to"]) == (6, 2, "2025-01-01")
    for said, code in (({"most": 1}, "invalid_fields"), ({"deputies": 6}, "invalid_fields"),
                       ({"valid_to": "2024-01-01"}, "too_early")):  # fmt: skip
        answer = admin(scenario).change("PATCH", path, said)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert admin(scenario).change("PATCH", path, {"valid_to": None}).json()["valid_to"] is None
    tag = {"if-match": admin(scenario).get(path).headers["etag"]}
    for caller, status in ((admin(scenario, "2"), 404), (admin(scenario, "1.1"), 403),
                           (scenario.who(Role.RECORDER, of="1"), 403),
                           (scenario.application.nobody, 401)):  # fmt: skip
        assert caller.send("PATCH", path, json={"most": 7}, headers=tag).status_code == status
    change = """mutation($id: UUID!, $data: SizeRuleChange!) {
        changeSizeRule(id: $id, expectedVersion: 3, data: $data) { most } }"""
    done = admin(scenario).ask(change, id=made["id"], data={"most": 7})
    assert done == {"data": {"changeSizeRule": {"most": 7}}}


@pytest.mark.parametrize(("over", "status", "code"), [
    ({"least": 4}, 422, "invalid_fields"),
    ({"deputies": 3}, 422, "invalid_fields"),
    ({"least": 0}, 422, "invalid_fields"),
    ({"province": "99999"}, 404, "unit_not_found"),
    ({"province": "1.1"}, 422, "not_a_province"),
])  # fmt: skip
def test_bad_rules_are_refused(rule_scenario: Scenario, over: Any, status: int, code: str) -> None:
    over = {n: str(rule_scenario.country["1.1"]) if v == "1.1" else v for n, v in over.items()}
    answer = admin(rule_scenario).post(RULES, rule(rule_scenario, kind="core_group") | over)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
