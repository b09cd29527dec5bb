"""Urgency, downgrades, results, grounds, reopening: each is visible, at both layers."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.db.tables.tips import TipState
from app.domain.actor import Role
from app.domain.deadlines.days import today
from tests.tips.informant_requests import follow, hand_in, receipt
from tests.tips.scenario import SETTLED, SUSPENSION, TIPS, TipScenario, code_of

CHANGE = """mutation($id: UUID!, $v: Int!, $data: TipChange!) {
  changeTip(id: $id, expectedVersion: $v, data: $data) { id urgent kind downgradedOn } }"""
MOVE = """mutation($id: UUID!, $v: Int!, $data: TipTransition!) {
  transitionTip(id: $id, expectedVersion: $v, data: $data) {
    id state localResult suspensionBasis reopenedOn outcome closedOn clock } }"""
DUE = """query($unit: String!) { tips(orderBy: DUE, first: 100, where: { unit: { eq: $unit } }) {
  nodes { id urgent dueOn } } }"""
TERMS = "/api/v1/public/tips/terms"
LAYERS = ("REST", "GraphQL")
CODES = ("kind", "result", "basis")


def spell(data: dict[str, Any]) -> dict[str, Any]:
    """Spell an input as GraphQL has it."""
    named = {name: v.upper() if name in CODES else v for name, v in data.items()}
    return {"documentId" if name == "document_id" else name: v for name, v in named.items()}


def change(scenario: TipScenario, layer: str, tip: UUID, **data: Any) -> str:
    """Change a tip; return the code of a fault, or nothing."""
    if layer == "REST":
        answer = scenario.officer.send(
            "PATCH", f"{TIPS}/{tip}", json=data, headers={"if-match": '"1"'}
        )
        return "" if answer.is_success else str(answer.json()["errors"][0]["code"])
    answer = scenario.officer.ask(CHANGE, id=str(tip), v=1, data=spell(data))
    faults = answer["errors"][0]["extensions"]["errors"] if "errors" in answer else []
    return str(faults[0]["code"]) if faults else ""


def move(scenario: TipScenario, layer: str, tip: UUID, action: str, **more: Any) -> str:
    """Apply a transition; return the code of a fault, or nothing."""
    both = scenario.who(Role.TIP_OFFICER, Role.INVESTIGATOR)
    if layer == "REST":
        answer = scenario.step(both, tip, action, **more)
        return "" if answer.is_success else str(answer.json()["errors"][0]["code"])
    version = scenario.now(tip)["version"]
    answer = both.ask(MOVE, id=str(tip), v=version, data={"action": action} | spell(more))
    faults = answer["errors"][0]["extensions"]["errors"] if "errors" in answer else []
    return str(faults[0]["code"]) if faults else ""


@pytest.mark.parametrize("layer", LAYERS)
def test_urgent_tips_come_first_among_those_due(scenario: TipScenario, layer: str) -> None:
    first, second = scenario.tip("1.1"), scenario.tip("1.1")
    assert change(scenario, layer, second, urgent=True) == ""
    unit = str(scenario.country["1.1"])
    rows = scenario.officer.get(TIPS, order="due", unit=unit, limit=100).json()["items"]
    ids = [row["id"] for row in rows]
    assert ids.index(str(second)) < ids.index(str(first))
    flags = [row["urgent"] for row in rows]
    assert flags == sorted(flags, reverse=True)
    told = scenario.officer.ask(DUE, unit=unit)["data"]["tips"]["nodes"]
    assert [row["id"] for row in told] == ids
    urgent = scenario.officer.get(TIPS, urgent=True, unit=unit, order="due", limit=100).json()[
        "items"
    ]
    assert [row["id"] for row in urgent] == ids[: sum(flags)]


def test_pages_of_those_due_hold_every_tip_once(scenario: TipScenario) -> None:
    for urgent in (True, False, True):
        change(scenario, "REST", scenario.tip("1.1"), urgent=urgent)
    unit, ids, cursor = str(scenario.country["1.1"]), list[str](), None
    while True:
        more: dict[str, Any] = {"cursor": cursor} if cursor else {}
        page = scenario.officer.get(TIPS, order="due", unit=unit, limit=2, **more).json()
        ids += [row["id"] for row in page["items"]]
        if not (cursor := page["next"]):
            break
    whole = scenario.officer.get(TIPS, order="due", unit=unit, limit=100).json()["items"]
    assert ids == [row["id"] for row in whole]


def test_an_informant_marks_a_tip_as_urgent_and_reads_it(scenario: TipScenario) -> None:
    number = receipt(scenario.application, scenario.country["1.1"], urgent=True)
    assert follow(scenario.application, number).json()["urgent"] is True
    plain = receipt(scenario.application, scenario.country["1.1"])
    assert follow(scenario.application, plain).json()["urgent"] is False
    assert hand_in(scenario.application, scenario.country["1.1"], urgent="1").status_code == 422


def test_terms_name_the_emergency_numbers(scenario: TipScenario) -> None:
    numbers = scenario.application.nobody.get(TERMS).json()["emergency_numbers"]
    assert [one["number"] for one in numbers][:3] == ["113", "114", "115"]
    assert all(one["vi"] and one["en"] for one in numbers)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_crime_is_downgraded_with_a_reason_and_counted(scenario: TipScenario, layer: str) -> None:
    tip = scenario.in_state(TipState.TRIAGED, kind="crime_report")
    analyst = scenario.who(Role.TIP_OFFICER)
    unit = str(scenario.country["1.1"])

    def count() -> int:
        found = analyst.get("/api/v1/tip-service-level", unit=unit).json()
        return int(found["total"]["downgraded"])

    before = count()
    assert change(scenario, layer, tip, kind="feedback") == "reason_needed"
    assert scenario.now(tip)["kind"] == "crime_report"
    assert change(scenario, layer, tip, kind="feedback", reason="Không có dấu hiệu tội phạm") == ""
    assert scenario.now(tip)["downgraded_on"] == today().isoformat()
    assert count() == before + 1
    again = scenario.officer.send(
        "PATCH", f"{TIPS}/{tip}", json={"kind": "crime_report"}, headers={"if-match": '"2"'}
    )
    assert (again.status_code, again.json()["downgraded_on"]) == (200, None)
    assert count() == before


@pytest.mark.parametrize("layer", LAYERS)
def test_triage_downgrades_with_a_reason_too(scenario: TipScenario, layer: str) -> None:
    tip = scenario.in_state(TipState.RECORDED, kind="crime_denunciation")
    assert move(scenario, layer, tip, "triage", kind="violation_info") == "reason_needed"
    assert move(scenario, layer, tip, "triage", kind="violation_info", reason="Hành chính") == ""
    assert scenario.now(tip)["downgraded_on"] == today().isoformat()


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_settled_locally_has_a_result(scenario: TipScenario, layer: str) -> None:
    tip = scenario.in_state(TipState.TRIAGED, kind="feedback")
    assert move(scenario, layer, tip, "handle_locally") == "result_needed"
    assert move(scenario, layer, tip, "handle_locally", **SETTLED) == ""
    assert scenario.now(tip)["local_result"] == "reminded"


@pytest.mark.parametrize("layer", LAYERS)
def test_a_suspension_names_basis_and_document(scenario: TipScenario, layer: str) -> None:
    tip = scenario.in_state(TipState.WITH_INVESTIGATOR)
    without = {name: value for name, value in SUSPENSION.items() if name != "document_id"}
    assert move(scenario, layer, tip, "suspend", **without) == "document_needed"
    without = {name: value for name, value in SUSPENSION.items() if name != "basis"}
    assert move(scenario, layer, tip, "suspend", **without) == "basis_needed"
    assert move(scenario, layer, tip, "suspend", **SUSPENSION) == ""
    assert scenario.now(tip)["suspension_basis"] == "expert_opinion"
    assert move(scenario, layer, tip, "resume") == ""
    assert scenario.now(tip)["suspension_basis"] is None


@pytest.mark.parametrize("layer", LAYERS)
def test_a_closed_tip_is_reopened_visibly(scenario: TipScenario, layer: str) -> None:
    tip, number = scenario.tip_with_receipt(state=TipState.CLOSED)
    counted = "SELECT count(*) AS n FROM tip_count"
    before = scenario.rows(counted)[0]["n"]
    assert move(scenario, layer, tip, "reopen") == "reason_needed"
    assert move(scenario, layer, tip, "reopen", reason="Có tình tiết mới") == ""
    found = scenario.now(tip, expand="transitions,clocks")
    assert (found["state"], found["reopened_on"]) == ("triaged", today().isoformat())
    assert found["outcome"] is found["closed_on"] is found["resolved_on"] is None
    assert found["clock"] == "tip_transfer"
    last = found["transitions"][-1]
    assert (last["action"], last["reason"]) == ("reopen", "Có tình tiết mới")
    told = follow(scenario.application, number).json()
    assert (told["closed"], told["reopened_on"]) == (False, today().isoformat())
    assert f"{today():%d/%m/%Y}" in told["told"]
    assert move(scenario, layer, tip, "forward", reason="Thanh tra") == ""
    assert scenario.rows(counted)[0]["n"] == before


@pytest.mark.parametrize("layer", LAYERS)
def test_tips_in_person_take_the_day_they_came(scenario: TipScenario, layer: str) -> None:
    came = today() - timedelta(days=3)
    made = enter(scenario, layer, received_on=came.isoformat(), urgent=True)
    found = scenario.now(UUID(made["id"]), expand="clocks")
    assert (found["received_on"], found["urgent"]) == (came.isoformat(), True)
    assert found["clocks"][0]["due_on"] in (came.isoformat(), (came + timedelta(1)).isoformat())
    for wrong in (today() + timedelta(days=1), date(2020, 1, 1)):
        refused = enter(scenario, layer, received_on=wrong.isoformat())
        assert refused["code"] == "invalid_fields"


@pytest.mark.parametrize("layer", LAYERS)
def test_tips_in_person_pass_by_whom_they_are_about(scenario: TipScenario, layer: str) -> None:
    unit = str(scenario.country["1.1"])
    for named in ({"about_officials_of": unit}, {"not_to": [unit]}):
        made = enter(scenario, layer, **named)
        assert scenario.officer.get(f"{TIPS}/{made['id']}").status_code == 404
        above = scenario.who(Role.TIP_OFFICER, of="1", subject="chief").get(f"{TIPS}/{made['id']}")
        assert above.json()["unit_id"] == str(scenario.country["1"])
        assert above.json()["about_officials"] is ("about_officials_of" in named)


ENTER = """mutation($data: TipCreate!) { createTip(data: $data) { id receipt } }"""


def enter(scenario: TipScenario, layer: str, **more: Any) -> dict[str, Any]:
    data = {
        "text": "Đến báo trực tiếp",
        "channel": "in_person",
        "unit": str(scenario.country["1.1"]),
    }
    if layer == "REST":
        found: dict[str, Any] = scenario.officer.post(TIPS, data | more).json()
        return found
    spelt = {
        "receivedOn": more.get("received_on"), "urgent": more.get("urgent", False),
        "aboutOfficialsOf": more.get("about_officials_of"), "notTo": more.get("not_to", []),
    }  # fmt: skip
    answer = scenario.officer.ask(ENTER, data=data | {"channel": "IN_PERSON"} | spelt)
    return {"code": code_of(answer)} if "errors" in answer else dict(answer["data"]["createTip"])
