"""Steering committees: made up by positions and numbers, reorganised, dissolved."""

from typing import Any

import pytest

from tests.forces.give import COMMITTEES, Scenario


def give_committee(scenario: Scenario, **over: Any) -> dict[str, Any]:
    answer = scenario.approver.post(COMMITTEES, scenario.committee(**over))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_new_record_can_be_read_at_both_layers(scenario: Scenario) -> None:
    one = give_committee(
        scenario, scope="model", model_code="an_ninh_co_so", code="BCĐ-05 BC", size=30
    )
    assert scenario.approver.get(f"{COMMITTEES}/{one['id']}").json() == one
    query = "query($id: ID!) { committee(id: $id) { code size chairPosition scope state } }"
    assert scenario.approver.ask(query, id=one["id"])["data"]["committee"] == {
        "code": "BCĐ-05 BC", "size": 30, "chairPosition": "Chủ tịch UBND xã", "scope": "MODEL",
        "state": "ESTABLISHED",
    }  # fmt: skip


def test_reorganised_again_and_again_it_keeps_how_it_was_made_up(scenario: Scenario) -> None:
    path = f"{COMMITTEES}/{give_committee(scenario, decision='1/QĐ')['id']}"
    for on, size in (("2023-01-01", 15), ("2025-07-01", 9)):
        body = {"action": "reorganise", "effective_on": on, "size": size, "decision": f"{size}/QĐ"}
        found = scenario.approver.move(path, body).json()
        assert (found["state"], found["size"], found["since"]) == ("reorganised", size, on)
    former = scenario.approver.get(path, expand="former").json()["former"]
    assert [(f["size"], f["decision"], f["since"], f["until"]) for f in former] == [
        (12, "1/QĐ", "2021-07-15", "2023-01-01"), (15, "15/QĐ", "2023-01-01", "2025-07-01"),
    ]  # fmt: skip
    assert found["allowed_actions"] == ["reorganise", "dissolve"]
    body = {"action": "reorganise", "effective_on": "2025-08-01", "size": 10}
    assert scenario.approver.move(path, body).json()["decision"] == "9/QĐ", "nothing was said of it"
    body |= {"effective_on": "2025-08-02", "decision": None}
    assert scenario.approver.move(path, body).json()["decision"] is None


def test_dissolved_it_stays_so(scenario: Scenario) -> None:
    path = f"{COMMITTEES}/{give_committee(scenario)['id']}"
    assert scenario.approver.move(path, {"action": "dissolve"}).status_code == 422
    body = {"action": "dissolve", "reason": "Hết nhiệm vụ", "effective_on": "2025-07-01"}
    found = scenario.approver.move(path, body).json()
    assert (found["state"], found["dissolved_on"]) == ("dissolved", "2025-07-01")
    again = scenario.approver.move(path, {"action": "reorganise", "size": 3})
    assert (again.status_code, again.json()["allowed_actions"]) == (409, [])


@pytest.mark.parametrize("body", [
    {"action": "reorganise", "effective_on": "2020-01-01"},
    {"action": "reorganise", "effective_on": "2999-01-01"},
    {"action": "dissolve", "reason": "x", "size": 3},
    {"action": "reorganise", "size": 0},
    {"action": "reorganise", "chair": "Nguyễn Văn A"},
])  # fmt: skip
def test_steps_that_are_malformed(scenario: Scenario, body: dict[str, Any]) -> None:
    path = f"{COMMITTEES}/{give_committee(scenario)['id']}"
    assert scenario.approver.move(path, body).status_code == 422


@pytest.mark.parametrize(("over", "status"), [
    ({"scope": "model"}, 422), ({"model_code": "an_ninh_co_so"}, 422), ({"size": 0}, 422),
    ({"chair_position": ""}, 422), ({"established_on": "2999-01-01"}, 422),
    ({"chair": "Nguyễn Văn A"}, 422), ({"unit": "99999"}, 404),
])  # fmt: skip
def test_bad_input_is_refused(scenario: Scenario, over: dict[str, Any], status: int) -> None:
    assert scenario.approver.post(COMMITTEES, scenario.committee(**over)).status_code == status


def test_what_was_recorded_wrongly_is_corrected(scenario: Scenario) -> None:
    made = give_committee(scenario)
    path = f"{COMMITTEES}/{made['id']}"
    assert scenario.approver.send("PATCH", path, json={"size": 13}).status_code == 428
    found = scenario.approver.change("PATCH", path, {"size": 13, "code": "BCĐ 138"}).json()
    assert (found["size"], found["code"], found["name"]) == (13, "BCĐ 138", made["name"])
    assert scenario.approver.get(path, expand="former").json()["former"] == []


def test_members_are_listed_by_position(scenario: Scenario) -> None:
    positions = ["Phó Chủ tịch UBND xã", "Trưởng Công an xã"]
    made = give_committee(scenario, size=3, member_positions=positions)
    path = f"{COMMITTEES}/{made['id']}"
    assert made["member_positions"] == positions
    refused = scenario.approver.change("PATCH", path, {"member_positions": [*positions, "Bí thư"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "too_many_positions")
    body = {"action": "reorganise", "size": 2, "member_positions": ["Trưởng Công an xã"]}
    found = scenario.approver.move(path, body).json()
    assert found["member_positions"] == ["Trưởng Công an xã"]
    query = "query($id: ID!) { committee(id: $id) { memberPositions former { memberPositions } } }"
    row = scenario.approver.ask(query, id=made["id"])["data"]["committee"]
    assert row == {
        "memberPositions": ["Trưởng Công an xã"], "former": [{"memberPositions": positions}],
    }  # fmt: skip
    late = scenario.approver.move(path, {"action": "reorganise", "size": 1})
    assert (late.status_code, late.json()["code"]) == (422, "too_many_positions")
