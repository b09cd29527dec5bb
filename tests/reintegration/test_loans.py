"""Loans of the programme: what is refused names the rule, its bound and its legal basis."""

from typing import Any

import pytest

from tests.reintegration.scenario import CASES, PERSON, CaseScenario

LOAN: dict[str, Any] = {
    "kind": "loan", "begins_on": "2026-03-02", "purpose": "production", "amount": 100_000_000,
    "months": 120,
}  # fmt: skip


def ask(scenario: CaseScenario, case: str, **more: Any) -> Any:
    return scenario.who().post(f"{CASES}/{case}/supports", LOAN | more)


@pytest.mark.parametrize(
    ("more", "released_on", "code", "field"),
    [
        ({"amount": 100_000_001}, "2026-03-01", "loan_over_ceiling", "/amount"),
        ({"months": 121}, "2026-03-01", "loan_too_long", "/months"),
        ({}, "2020-03-01", "released_too_long_ago", "/begins_on"),  # six years
        ({}, "2021-03-01", "released_too_long_ago", "/begins_on"),  # a day more than five
    ],
)
def test_a_loan_beyond_the_rule_is_refused(
    scenario: CaseScenario, more: dict[str, Any], released_on: str, code: str, field: str
) -> None:
    case = scenario.open(scenario.who(), released_on=released_on)["id"]
    answer = ask(scenario, case, **more)
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert (fault["code"], fault["pointer"], fault["rule"]) == (code, field, "loan_production")
    assert fault["basis"] in fault["message"]
    assert "QĐ 22/2023/QĐ-TTg" in fault["basis"]


def test_no_second_loan_for_the_same_purpose(scenario: CaseScenario) -> None:
    case = scenario.open(scenario.who(), released_on="2021-03-02")[
        "id"
    ]  # the last day of five years
    first = ask(scenario, case)
    assert first.status_code == 200, first.text
    support = first.json()["supports"][0]
    assert (support["state"], support["rule_code"]) == ("arranged", "loan_production")
    again = ask(scenario, case)
    assert again.json()["errors"][0]["code"] == "loan_outstanding"
    other = ask(scenario, case, purpose="training", amount=24_000_000, months=6)
    assert other.status_code == 200, other.text

    path = f"{CASES}/{case}/supports/{support['id']}"
    for state in ("granted", "overdue", "repaid"):
        answer = scenario.who().post(path, {"state": state})
        assert answer.status_code == 200, answer.text
    refused = scenario.who().post(path, {"state": "granted"})
    assert refused.json()["errors"][0]["code"] == "state_not_taken"
    assert ask(scenario, case).status_code == 200


def test_terms_of_a_loan_are_of_loans_only(scenario: CaseScenario) -> None:
    case = scenario.open(scenario.who())["id"]
    job = ask(scenario, case, kind="job")
    assert job.json()["errors"][0]["code"] == "out_of_place"
    bare = ask(scenario, case, amount=None)
    assert bare.json()["errors"][0]["code"] == "amount_needed"


def test_the_bank_is_named_those_who_consent_and_no_others(scenario: CaseScenario) -> None:
    worker = scenario.who("of the bank")
    case = scenario.open(worker)["id"]
    loan = worker.post(f"{CASES}/{case}/supports", LOAN)
    assert loan.status_code == 200, loan.text
    assert _list(scenario) == []
    consent = {"scope": "share_with_bank", "text_version": "v1", "given_on": "2026-03-02"}
    (given,) = worker.post(f"{CASES}/{case}/consents", consent).json()["consents"]
    assert [line["case_id"] for line in _list(scenario)] == [case]
    assert _list(scenario)[0]["name"] == PERSON["name"]
    worker.post(f"{CASES}/{case}/consents/{given['id']}/revoke", {})
    assert _list(scenario) == []
    reads = scenario.rows(
        "SELECT reason FROM audit_entry WHERE resource_id = CAST(:id AS uuid) AND act = 'read' "
        "AND resource = 'reintegration_identity'", id=case,
    )  # fmt: skip
    assert {row["reason"] for row in reads} == {"purpose: bank_list"}


def _list(scenario: CaseScenario) -> list[dict[str, Any]]:
    answer = scenario.who("of the bank").post("/api/v1/reintegration-bank-list")
    assert answer.headers["cache-control"] == "no-store"
    found: list[dict[str, Any]] = answer.json()["lines"]
    return found
