"""Cases of people under 18: for those who support them too, at both gates, and purged sooner."""

from typing import Any
from uuid import UUID

import pytest

from app.domain.actor import Role
from tests.application import Application, Caller
from tests.give import Country
from tests.reintegration.scenario import CANARY, CASES, PERSON, TRANSFERS, CaseScenario, Wall
from tests.reintegration.test_purge import count_rows, purge
from tests.reintegration.test_scope import LIST, use_everybody

BOTH = (Role.CASE_WORKER, Role.MINOR_WORKER)
YOUNG = PERSON | {"birth_year": 2010}
PART = """INSERT INTO reintegration_assignment
  (id, case_id, subject, part, assigned_by, assigned_on)
  VALUES (gen_random_uuid(), :id, 'colleague', 'worker', 'x', '2026-03-02')"""
LOAN = {"kind": "loan", "begins_on": "2026-03-02", "purpose": "production", "amount": 5_000_000,
        "months": 12}  # fmt: skip
CONSENT = {"scope": "share_with_bank", "text_version": "v1", "given_on": "2026-03-02"}


def worker(scenario: CaseScenario) -> Caller:
    return scenario.who("youth", "1.1", *BOTH)


@pytest.fixture(scope="module")
def young(application: Application, country: Country) -> str:
    """A case of somebody under 18, in which a worker of adults has a part as well."""
    scenario = CaseScenario(application, country)
    case: str = scenario.open(worker(scenario), person=YOUNG, is_minor=True)["id"]
    scenario.rows(PART, id=UUID(case))
    return case


def count_wrong(scenario: CaseScenario, case: str) -> int:
    """Count callers to whom the case is there though it should not be, or the other way about."""
    wrong, need = 0, {"pathway": "family", "status": "none_identified"}
    for subject, roles, mine in (
        ("youth", BOTH, True), ("colleague", BOTH, True),
        ("youth", BOTH[:1], False), ("colleague", BOTH[:1], False),
    ):  # fmt: skip
        caller = scenario.who(subject, "1.1", *roles)
        rows = {row["id"] for row in caller.get(CASES, limit=100, fields="id").json()["items"]}
        nodes = {row["id"] for row in caller.ask(LIST)["data"]["reintegrationCases"]["nodes"]}
        wrong += ((case in rows) != mine) + ((case in nodes) != mine)
        wrong += (scenario.read(caller, case).status_code == 200) != mine
        wrong += (caller.get(f"{CASES}/{case}").status_code == 200) != mine
        wrong += (caller.post(f"{CASES}/{case}/needs", need).status_code == 200) != mine
    return wrong


def test_only_those_who_support_minors_too_reach_it(scenario: CaseScenario, young: str) -> None:
    assert count_wrong(scenario, young) == 0


def test_the_database_alone_holds_it(scenario: CaseScenario, young: str) -> None:
    with use_everybody():
        assert count_wrong(scenario, young) == 0


def test_the_services_alone_hold_it(country: Any, young: str, application_url: str) -> None:
    with Application.on(application_url, database_role="") as owner:
        assert count_wrong(CaseScenario(owner, country), young) == 0


