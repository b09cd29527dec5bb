"""Members of a team: from applying to leaving, in which role on which day, trained and rated."""

from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import LOG
from tests.forces.give import MEMBERS, SINCE, TEAMS, Scenario, code_of, day

ASSIGN = """mutation($id: UUID!, $v: Int!, $data: MemberRoleAssignment!) {
    assignRole(id: $id, expectedVersion: $v, data: $data) {
        role terms { role since until } } }"""


def leaders(scenario: Scenario, team: str, on: str) -> list[str]:
    page = scenario.approver.get(MEMBERS, team_id=team, leading_on=on, limit=100)
    return [one["id"] for one in page.json()["items"]]


def test_from_applying_to_serving(scenario: Scenario) -> None:
    team = scenario.give_team()["id"]
    member = scenario.give_applicant(team)
    seen = scenario.approver.get(f"{MEMBERS}/{member}").json()
    assert (seen["state"], seen["allowed_actions"]) == ("applied", ["select", "end"])
    assert scenario.step(member, "begin").status_code == 409
    assert scenario.step(member, "select").json()["state"] == "selected"
    recognised = scenario.step(member, "recognise", role="deputy").json()
    assert (recognised["state"], recognised["role"]) == ("recognised", "deputy")
    assert recognised["size_rule_id"] is None
    began = scenario.step(member, "begin", "2024-08-01").json()
    assert (began["state"], began["allowed_actions"]) == ("active", ["resign", "remove", "end"])
    terms = scenario.approver.get(f"{MEMBERS}/{member}", expand="terms").json()["terms"]
    assert terms == [{"role": "deputy", "since": "2024-08-01", "until": None}]


@pytest.mark.parametrize(("action", "state"), [
    ("resign", "resigned"), ("remove", "removed"), ("end", "ended"),
])  # fmt: skip
def test_leaving_needs_a_reason_and_ends_the_term(
    scenario: Scenario, action: str, state: str
) -> None:
    team = scenario.give_team()["id"]
    member = scenario.active(team, "leader")
    refused = scenario.step(member, action, "2025-01-01")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_fields")
    early = scenario.step(member, action, "2024-06-30", reason="Chuyển đi")
    assert (early.status_code, early.json()["code"]) == (422, "too_early")
    left = scenario.step(member, action, "2025-01-01", reason="Chuyển đi").json()
    assert (left["state"], left["allowed_actions"]) == (state, [])
    assert leaders(scenario, team, "2024-12-31") == [member]
    assert leaders(scenario, team, "2025-01-01") == []


def test_an_application_that_comes_to_nothing_leaves_no_name(scenario: Scenario) -> None:
    member = scenario.give_applicant(scenario.give_team()["id"])
    left = scenario.step(member, "end", day(0), reason="Không đủ sức khỏe").json()
    assert (left["state"], left["name"]) == ("ended", None)
    again = scenario.approver.change("PATCH", f"{MEMBERS}/{member}", {"name": "Tên cũ"})
    assert (again.status_code, again.json()["code"]) == (409, "not_serving")


