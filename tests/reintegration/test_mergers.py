"""A merger in the middle of a move: nothing is lost, and nothing opens to anybody new."""

from typing import Any
from uuid import UUID

import pytest

from app.domain.actor import Role
from tests.application import Application, Caller
from tests.give import Country
from tests.reintegration.scenario import CASES, PERSON, TRANSFERS
from tests.tips.exclusion_scenario import ChangingCountry


@pytest.fixture
def land(spare: tuple[Application, Country]) -> ChangingCountry:
    return ChangingCountry(spare[0])


def worker(land: ChangingCountry, unit: UUID, subject: str) -> Caller:
    return land.officer(unit, subject, Role.CASE_WORKER)


def open_and_offer(land: ChangingCountry, of: UUID, to: UUID) -> tuple[str, str]:
    data: dict[str, Any] = {
        "unit": str(of), "basis": "released", "notified_on": "2026-03-02",
        "released_on": "2026-03-01", "person": PERSON,
    }  # fmt: skip
    case = worker(land, of, "old").post(CASES, data).json()["id"]
    offer = {"to_unit": str(to), "reason": "person_moved", "shared": ["file"]}
    made = worker(land, of, "old").post(f"{CASES}/{case}/transfers", offer)
    assert made.status_code == 201, made.text
    return case, made.json()["id"]


def reads(caller: Caller, case: str) -> bool:
    answer = caller.get(f"{CASES}/{case}/content", purpose="support")
    return answer.status_code == 200


def test_an_offer_to_a_unit_that_merged_is_taken_by_the_one_that_stands(
    land: ChangingCountry,
) -> None:
    case, offer = open_and_offer(land, land.units["A1"], land.units["B1"])
    last = land.merge([land.units["B1"], land.units["B2"]])
    new, bystander = worker(land, last, "new"), worker(land, last, "bystander")
    assert not reads(new, case)
    assert not reads(bystander, case)
    taken = new.move(f"{TRANSFERS}/{offer}", {"action": "accept"})
    assert taken.json()["state"] == "accepted", taken.text
    assert reads(new, case)
    assert not reads(bystander, case)
    assert not reads(worker(land, land.units["A1"], "old"), case)
    (row,) = land.rows("SELECT unit_id FROM reintegration_case WHERE id = :id", id=UUID(case))
    assert row["unit_id"] == last


def test_a_holder_that_merges_meanwhile_goes_on_with_the_case(land: ChangingCountry) -> None:
    case, offer = open_and_offer(land, land.units["A1"], land.units["B1"])
    last = land.merge([land.units["A1"], land.units["A2"]])
    lead, neighbour = worker(land, last, "old"), worker(land, last, "neighbour")
    assert reads(lead, case)  # who has the lead serves for the new unit now
    assert not reads(neighbour, case)
    withdrawn = lead.move(f"{TRANSFERS}/{offer}", {"action": "withdraw"})
    assert withdrawn.json()["state"] == "withdrawn", withdrawn.text


def test_an_emergency_opening_goes_through_a_merger(land: ChangingCountry) -> None:
    commune, opened = land.units["A1"], "/api/v1/reintegration-openings"
    case, _ = open_and_offer(land, commune, land.units["B1"])
    number = worker(land, commune, "old").get(f"{CASES}/{case}").json()["case_number"]
    data = {"case_number": number, "basis": "person_asks", "reason": "x"}
    assert worker(land, commune, "opener").post(opened, data).status_code == 201
    last = land.merge([commune, land.units["A2"]])
    assert reads(worker(land, last, "opener"), case)
    assert not reads(worker(land, last, "bystander"), case)
    again = worker(land, last, "opener").post(opened, data)
    assert (again.status_code, again.json()["code"]) == (409, "case_open_already")
    assert worker(land, last, "newcomer").post(opened, data).status_code == 201
    listed = land.officer(land.units["A"], "chief", Role.APPROVER).get(opened, limit=100)
    assert [row["unit_id"] for row in listed.json()["items"]] == [str(commune)] * 2
