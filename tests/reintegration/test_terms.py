"""The terms of TT 10/2024/TT-BCA: each is met on its last day, and breached on the next."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.reintegration import rule_codes
from tests.reintegration.scenario import CASES, TRANSFERS, CaseScenario, Wall
from tests.reintegration.test_moves import offer

CHECK, FILE, HELPER = rule_codes.RESIDENCE_CHECK, rule_codes.FILE, rule_codes.HELPER
HANDOVER, REPORT, REPLY = rule_codes.HANDOVER, rule_codes.QUARTER_REPORT, rule_codes.REPLY
ACCOUNT = """
INSERT INTO account (id, login, name, unit_id, failures) VALUES (:id, :login, 'x', :unit, 0)
"""
GRANT = """
INSERT INTO role_grant (id, account_id, role, unit_id, purposes, state)
VALUES (gen_random_uuid(), :id, 'case_worker', :unit, '{}', 'active')
"""
# the term, the steps before it, when it begins, its last day, and the next day
TERMS = [
    (CHECK, (), "2026-03-02 09:00", "2026-03-05", "2026-03-06"),
    (FILE, ("verify",), "2026-03-02 09:00", "2026-03-09", "2026-03-10"),
    (HELPER, ("verify", "take_in"), "2026-03-02 09:00", "2026-03-05", "2026-03-06"),
    (HANDOVER, (), "2026-03-02 09:00", "2026-03-09", "2026-03-10"),
    (REPLY, (), "2026-03-02 09:00", "2026-03-04", "2026-03-05"),
    (REPORT, ("verify", "take_in", "support"), "2026-04-01 00:30", "2026-04-05", "2026-04-06"),
]


def give_worker(scenario: CaseScenario) -> UUID:
    """Insert an account that may have a part in cases of the first commune."""
    id, unit = uuid4(), scenario.country["1.1"]
    scenario.rows(ACCOUNT, id=id, unit=unit, login=f"h.{id.hex[:12]}")
    scenario.rows(GRANT, id=id, unit=unit)
    return id


def begin(scenario: CaseScenario, wall: Wall, rule: str, steps: Any, at: str) -> tuple[str, str]:
    """Open a case and begin a term of it; return the case, and the offer or request in it."""
    wall("2026-03-02 09:00")
    worker = scenario.who()
    case = scenario.open(worker)["id"]
    for step in steps:
        scenario.step(worker, case, step)
    wall(at)
    if rule == REPORT:
        scenario.begin_quarter()
    if rule == HANDOVER:
        return case, offer(scenario, case)
    if rule == REPLY:
        asked = {"kind": "correction", "received_on": "2026-03-02", "text": "x"}
        (request,) = worker.post(f"{CASES}/{case}/requests", asked).json()["requests"]
        return case, request["id"]
    return case, ""


def fulfil(scenario: CaseScenario, rule: str, case: str, other: str, day: str) -> None:
    """Do what a term asks for."""
    worker, path = scenario.who(), f"{CASES}/{case}"
    if rule == HELPER:
        part = {"subject": str(give_worker(scenario)), "part": "helper"}
        answer = worker.post(f"{path}/assignments", part)
    elif rule == HANDOVER:
        answer = scenario.who("new worker", "1.2").move(
            f"{TRANSFERS}/{other}", {"action": "accept"}
        )
    elif rule == REPLY:
        reply = {"answer": "granted", "reply": "x"}
        answer = worker.post(f"{path}/requests/{other}/answer", reply)
    elif rule == REPORT:
        report = {"took_place_on": day, "way": "report", "attendance": "attended"}
        answer = worker.post(f"{path}/contacts", report)
    else:
        answer = worker.move(path, {"action": "verify" if rule == CHECK else "take_in"})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(("rule", "steps", "at", "last", "after"), TERMS, ids=[t[0] for t in TERMS])
def test_a_term_is_met_on_its_last_day_and_breached_on_the_next(
    scenario: CaseScenario, wall: Wall, rule: str, steps: Any, at: str, last: str, after: str
) -> None:
    for day, hour, state in ((last, "23:30", "met"), (after, "00:30", "breached")):
        case, other = begin(scenario, wall, rule, steps, at)
        of = other if rule == REPLY else case
        assert scenario.deadlines(of)[rule] == ("running", last)
        wall(f"{day} {hour}")
        scenario.watch()
        fulfil(scenario, rule, case, other, day)
        assert scenario.deadlines(of)[rule] == (state, last)


def test_every_term_of_a_case_is_among_these() -> None:
    assert {term[0] for term in TERMS} == {*rule_codes.OF_CASE, rule_codes.REPLY}


def test_a_case_is_orphaned_while_the_grant_of_its_worker_waits(
    scenario: CaseScenario,
) -> None:
    case = scenario.open(scenario.who())["id"]
    helper = give_worker(scenario)
    part = {"subject": str(helper), "part": "worker"}
    assert scenario.who().post(f"{CASES}/{case}/assignments", part).status_code == 200
    sql, change = "SELECT is_case_orphaned(:id) AS so", "UPDATE role_grant SET state = :to WHERE "
    for state, orphaned in (("active", False), ("waiting", True), ("revoked", True)):
        scenario.rows(f"{change} account_id = :id", id=helper, to=state)
        assert scenario.rows(sql, id=UUID(case))[0]["so"] is orphaned, state