@pytest.mark.parametrize("body", [
    {"name": "Người 012345678901"}, {"name": ""}, {"birth_year": 1980},
    {"name": "Người", "ethnicity": "x"}, {"name": "Người", "id_number": "1"},
])  # fmt: skip
def test_nothing_but_a_name_without_numbers_is_taken(scenario: Scenario, body: Any) -> None:
    team = scenario.give_team()["id"]
    answer = scenario.approver.post(f"{TEAMS}/{team}/members", {"name": "Người"} | body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")


def test_nobody_is_recognised_in_a_team_that_is_only_proposed(scenario: Scenario) -> None:
    member = scenario.give_applicant(scenario.give_team(established_on=None)["id"])
    assert scenario.step(member, "select").is_success
    refused = scenario.step(member, "recognise")
    assert (refused.status_code, refused.json()["code"]) == (409, "team_not_standing")


def test_nobody_serves_before_the_team_is_there(scenario: Scenario) -> None:
    member = scenario.give_applicant(scenario.give_team()["id"])
    assert scenario.step(member, "select", "2024-01-01").is_success
    refused = scenario.step(member, "recognise", "2024-06-30")
    assert (refused.status_code, refused.json()["code"]) == (422, "too_early")


class TestOneLeader:
    def test_a_second_leader_is_refused_with_the_day_of_the_first(self, scenario: Scenario) -> None:
        team = scenario.give_team()["id"]
        first, second = scenario.active(team, "leader"), scenario.active(team)
        path = f"{MEMBERS}/{second}"
        refused = scenario.approver.change(
            "POST", path, {"role": "leader", "since": day(1)}, at="/roles"
        )
        assert (refused.status_code, refused.json()["code"]) == (409, "leader_taken")
        assert (refused.json()["since"], refused.json()["member_id"]) == (SINCE, first)
        version = scenario.approver.get(path).json()["version"]
        same = scenario.approver.ask(ASSIGN, id=second, v=version, data={"role": "LEADER"})
        assert code_of(same) == "leader_taken"

    def test_history_tells_who_led_on_any_day(self, scenario: Scenario) -> None:
        team = scenario.give_team()["id"]
        first, second = scenario.active(team, "leader"), scenario.active(team)
        for member, role in ((first, "member"), (second, "leader")):
            body = {"role": role, "since": "2025-03-01"}
            answer = scenario.approver.change("POST", f"{MEMBERS}/{member}", body, at="/roles")
            assert answer.json()["role"] == role
        assert leaders(scenario, team, "2024-06-30") == []
        assert leaders(scenario, team, SINCE) == leaders(scenario, team, "2025-02-28") == [first]
        assert leaders(scenario, team, "2025-03-01") == [second]
        page = scenario.approver.get(MEMBERS, team_id=team, serving_on="2025-02-28").json()
        assert {one["id"] for one in page["items"]} == {first, second}
        terms = scenario.approver.get(f"{MEMBERS}/{first}", expand="terms").json()["terms"]
        assert terms == [
            {"role": "leader", "since": SINCE, "until": "2025-03-01"},
            {"role": "member", "since": "2025-03-01", "until": None},
        ]

    def test_a_leader_in_the_past_leaves_no_room_for_another_then(self, scenario: Scenario) -> None:
        team = scenario.give_team()["id"]
        first, second = scenario.active(team, "leader"), scenario.active(team)
        scenario.step(first, "resign", "2025-06-01", reason="Tuổi cao")
        body = {"role": "leader", "since": "2025-05-31"}
        path = f"{MEMBERS}/{second}"
        assert scenario.approver.change("POST", path, body, at="/roles").status_code == 409
        body["since"] = "2025-06-01"
        assert scenario.approver.change("POST", path, body, at="/roles").is_success
        assert scenario.approver.get(f"{TEAMS}/{team}").json()["has_leader"]

    def test_only_who_serves_is_given_a_role(self, scenario: Scenario) -> None:
        member = scenario.give_applicant(scenario.give_team()["id"])
        answer = scenario.approver.change(
            "POST", f"{MEMBERS}/{member}", {"role": "leader"}, at="/roles"
        )
        assert (answer.status_code, answer.json()["code"]) == (409, "not_serving")


def test_training_is_recorded_once_and_corrected(scenario: Scenario) -> None:
    path = f"{MEMBERS}/{scenario.active(scenario.give_team()['id'])}"
    body = {"course": "Sơ cứu", "days": 2, "held_on": "2025-03-01"}
    for over in ({}, {"days": 3}, {"held_on": "2025-04-01"}):
        assert scenario.approver.change("POST", path, body | over, at="/training").is_success
    found = scenario.approver.get(path, expand="training").json()["training"]
    assert [(t["held_on"], t["days"]) for t in found] == [("2025-03-01", 3), ("2025-04-01", 2)]
    ahead = scenario.approver.change("POST", path, body | {"held_on": day(-1)}, at="/training")
    assert (ahead.status_code, ahead.json()["code"]) == (422, "day_to_come")


class TestRating:
    def rate(self, scenario: Scenario, member: str, **body: Any) -> Any:
        body = {"year": 2025, "level": "good"} | body
        return scenario.approver.change("POST", f"{MEMBERS}/{member}", body, at="/ratings")

    def test_a_year_is_rated_once_within_the_window_of_the_law(self, scenario: Scenario) -> None:
        member = scenario.active(scenario.give_team()["id"])
        assert self.rate(scenario, member).is_success
        again = self.rate(scenario, member, level="excellent")
        assert (again.status_code, again.json()["code"]) == (409, "already_rated")
        found = scenario.approver.get(f"{MEMBERS}/{member}", expand="ratings").json()["ratings"]
        (one,) = found
        assert (one["level"], one["window_from"], one["window_to"], one["basis"]) == (
            "good", "2024-11-15", "2025-11-14", "HD 01/HD-BCA-V05"
        )  # fmt: skip

    def test_it_is_corrected_with_a_reason(self, scenario: Scenario) -> None:
        member = scenario.active(scenario.give_team()["id"])
        assert self.rate(scenario, member).is_success
        assert self.rate(scenario, member, level="completed", reason="Nhầm").is_success
        found = scenario.approver.get(f"{MEMBERS}/{member}", expand="ratings").json()["ratings"]
        assert [one["level"] for one in found] == ["completed"]

    def test_a_year_that_is_not_over_is_not_rated(self, scenario: Scenario) -> None:
        member = scenario.active(scenario.give_team()["id"])
        answer = self.rate(scenario, member, year=2190)
        assert (answer.status_code, answer.json()["code"]) == (409, "rating_window_open")

    def test_no_law_rates_an_earlier_year(self, scenario: Scenario) -> None:
        answer = self.rate(scenario, scenario.active(scenario.give_team()["id"]), year=2024)
        assert (answer.status_code, answer.json()["code"]) == (422, "no_rating_terms")

    @pytest.mark.parametrize(("since", "enough"), [("2025-02-15", True), ("2025-02-16", False)])
    def test_who_served_less_than_nine_months_is_not_rated(
        self, scenario: Scenario, since: str, enough: bool
    ) -> None:
        answer = self.rate(scenario, scenario.active(scenario.give_team()["id"], since=since))
        assert answer.is_success is enough
        if not enough:
            assert (answer.status_code, answer.json()["code"]) == (409, "served_too_short")

    def test_there_is_no_other_word_on_a_person(self, scenario: Scenario) -> None:
        member = scenario.active(scenario.give_team()["id"])
        for body in ({"level": "dangerous"}, {"note": "x"}, {"score": 3}):
            assert self.rate(scenario, member, **body).status_code == 422


def test_a_name_stands_in_no_log_and_no_account(scenario: Scenario) -> None:
    begin, name = LOG.tell(), "Bí Mật Hoàn Toàn"
    team = scenario.give_team()["id"]
    answer = scenario.approver.post(f"{TEAMS}/{team}/members", {"name": name})
    path = f"{MEMBERS}/{answer.json()['id']}"
    assert scenario.approver.change("PATCH", path, {"name": name + " Hai"}).is_success
    assert scenario.who(Role.RECORDER, of="1.2").get(path).status_code == 404
    body = LOG.getvalue()[begin:]
    assert "Mật" not in body
    assert "M\\u1eadt" not in body
