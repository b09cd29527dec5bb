"""A case from notice to closing, day by day: terms of TT 10/2024, words sealed, nobody else."""

from typing import Any

import pytest

from app.domain.actor import Role
from app.domain.reintegration.states import CASE_LIFE
from tests.reintegration.scenario import CANARY, CASES, PERSON, CaseScenario, Wall

REPORT = "reintegration_quarter_report"
ENTRIES: dict[str, dict[str, Any]] = {
    "needs": {"pathway": "work", "status": "in_progress", "text": CANARY},
    "plan-actions": {"pathway": "work", "text": CANARY, "due_on": "2026-06-01"},
    "contacts": {
        "took_place_on": "2026-03-02", "way": "visit", "attendance": "attended", "text": CANARY,
    },
    "supports": {"kind": "job", "begins_on": "2026-03-02", "text": CANARY},
    "consents": {
        "scope": "home_visits", "text_version": "tt10_v1", "given_on": "2026-03-02",
        "text": CANARY,
    },
}  # fmt: skip
# where words could have got to: beside the case, and in all logs
EVERYWHERE = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
"""


def test_every_term_is_met_or_breached(scenario: CaseScenario, wall: Wall) -> None:
    wall("2026-03-02 09:00")  # a Monday
    worker = scenario.who()
    case = scenario.open(worker)
    assert case["state"] == "notified"
    assert case["case_number"].startswith("HN-2026-")
    assert scenario.deadlines(case["id"]) == {
        "reintegration_residence_check": ("running", "2026-03-05")
    }

    wall("2026-03-05 17:00")  # the last of three working days
    scenario.step(worker, case["id"], "verify")
    wall("2026-03-13 08:00")  # the sixth working day after
    scenario.watch()
    scenario.step(worker, case["id"], "take_in")
    wall("2026-03-18 08:00")
    scenario.step(worker, case["id"], "support")
    assert scenario.deadlines(case["id"]) == {
        "reintegration_residence_check": ("met", "2026-03-05"),
        "reintegration_file": ("breached", "2026-03-12"),
        "reintegration_helper": ("running", "2026-03-18"),
    }

    closed = scenario.step(worker, case["id"], "close", closing_basis="expunged")
    assert (closed["state"], closed["closing_basis"], closed["closed_on"]) == (
        "closed", "expunged", "2026-03-18",
    )  # fmt: skip
    refused = worker.post(f"{CASES}/{case['id']}/needs", ENTRIES["needs"])
    assert (refused.status_code, refused.json()["code"]) == (409, "case_closed")
    sealed = scenario.read(worker, case["id"])
    assert (sealed.status_code, sealed.json()["code"]) == (403, "case_sealed_by_closing")
    path, rights = f"{CASES}/{case['id']}/content", "rights_of_the_person"
    assert worker.get(path, purpose=rights).json()["person"] == PERSON


def test_a_case_is_closed_with_a_basis_only(scenario: CaseScenario) -> None:
    worker = scenario.who()
    path = f"{CASES}/{scenario.open(worker)['id']}"
    refused = worker.move(path, {"action": "close"})
    assert refused.json()["errors"][0]["code"] == "closing_basis_needed"
    assert "TT 10/2024/TT-BCA" in refused.json()["errors"][0]["message"]
    moved = worker.move(path, {"action": "verify", "closing_basis": "moved"})
    assert moved.json()["errors"][0]["code"] == "out_of_place"


def test_a_new_return_is_a_new_case_that_follows(scenario: CaseScenario) -> None:
    worker = scenario.who()
    first = scenario.open(worker)
    refused = worker.post(CASES, _open_again(scenario, first))
    assert refused.json()["errors"][0]["code"] == "no_earlier_case"
    scenario.step(worker, first["id"], "close", closing_basis="imprisoned_again")
    second = scenario.open(worker, follows=first["id"])
    assert (second["episode"], second["follows_id"]) == (2, first["id"])


def _open_again(scenario: CaseScenario, first: dict[str, Any]) -> dict[str, Any]:
    return {
        "unit": str(scenario.country["1.1"]), "basis": "released", "notified_on": "2026-03-02",
        "released_on": "2026-03-01", "person": PERSON, "follows": first["id"],
    }  # fmt: skip


def test_words_are_read_for_a_purpose_and_lie_nowhere_else(
    scenario: CaseScenario, capsys: pytest.CaptureFixture[str]
) -> None:
    worker = scenario.who()
    key = {"idempotency-key": "a-key-of-cases"}
    data = _open_again(scenario, {"id": None})
    case = worker.post(CASES, data, headers=key).json()
    for name, entry in ENTRIES.items():
        answer = worker.post(f"{CASES}/{case['id']}/{name}", entry)
        assert answer.status_code == 200, answer.text
        assert CANARY not in answer.text
    found = scenario.read(worker, case["id"]).json()
    assert found["person"] == PERSON
    parts = ("needs", "plan_actions", "contacts", "supports", "consents")
    assert [found[name][0]["text"] for name in parts] == [CANARY] * len(parts)
    assert worker.get(f"{CASES}/{case['id']}/content").status_code == 422
    assert count_canaries(scenario) == 0
    assert "canary" not in "".join(capsys.readouterr()).lower()  # what was logged

    reads = scenario.rows(
        "SELECT reason, fields FROM audit_entry WHERE act = 'read' "
        "AND resource = 'reintegration_identity' AND resource_id = CAST(:id AS uuid)",
        id=case["id"],
    )
    assert [row["reason"] for row in reads] == ["purpose: support"]


def count_canaries(scenario: CaseScenario) -> int:
    """Count the rows of any table that have a canary of the person in clear."""
    tables = [row["table_name"] for row in scenario.rows(EVERYWHERE)]
    assert {"audit_entry", "outbox", "kept_answer", "transition"} <= set(tables)
    found = 0
    for table in tables:
        sql = f'SELECT count(*) AS many FROM "{table}" t WHERE t::text ILIKE ANY (:forms)'
        forms = ["%canary%", f"%{b'canary'.hex()}%", f"%{b'Canary'.hex()}%"]  # of bytes too
        found += scenario.rows(sql, forms=forms)[0]["many"]
    return found


@pytest.mark.parametrize(
    ("subject", "place", "roles"),
    [
        ("colleague", "1.1", (Role.CASE_WORKER,)),  # of the same unit, without a part
        ("worker", "1.2", (Role.CASE_WORKER,)),  # the same person, who serves elsewhere now
        ("chief", "1", (Role.CASE_WORKER,)),
        ("leader", "1.1", (Role.APPROVER, Role.UNIT_ADMIN, Role.INVESTIGATOR)),
        ("worker", "1.1.1", (Role.CASE_WORKER,)),
    ],
)
def test_nobody_else_reads_it(
    scenario: CaseScenario, subject: str, place: str, roles: tuple[Role, ...]
) -> None:
    case = scenario.open(scenario.who())
    other = scenario.who(subject, place, *roles)
    assert other.get(f"{CASES}/{case['id']}").status_code in (403, 404)
    assert scenario.read(other, case["id"]).status_code in (403, 404)
    tried = scenario.rows(
        "SELECT detail FROM audit_entry WHERE resource = 'reintegration_identity' "
        "AND resource_id = CAST(:id AS uuid) AND subject = :who", id=case["id"], who=subject,
    )  # fmt: skip
    assert len(tried) == 1
    assert tried[0]["detail"].startswith("refused: ")


def test_a_case_without_its_key_opens_nowhere(scenario: CaseScenario) -> None:
    worker = scenario.who()
    case = scenario.open(worker)
    keys = scenario.application.app.state.resources.cases.keys
    (keys.folder / f"{case['id']}.json").unlink()
    refused = scenario.read(worker, case["id"])
    assert (refused.status_code, refused.json()["code"]) == (503, "case_sealed_here")


def test_every_state_can_be_closed() -> None:
    states = {state for step in CASE_LIFE.steps for state in step.sources}
    assert all("close" in CASE_LIFE.allowed_actions(state) for state in states)


def test_reports_of_helpers_are_due_in_the_first_five_days_of_a_quarter(
    scenario: CaseScenario, wall: Wall
) -> None:
    wall("2026-03-02 09:00")
    worker = scenario.who()
    case = scenario.open(worker)["id"]
    for action in ("verify", "take_in", "support"):
        scenario.step(worker, case, action)
    wall("2026-04-01 00:30")
    scenario.begin_quarter()
    scenario.begin_quarter()  # a second run adds nothing
    assert scenario.deadlines(case)[REPORT] == ("running", "2026-04-05")
    report = {"took_place_on": "2026-04-01", "way": "report", "attendance": "attended"}
    assert worker.post(f"{CASES}/{case}/contacts", report).status_code == 200
    assert scenario.deadlines(case)[REPORT] == ("met", "2026-04-05")


def test_a_request_of_the_person_is_answered_in_time_and_copied_for_them(
    scenario: CaseScenario, wall: Wall
) -> None:
    wall("2026-03-02 09:00")
    worker = scenario.who()
    path = f"{CASES}/{scenario.open(worker)['id']}"
    asked = {"kind": "correction", "received_on": "2026-03-02", "text": CANARY}
    (request,) = worker.post(f"{path}/requests", asked).json()["requests"]
    assert scenario.deadlines(request["id"])["data_request_reply"] == ("running", "2026-03-04")
    answer = {"answer": "granted", "reply": CANARY}
    assert worker.post(f"{path}/requests/{request['id']}/answer", answer).status_code == 200
    assert scenario.deadlines(request["id"])["data_request_reply"][0] == "met"
    dossier = worker.get(f"{path}/dossier").json()
    assert dossier["content"]["person"] == PERSON
    assert (dossier["requests"][0]["text"], dossier["requests"][0]["reply"]) == (CANARY, CANARY)
    assert count_canaries(scenario) == 0
