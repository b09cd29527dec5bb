"""Emergency openings: for three hours, with a reason, seen by others, reviewed, to read alone."""

from typing import Any
from uuid import UUID

import pytest

from app.domain.actor import Role
from tests.application import Caller
from tests.reintegration.scenario import CASES, PERSON, CaseScenario, Wall

OPENINGS = "/api/v1/reintegration-openings"
REASON = "Nghe báo người đó Canary đang nguy kịch"
OPEN = """mutation ($data: CaseOpeningCreate!) {
  breakCaseGlass(data: $data) { id caseId opensUntil } }"""
CASE = "query ($id: ID!) { reintegrationCase(id: $id) { id allowedActions needs { id } } }"


@pytest.fixture
def case(scenario: CaseScenario, wall: Wall) -> dict[str, Any]:
    wall("2026-03-02 09:00")
    found = scenario.open(scenario.who("lead"))
    need = {"pathway": "work", "status": "not_started", "text": "x"}
    assert scenario.who("lead").post(f"{CASES}/{found['id']}/needs", need).status_code == 200
    wall("2026-03-05 22:00")
    return found


def break_glass(caller: Caller, case: dict[str, Any], **more: Any) -> Any:
    data = {"case_number": case["case_number"], "basis": "danger_to_life", "reason": REASON}
    return caller.post(OPENINGS, data | more)


def sees(scenario: CaseScenario, caller: Caller, case: str) -> set[bool]:
    """Say whether a caller sees a case, by every way in."""
    return {
        caller.get(f"{CASES}/{case}").status_code == 200,
        scenario.read(caller, case).status_code == 200,
        (caller.ask(CASE, id=case).get("data") or {}).get("reintegrationCase") is not None,
        any(row["id"] == case for row in caller.get(CASES, limit=100).json()["items"]),
    }


def test_it_opens_for_three_hours_to_the_second(
    scenario: CaseScenario, wall: Wall, case: dict[str, Any]
) -> None:
    officer = scenario.who("on_duty")
    assert sees(scenario, officer, case["id"]) == {False}
    made = break_glass(officer, case)
    assert made.status_code == 201, made.text
    assert made.json()["opens_until"] == "2026-03-06T01:00:00+07:00"
    assert REASON not in made.text
    assert sees(scenario, officer, case["id"]) == {True}
    assert scenario.read(officer, case["id"]).json()["person"] == PERSON
    wall("2026-03-06 00:59:59")
    assert sees(scenario, officer, case["id"]) == {True}
    wall("2026-03-06 01:00:00")
    assert sees(scenario, officer, case["id"]) == {False}


def test_graphql_opens_the_same(scenario: CaseScenario, case: dict[str, Any]) -> None:
    officer = scenario.who("on_duty_too")
    data = {"caseNumber": case["case_number"], "basis": "PERSON_ASKS", "reason": REASON}
    made = officer.ask(OPEN, data=data)
    assert made["data"]["breakCaseGlass"]["caseId"] == case["id"], made
    assert sees(scenario, officer, case["id"]) == {True}
    shown = officer.ask(CASE, id=case["id"])["data"]["reintegrationCase"]
    assert shown["allowedActions"] == []
    assert len(shown["needs"]) == 1


def test_it_lets_nobody_write(scenario: CaseScenario, case: dict[str, Any]) -> None:
    officer = scenario.who("reader")
    break_glass(officer, case)
    one = f"{CASES}/{case['id']}"
    refused = officer.post(f"{one}/needs", {"pathway": "family", "status": "none_identified"})
    assert (refused.status_code, refused.json()["code"]) == (403, "case_open_to_read_alone")
    assert officer.move(one, {"action": "verify"}).status_code == 403
    assert officer.get(f"{one}/dossier").status_code == 404
    assert officer.post("/api/v1/reintegration-bank-list", {}).json()["lines"] == []


def test_one_at_a_time_and_only_who_needs_it(
    scenario: CaseScenario, wall: Wall, case: dict[str, Any]
) -> None:
    officer = scenario.who("twice")
    assert break_glass(officer, case).status_code == 201
    again = break_glass(officer, case)
    assert (again.status_code, again.json()["code"]) == (409, "case_open_already")
    assert break_glass(scenario.who("twice_b"), case).status_code == 201
    wall("2026-03-06 02:00")
    assert break_glass(officer, case).status_code == 201
    own = break_glass(scenario.who("lead"), case)
    assert (own.status_code, own.json()["code"]) == (409, "part_in_case")
    for place in ("1.2", "2", "", "1.1.1"):
        assert break_glass(scenario.who("twice", place), case).status_code == 404, place
    assert break_glass(officer, {"case_number": "HN-2026-NOBODYS"}).status_code == 404
    tried = "SELECT detail FROM audit_entry WHERE resource = 'reintegration_opening' "
    details = [
        row["detail"] for row in scenario.rows(tried + "AND subject = 'twice' AND act = 'read'")
    ]
    assert details == ["refused: reintegration_case_not_found"] * 5, details
    assert break_glass(officer, case, reason=" ").status_code == 422
    scenario.step(scenario.who("lead"), case["id"], "close", closing_basis="expunged")
    assert sees(scenario, officer, case["id"]) == {False}
    late = break_glass(scenario.who("late"), case)
    assert (late.status_code, late.json()["code"]) == (409, "case_closed")


