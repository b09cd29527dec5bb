"""A commune's list is opened at once: each case or refused by itself, and every name sealed."""

from typing import Any

from app.domain.actor import Role
from tests.reintegration.scenario import CANARY, CASES, PERSON, CaseScenario, Wall
from tests.reintegration.test_walk_of_a_case import count_canaries

MUTATION = """mutation($data: CaseBatch!) {
  openReintegrationCases(data: $data) { opened refused items { index id code pointer } } }"""


def name_case(scenario: CaseScenario, **more: Any) -> dict[str, Any]:
    return {
        "unit": str(scenario.country["1.1"]), "basis": "released", "notified_on": "2026-03-02",
        "released_on": "2026-03-01", "person": PERSON,
    } | more  # fmt: skip


def test_each_of_a_list_is_opened_or_refused_and_sealed(scenario: CaseScenario, wall: Wall) -> None:
    wall("2026-03-02 09:00")
    worker = scenario.who("notebook")
    young = PERSON | {"birth_year": 2010}
    faults = [
        (name_case(scenario, notified_on="2026-03-03"), "in_the_future", "/notified_on"),
        (name_case(scenario, unit="99999"), "unit_not_found", None),
        (name_case(scenario, unit=str(scenario.country["1.1.1"])), "not_in_a_village", "/unit"),
        (name_case(scenario, person=young), "minor_mismatch", "/is_minor"),
        (
            name_case(scenario, person=young, is_minor=True),
            "forbidden",
            None,
        ),
    ]
    items = [name_case(scenario), *(one for one, *_ in faults), name_case(scenario)]
    answer = worker.post(f"{CASES}/bulk", {"items": items})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["opened"], found["refused"]) == (2, 5)
    refused = [(row["code"], row["pointer"]) for row in found["items"][1:-1]]
    assert refused == [(code, pointer) for _, code, pointer in faults]
    assert CANARY not in answer.text
    for row in (found["items"][0], found["items"][-1]):
        assert scenario.read(worker, row["id"]).json()["person"] == PERSON
        assert scenario.deadlines(row["id"])["reintegration_residence_check"][1] == "2026-03-05"
        stored = worker.get(f"{CASES}/{row['id']}", expand="assignments").json()
        assert stored["case_number"] == row["case_number"]
        assert [part["part"] for part in stored["assignments"]] == ["lead"]
    assert count_canaries(scenario) == 0
    over = worker.post(f"{CASES}/bulk", {"items": [name_case(scenario)] * 501})
    assert over.status_code == 422
    viewer = scenario.who("viewer", "1.1", Role.VIEWER)
    assert viewer.post(f"{CASES}/bulk", {"items": [name_case(scenario)]}).status_code == 403


def test_the_same_over_graphql(scenario: CaseScenario, wall: Wall) -> None:
    wall("2026-03-02 09:00")
    worker, country = scenario.who("notebook"), scenario.country
    items = [
        {"unit": str(country["1.1"]), "basis": "RELEASED", "notifiedOn": day,
         "releasedOn": "2026-03-01", "person": {"name": CANARY}}
        for day in ("2026-03-02", "2026-03-03")
    ]  # fmt: skip
    found = worker.ask(MUTATION, data={"items": items})["data"]["openReintegrationCases"]
    assert (found["opened"], found["refused"]) == (1, 1)
    assert found["items"][1]["code"] == "in_the_future"
    assert scenario.read(worker, found["items"][0]["id"]).json()["person"]["name"] == CANARY
