"""The life of cases whose every word is a canary: made, worked on, moved, closed, purged."""

from collections.abc import Callable
from datetime import date
from typing import Any

from app.db.storage import Storage
from app.domain.actor import Role
from app.domain.confidential.retention.shipped_rules import load_retention
from app.domain.reintegration.retention.service import purge_cases
from bench.trust_canary_exports import export_lists
from tests.application import Caller, runner
from tests.matrix.scenario import Scenario
from tests.reintegration.scenario import CASES, TRANSFERS, CaseScenario

Plant = Callable[[], str]
DAY, LONG_AFTER, AFTER_NOTICE = "2026-09-01", "2099-01-01", "2099-03-01"
OPENINGS = "/api/v1/reintegration-openings"


def live_through(scenario: Scenario, plant: Plant, *, purge: bool = True) -> None:
    """Take one case through all of its life, and leave another open."""
    land = CaseScenario(scenario.application, scenario.country)
    for closed in (True, False):
        lead, next_lead = land.who("lead", "1.1"), land.who("next", "1.2")
        case = _open(land, lead, plant)
        _work(lead, case["id"], plant)
        _open_in_emergency(land, case, plant)
        _read(lead, case, plant)
        if closed:
            export_lists(land, lead, case, plant)
            land.begin_quarter()
            land.watch()
        _move(land, lead, next_lead, case["id"])
        if closed:
            land.step(next_lead, case["id"], "close", closing_basis="deceased")
    if purge:
        _purge(scenario)


def _open(land: CaseScenario, lead: Caller, plant: Plant) -> dict[str, Any]:
    person = {"name": plant(), "birth_year": 1990, "address": plant(), "phone": plant()}
    data = {"unit": str(land.country["1.1"]), "basis": "released", "notified_on": DAY,
            "released_on": DAY, "person": person | {"note": plant()}}  # fmt: skip
    made = lead.post(CASES, data, headers={"idempotency-key": plant()})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    changed = lead.change("PATCH", f"{CASES}/{found['id']}", {"person": person | {"note": plant()}})
    assert changed.status_code == 200, changed.text
    return found


def _work(lead: Caller, case: str, plant: Plant) -> None:
    one = f"{CASES}/{case}"
    entries: dict[str, dict[str, Any]] = {
        "needs": {"pathway": "work", "status": "in_progress", "text": plant()},
        "plan-actions": {"pathway": "work", "text": plant(), "due_on": "2026-12-01"},
        "contacts": {"took_place_on": DAY, "way": "visit", "attendance": "attended",
                     "text": plant()},
        "supports": {"kind": "job", "begins_on": DAY, "text": plant()},
        "consents": {"scope": "home_visits", "text_version": "v1", "given_on": DAY,
                     "text": plant()},
        "requests": {"kind": "copy", "received_on": DAY, "text": plant()},
    }  # fmt: skip
    made = {}
    for name, data in entries.items():
        answer = lead.post(f"{one}/{name}", data)
        assert answer.status_code == 200, answer.text
        made = answer.json()
    action = lead.get(one, expand="plan_actions").json()["plan_actions"][0]["id"]
    ended = {"outcome": "achieved", "evidence": plant()}
    assert lead.post(f"{one}/plan-actions/{action}/end", ended).status_code == 200
    reply = {"answer": "granted", "reply": plant()}
    request = made["requests"][0]["id"]
    assert lead.post(f"{one}/requests/{request}/answer", reply).status_code == 200


def _open_in_emergency(land: CaseScenario, case: dict[str, Any], plant: Plant) -> None:
    data = {"case_number": case["case_number"], "basis": "person_asks", "reason": plant()}
    opened = land.who("on_duty", "1.1").post(OPENINGS, data)
    assert opened.status_code == 201, opened.text
    chief = land.who("chief", "1", Role.APPROVER)
    review = {"action": "justify", "note": plant()}
    assert chief.move(f"{OPENINGS}/{opened.json()['id']}", review).status_code == 200


def _read(lead: Caller, case: dict[str, Any], plant: Plant) -> None:
    """Read by every way, and fail in each with a canary in hand."""
    one = f"{CASES}/{case['id']}"
    for path in (f"{one}/content", f"{one}/dossier", CASES, f"{CASES}/{plant()}", plant()):
        lead.get(path, purpose="support")
    lead.get(f"{one}/content", purpose=plant())
    lead.get(CASES, case_number=plant(), fields=plant(), order=plant())
    for path in ("changes", "worklist", "units"):
        lead.get(f"/api/v1/{path}", search=plant())
    lead.post(CASES, {plant(): plant()})
    lead.move(one, {"action": plant()})
    lead.query("query ($x: ID!) { reintegrationCase(id: $x) { id } }", x=plant())
    lead.query(f"mutation {{ {plant()} }}")


def _move(land: CaseScenario, lead: Caller, other: Caller, case: str) -> None:
    offer = {"to_unit": str(land.country["1.2"]), "reason": "person_moved", "shared": ["file"]}
    made = lead.post(f"{CASES}/{case}/transfers", offer)
    assert made.status_code == 201, made.text
    taken = other.move(f"{TRANSFERS}/{made.json()['id']}", {"action": "accept"})
    assert taken.status_code == 200, taken.text


def _purge(scenario: Scenario) -> None:
    state = scenario.application.app.state.resources

    async def run() -> None:
        async with scenario.application.behind() as session:
            await load_retention(session)
        storage = Storage.of(state.settings)
        for day in (LONG_AFTER, AFTER_NOTICE):
            await purge_cases(state.database, storage, state.cases, date.fromisoformat(day))

    runner().run(run())