@pytest.fixture
def chief(scenario: CaseScenario) -> Caller:
    return scenario.who("chief", "1", Role.APPROVER)


def waiting(caller: Caller) -> dict[str, Any]:
    return {row["id"]: row for row in caller.get("/api/v1/worklist", limit=100).json()["items"]}


def test_superior_and_auditor_see_it_and_the_review_is_due(
    scenario: CaseScenario, wall: Wall, case: dict[str, Any], chief: Caller
) -> None:
    made = break_glass(scenario.who("noticed"), case).json()
    auditor = scenario.who("auditor", "", Role.AUDITOR)
    for caller, kind in ((chief, "case_opening_to_review"), (auditor, "case_opening_to_audit")):
        item = waiting(caller)[made["id"]]
        assert (item["kind"], item["due_on"]) == (kind, "2026-03-08")
        assert not item["is_overdue"]
        words = caller.get(f"{OPENINGS}/{made['id']}/words")
        assert words.json()["reason"] == REASON
    told = "SELECT act FROM outbox WHERE resource_id = :id"
    assert [row["act"] for row in scenario.rows(told, id=UUID(made["id"]))] == ["create"]
    wall("2026-03-08 22:00:01")
    scenario.watch()
    assert scenario.deadlines(made["id"])["reintegration_opening_review"][0] == "breached"
    wall("2026-03-09 08:00")
    assert waiting(chief)[made["id"]]["is_overdue"]
    assert made["id"] not in waiting(scenario.who("colleague"))
    lead = scenario.who("lead").get(f"{CASES}/{case['id']}", expand="openings").json()
    assert [row["id"] for row in lead["openings"]] == [made["id"]]


def test_a_second_person_reviews_and_a_rejection_ends_it(
    scenario: CaseScenario, wall: Wall, case: dict[str, Any], chief: Caller
) -> None:
    officer = scenario.who("rejected", "1.1", Role.CASE_WORKER, Role.APPROVER)
    made = break_glass(officer, case).json()
    one = f"{OPENINGS}/{made['id']}"
    own = officer.move(one, {"action": "justify"})
    assert (own.status_code, own.json()["code"]) == (403, "own_opening")
    assert officer.get(one).json()["allowed_actions"] == []
    assert sorted(chief.get(one).json()["allowed_actions"]) == ["justify", "reject"]
    wall("2026-03-05 22:30")
    assert sees(scenario, officer, case["id"]) == {True}
    done = chief.move(one, {"action": "reject", "note": "Không phải việc khẩn"})
    assert done.status_code == 200, done.text
    assert (done.json()["state"], done.json()["decided_by"]) == ("unjustified", "chief")
    assert sees(scenario, officer, case["id"]) == {False}
    assert chief.get(f"{one}/words").json()["note"] == "Không phải việc khẩn"
    assert made["id"] not in waiting(chief)
    assert scenario.deadlines(made["id"])["reintegration_opening_review"][0] == "met"
    assert chief.move(one, {"action": "justify"}).status_code == 409


def test_each_read_under_it_names_it(scenario: CaseScenario, case: dict[str, Any]) -> None:
    officer, lead = scenario.who("logged"), scenario.who("lead")
    opening = break_glass(officer, case).json()["id"]
    for caller in (officer, lead):
        assert sees(scenario, caller, case["id"]) == {True}
    sql = """SELECT subject, resource, count(*) AS many,
      count(*) FILTER (WHERE detail LIKE '%openings=' || :opening || '%') AS named
      FROM audit_entry WHERE act = 'read' AND subject IN ('logged', 'lead')
      AND resource IN ('reintegration_case', 'reintegration_identity')
      AND (resource_id = :id OR resource_id IS NULL AND subject = 'logged')
      GROUP BY 1, 2"""
    found = {
        (row["subject"], row["resource"]): (row["many"], row["named"])
        for row in scenario.rows(sql, opening=opening, id=UUID(case["id"]))
    }
    assert found["logged", "reintegration_case"] == (3, 3), found
    assert found["logged", "reintegration_identity"] == (1, 1)
    assert {
        found["lead", name][1] for name in ("reintegration_case", "reintegration_identity")
    } == {0}
