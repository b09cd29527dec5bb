"""Requests of the person: each has a time limit of its own, met or breached by itself."""

from typing import Any
from uuid import UUID

from tests.application import Caller
from tests.reintegration.scenario import CASES, TRANSFERS, CaseScenario, Wall
from tests.reintegration.test_moves import offer


def reply_limits(scenario: CaseScenario, case: str) -> set[tuple[str, str]]:
    sql = """SELECT d.state, d.due_on::text FROM deadline d JOIN reintegration_request r
      ON r.id = d.resource_id WHERE d.resource = 'reintegration_request' AND r.case_id = :id"""
    return {tuple(row.values()) for row in scenario.rows(sql, id=UUID(case))}


def test_each_request_has_a_time_limit_of_its_own(scenario: CaseScenario, wall: Wall) -> None:
    wall("2026-03-02 09:00")
    worker = scenario.who()
    case = scenario.open(worker)["id"]
    path, reply = f"{CASES}/{case}/requests", {"answer": "granted", "reply": "x"}
    for received, recorded in (("2026-03-02", "2026-03-02"), ("2026-03-03", "2026-03-04")):
        wall(f"{recorded} 09:00")
        asked = {"kind": "correction", "received_on": received, "text": "x"}
        found = worker.post(path, asked).json()["requests"]
    first, second = sorted(found, key=lambda one: one["received_on"])
    assert reply_limits(scenario, case) == {("running", "2026-03-04"), ("running", "2026-03-05")}
    waiting = [row for row in list_waiting(worker) if row["id"] == case]
    assert {row["due_on"] for row in waiting} == {"2026-03-04", "2026-03-05"}
    wall("2026-03-05 00:30")
    scenario.watch()
    assert worker.post(f"{path}/{second['id']}/answer", reply).status_code == 200
    assert reply_limits(scenario, case) == {("breached", "2026-03-04"), ("met", "2026-03-05")}
    answer = worker.get(f"{CASES}/{case}", expand="requests,clocks")
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    requests = {row["id"]: (row["due_on"], row["deadline_state"]) for row in shown["requests"]}
    clocks = {row["request_id"]: (row["due_on"], row["state"]) for row in shown["clocks"]}
    expected = {first["id"]: ("2026-03-04", "breached"), second["id"]: ("2026-03-05", "met")}
    assert requests == expected
    assert expected.items() <= clocks.items()
    query = """query($id: ID!) { reintegrationCase(id: $id) {
      requests { id dueOn deadlineState } clocks { requestId } } }"""
    same = worker.ask(query, id=case)["data"]["reintegrationCase"]
    assert {r["id"]: (r["dueOn"], r["deadlineState"].lower()) for r in same["requests"]} == expected
    assert {row["requestId"] for row in same["clocks"]} == set(clocks)
    waiting = [row for row in list_waiting(worker) if row["id"] == case]
    assert [(row["due_on"], row["is_overdue"]) for row in waiting] == [("2026-03-04", True)]


def list_waiting(caller: Caller) -> list[Any]:
    items = caller.get("/api/v1/worklist", limit=100).json()["items"]
    return [row for row in items if row["kind"] == "case_request_to_answer"]


def test_a_request_is_answered_in_time_after_closing_and_after_a_move(
    scenario: CaseScenario, wall: Wall
) -> None:
    wall("2026-03-02 09:00")
    worker, taker = scenario.who(), scenario.who("new worker", "1.2")
    case = scenario.open(worker)["id"]
    asked = {"kind": "copy", "received_on": "2026-03-02", "text": "x"}
    (request,) = worker.post(f"{CASES}/{case}/requests", asked).json()["requests"]
    move = f"{TRANSFERS}/{offer(scenario, case)}"
    assert taker.move(move, {"action": "accept"}).status_code == 200
    sql = "SELECT unit_id FROM deadline WHERE resource_id = :id"
    (row,) = scenario.rows(sql, id=UUID(request["id"]))
    assert row["unit_id"] == scenario.country["1.2"]
    assert case not in {row["id"] for row in list_waiting(worker)}
    scenario.step(taker, case, "close", closing_basis="expunged")
    assert reply_limits(scenario, case) == {("running", "2026-03-04")}
    assert case in {row["id"] for row in list_waiting(taker)}
    reply = {"answer": "refused", "reply": "x"}
    answer = taker.post(f"{CASES}/{case}/requests/{request['id']}/answer", reply)
    assert answer.status_code == 200
    assert reply_limits(scenario, case) == {("met", "2026-03-04")}