def test_it_is_opened_offered_and_assigned_among_them_alone(scenario: CaseScenario) -> None:
    adults, young = scenario.who("adults"), worker(scenario)
    data = {
        "unit": str(scenario.country["1.1"]), "basis": "released", "notified_on": "2026-03-02",
        "released_on": "2026-03-01", "person": YOUNG,
    }  # fmt: skip
    unmarked = adults.post(CASES, data)
    assert unmarked.json()["errors"][0]["code"] == "minor_mismatch"
    assert adults.post(CASES, data | {"is_minor": True}).status_code == 403
    grown = young.post(CASES, data | {"is_minor": True, "person": PERSON})
    assert grown.json()["errors"][0]["pointer"] == "/is_minor"
    made = scenario.open(young, person=YOUNG, is_minor=True)
    assert made["is_minor"] is True
    assert CANARY not in str(made)
    opening = {"case_number": made["case_number"], "basis": "person_asks", "reason": "x"}
    assert adults.post("/api/v1/reintegration-openings", opening).status_code == 404
    move = f"{TRANSFERS}/{offer_to(scenario, made['id'], young)}"
    assert scenario.who("taker", "1.2").get(move).status_code == 404
    accept = {"json": {"action": "accept"}, "headers": {"if-match": '"1"'}}
    blind = scenario.who("taker", "1.2").send("POST", f"{move}/transitions", **accept)
    assert blind.status_code == 404, blind.text
    taker = scenario.who("taker", "1.2", *BOTH)
    assert taker.move(move, {"action": "accept"}).status_code == 200
    listed = taker.get(CASES, limit=100, is_minor="true").json()["items"]
    assert made["id"] in {row["id"] for row in listed}


def offer_to(scenario: CaseScenario, case: str, caller: Caller) -> str:
    data = {"to_unit": str(scenario.country["1.2"]), "reason": "person_moved", "shared": ["file"]}
    found: str = caller.post(f"{CASES}/{case}/transfers", data).json()["id"]
    return found


def test_a_correction_of_the_year_marks_it_and_the_mark_is_checked(scenario: CaseScenario) -> None:
    young = worker(scenario)
    case = scenario.open(young)
    path = f"{CASES}/{case['id']}"
    wrong = young.change("PATCH", path, {"person": YOUNG})
    assert wrong.json()["errors"][0]["code"] == "minor_mismatch"
    right = young.change("PATCH", path, {"person": YOUNG, "is_minor": True})
    assert right.json()["is_minor"] is True, right.text
    back = young.change("PATCH", path, {"is_minor": False})
    assert back.json()["errors"][0]["code"] == "minor_mismatch"


def test_they_are_on_no_list_for_the_bank(scenario: CaseScenario, wall: Wall) -> None:
    wall("2026-03-02 09:00")
    caller, found = scenario.who("lender", "1.1", *BOTH), dict[str, str]()
    kinds: dict[str, Any] = {"young": {"person": YOUNG, "is_minor": True}, "grown": {}}
    for name, more in kinds.items():
        case = scenario.open(caller, **more)["id"]
        for part, data in (("supports", LOAN), ("consents", CONSENT)):
            assert caller.post(f"{CASES}/{case}/{part}", data).status_code == 200
        found[name] = case
    lines = caller.post("/api/v1/reintegration-bank-list").json()["lines"]
    assert [line["case_id"] for line in lines] == [found["grown"]]


def test_they_are_purged_by_a_shorter_term(scenario: CaseScenario, wall: Wall) -> None:
    wall("2026-03-02 09:00")
    caller = worker(scenario)
    cases = [scenario.open(caller, person=YOUNG, is_minor=True)["id"], scenario.open(caller)["id"]]
    for case in cases:
        scenario.step(caller, case, "close", closing_basis="expunged")
    purge(scenario, "2027-03-10")  # a year later: notice is given
    purge(scenario, "2027-04-09")  # and thirty days after that
    assert [count_rows(scenario, case) for case in cases] == [0, 3]


def test_a_person_is_corrected_without_a_year_of_birth(scenario: CaseScenario) -> None:
    """A year that is left out is unknown from then on, and contradicts no mark."""
    caller = worker(scenario)
    case = scenario.open(caller, person=YOUNG, is_minor=True)["id"]
    told = caller.change("PATCH", f"{CASES}/{case}", {"person": {"name": "Tên khác"}})
    assert told.status_code == 200, told.text
    person = scenario.read(caller, case).json()["person"]
    assert (person["name"], person["birth_year"]) == ("Tên khác", None)
    again = caller.change("PATCH", f"{CASES}/{case}", {"released_on": "2026-02-28"})
    assert again.status_code == 200, again.text
