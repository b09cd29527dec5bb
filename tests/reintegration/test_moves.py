"""Moves: offered, late, accepted; from then on only the new worker reads it."""

from uuid import UUID

from app.domain.actor import Role
from tests.reintegration.scenario import CASES, TRANSFERS, CaseScenario, Wall

UNATTENDED = "/api/v1/unattended-cases"


def offer(scenario: CaseScenario, case: str, to: str = "1.2") -> str:
    data = {
        "to_unit": str(scenario.country[to]), "reason": "person_moved",
        "shared": ["file", "needs", "plan", "support", "consents"],
    }  # fmt: skip
    answer = scenario.who().post(f"{CASES}/{case}/transfers", data)
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


def test_a_case_not_taken_in_time_is_late_and_then_taken(
    scenario: CaseScenario, wall: Wall
) -> None:
    wall("2026-03-02 09:00")
    old, new = scenario.who(), scenario.who("new worker", "1.2")
    case = scenario.open(old)["id"]
    transfer = offer(scenario, case)
    assert scenario.deadlines(case)["reintegration_handover"] == ("running", "2026-03-09")
    assert new.get(f"{CASES}/{case}").status_code == 404
    assert new.get(f"{TRANSFERS}/{transfer}").json()["state"] == "offered"
    wall("2026-03-10 09:00")
    scenario.watch()
    assert scenario.deadlines(case)["reintegration_handover"][0] == "breached"
    chief = scenario.who("chief", "1", Role.APPROVER)
    assert chief.get(f"{UNATTENDED}/{case}").json()["handover_late"]

    taken = new.move(f"{TRANSFERS}/{transfer}", {"action": "accept"})
    assert (taken.status_code, taken.json()["state"]) == (200, "accepted")
    assert scenario.read(new, case).status_code == 200
    assert new.get(f"{CASES}/{case}").json()["unit_id"] == str(scenario.country["1.2"])
    assert old.get(f"{CASES}/{case}").status_code == 404
    assert scenario.read(old, case).status_code == 404
    parts = scenario.rows(
        "SELECT subject, part, ended_on FROM reintegration_assignment WHERE case_id = :id "
        "ORDER BY ended_on NULLS LAST", id=UUID(case),
    )  # fmt: skip
    assert [(p["subject"], p["part"], p["ended_on"] is None) for p in parts] == [
        ("worker", "lead", False), ("new worker", "lead", True),
    ]  # fmt: skip


def test_a_declined_case_stays_and_its_time_limit_ends(scenario: CaseScenario) -> None:
    old, new = scenario.who(), scenario.who("new worker", "1.2")
    case = scenario.open(old)["id"]
    transfer = offer(scenario, case)
    path = f"{TRANSFERS}/{transfer}"
    bare = new.move(path, {"action": "decline"})
    assert bare.json()["errors"][0]["code"] == "reason_needed"
    declined = new.move(path, {"action": "decline", "reason": "not_resident_here"})
    assert declined.json()["state"] == "declined"
    assert scenario.deadlines(case)["reintegration_handover"][0] == "met"
    assert old.get(f"{CASES}/{case}").status_code == 200


def test_the_offering_side_does_not_accept(scenario: CaseScenario) -> None:
    case = scenario.open(scenario.who())["id"]
    transfer = offer(scenario, case)
    answer = scenario.who().move(f"{TRANSFERS}/{transfer}", {"action": "accept"})
    assert answer.json()["code"] == "not_your_side"


def test_a_superior_sees_an_orphaned_case_and_nothing_of_it(scenario: CaseScenario) -> None:
    """The lead of these tests has no account: nobody who may work on the case has it."""
    case = scenario.open(scenario.who())
    chief = scenario.who("chief", "1", Role.APPROVER)
    found = chief.get(f"{UNATTENDED}/{case['id']}").json()
    assert (found["orphaned"], found["handover_late"]) == (True, False)
    assert set(found) == {
        "id", "unit_id", "case_number", "state", "notified_on", "orphaned", "handover_late",
    }  # fmt: skip
    assert chief.get(f"{CASES}/{case['id']}").status_code == 403
    assert scenario.who("chief", "2", Role.APPROVER).get(
        f"{UNATTENDED}/{case['id']}"
    ).status_code == 404  # fmt: skip
    unknown = chief.post(f"{UNATTENDED}/{case['id']}/appoint", {"subject": "x", "part": "lead"})
    assert unknown.json()["errors"][0]["code"] == "cannot_be_assigned"
