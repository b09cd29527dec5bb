"""Incidents: cases and persons together, changes without a level, re-entry, links, batches."""

from typing import Any

import pytest
from uuid_utils.compat import uuid7

from app.domain.actor import Level, Role
from tests.api.records import make
from tests.application import Application, Caller
from tests.give import Country

PATH = "/api/v1/incidents"
CREATE = """mutation($data: IncidentCreate!) { createIncident(data: $data) {
    id version incidentCount involvedCount involvedQualifier form comparedFrom } }"""
VOID = """mutation($id: UUID!) {
    voidIncident(id: $id, data: {reason: "Nhập hai lần"}, expectedVersion: 1) { voidReason } }"""
READ = """query($id: ID!) { incident(id: $id) { form incidentCount involvedCount
    incidentQualifier } }"""
YEAR = {"precision": "year", "period_from": "2018-01-01", "period_to": "2018-12-31"}
COMPARED = {"compared_from": "2017-01-01", "compared_to": "2017-12-31"}


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


def words(country: Country, **over: Any) -> dict[str, Any]:
    return {
        "unit": str(country["1.1"]), "category": "theft", "involved_count": 1,
        "period_from": "2025-03-01",
    } | over  # fmt: skip


def record(caller: Caller, country: Country, **over: Any) -> str:
    answer = caller.post(PATH, words(country, **over))
    assert answer.status_code == 201, answer.text
    return f"{PATH}/{answer.json()['id']}"


def fault(answer: Any) -> tuple[int, str]:
    body = answer.json()
    return answer.status_code, body["errors"][0]["code"] if body.get("errors") else body["code"]


# as published: Nông Thượng in 2018, and what it was less than in 2017; Thanh Lâm has a change alone
PUBLISHED = [
    YEAR | {"form": "summary", "incident_count": 5, "involved_count": 9},
    YEAR | COMPARED | {"form": "change", "incident_count": -2, "involved_count": -2},
    {"form": "change", "precision": "year", "period_from": "2021-01-01", "period_to": "2021-12-31",
     "compared_from": "2020-01-01", "compared_to": "2020-12-31", "incident_count": -2,
     "involved_count": -3},
]  # fmt: skip


@pytest.mark.parametrize("over", PUBLISHED, ids=["level", "change", "change alone"])
def test_a_pair_is_entered_read_and_voided_over_both_layers(
    approver: Caller, country: Country, over: dict[str, Any]
) -> None:
    path = record(approver, country, category="security_order", **over)
    pair = (over["incident_count"], over["involved_count"])
    row = approver.get(path).json()
    assert (row["incident_count"], row["involved_count"], row["form"]) == (*pair, over["form"])
    same = approver.ask(READ, id=row["id"])["data"]["incident"]
    assert (same["incidentCount"], same["involvedCount"]) == pair
    again = approver.post(PATH, words(country, category="security_order", **over))
    assert again.status_code == 409  # a number of a period is entered once
    gone = approver.change("POST", path, {"reason": "Nhập hai lần"}, at="/void")
    assert gone.json()["void_reason"] == "Nhập hai lần"

    camel = {"".join([n.split("_")[0], *(p.title() for p in n.split("_")[1:])]): value
             for name, value in words(country, category="security_order", **over).items()
             for n in [name]}  # fmt: skip
    camel |= {name: str(camel[name]).upper() for name in ("form", "precision") if name in camel}
    made = approver.ask(CREATE, data=camel)["data"]["createIncident"]
    assert (made["incidentCount"], made["involvedCount"]) == pair
    voided = approver.ask(VOID, id=made["id"])
    assert voided["data"]["voidIncident"]["voidReason"] == "Nhập hai lần"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"category": "jaywalking"}, "unknown_category"),
    ({"involved_count": None}, "amount_by_qualifier"),
    ({"involved_qualifier": "unquantified"}, "amount_by_qualifier"),
    ({"involved_count": -1}, "negative_amount"),
    ({"incident_count": 2}, "single_is_one"),
    ({"deaths": 1}, "no_accident"),
    ({"period_from": None}, "time_by_precision"),
    ({"period_to": "2025-02-01"}, "time_by_precision"),
    ({"precision": "month"}, "time_by_precision"),
    ({"occurred_at": "2025-03-02T01:00:00+07:00"}, "time_by_precision"),
    ({"period_from": "2199-01-01"}, "time_to_come"),
    ({"reported_on": "2025-02-01"}, "reported_early"),
    (COMPARED, "compared_by_form"),
]


@pytest.mark.parametrize(("over", "code"), WRONG, ids=str)
def test_what_contradicts_itself_is_refused(
    approver: Caller, country: Country, over: dict[str, Any], code: str
) -> None:
    assert fault(approver.post(PATH, words(country, **over))) == (422, code)


def test_nothing_is_counted_one_by_one_and_in_a_summary(approver: Caller, country: Country) -> None:
    of_year = YEAR | {"category": "brawl", "unit": str(country["1.2"])}
    of_day = {"category": "brawl", "period_from": "2018-05-01", "unit": str(country["1.2"])}
    province = approver.application.caller(Role.APPROVER, level=Level.PROVINCE, unit=country["1"])
    path = record(province, country, **of_day)
    summary = words(country, form="summary", incident_count=3, **of_year)
    assert fault(province.post(PATH, summary)) == (409, "counted_already")
    assert province.change("POST", path, {"reason": "x"}, at="/void").is_success
    record(province, country, form="summary", incident_count=3, **of_year)
    assert fault(province.post(PATH, words(country, **of_day))) == (409, "counted_already")


def test_an_accident_has_its_own_numbers(approver: Caller, country: Country) -> None:
    losses = {"deaths": 1, "injured": 2, "damage": 100}
    path = record(approver, country, category="traffic_accident", **losses)
    row = approver.get(path).json()
    assert {name: row[name] for name in losses} == losses
    assert row["category_group"] == "traffic"


def test_a_reopened_incident_runs_through_its_states_again(
    approver: Caller, country: Country
) -> None:
    path = record(approver, country)
    around = [{"action": "confirm"}, {"action": "resolve", "result": "fined"}, {"action": "close"}]
    for step in [{"action": "verify"}, *around, {"action": "reopen", "reason": "Tin mới"}]:
        row = approver.move(path, step).json()
    assert (row["state"], row["result"]) == ("verifying", None)
    for step in around:
        row = approver.move(path, step).json()
    assert (row["state"], row["result"]) == ("closed", "fined")
    log = approver.get(path, fields="transitions[action]").json()["transitions"]
    actions = [one["action"] for one in (log["items"] if isinstance(log, dict) else log)]
    assert actions.count("close") == 2


def test_a_crime_or_violence_never_ends_by_mediation(approver: Caller, country: Country) -> None:
    for category, status in (("theft", 409), ("domestic_violence", 409), ("land_dispute", 200)):
        path = record(approver, country, category=category)
        for action in ("verify", "confirm"):
            assert approver.move(path, {"action": action}).is_success
        answer = approver.move(path, {"action": "resolve", "result": "mediated"})
        assert answer.status_code == status, answer.text


def test_a_link_leaves_the_version_and_is_removed(approver: Caller, country: Country) -> None:
    first, second = record(approver, country), record(approver, country)
    link = {"relation": "caused_by", "other_id": second.rpartition("/")[2]}
    linked = approver.post(f"{first}/links", link)
    assert (linked.status_code, linked.json()["version"]) == (200, 1), linked.text
    assert fault(approver.post(f"{first}/links", link)) == (409, "link_exists")
    listed = approver.get(PATH, linked="caused_by").json()["items"]
    assert [f"{PATH}/{one['id']}" for one in listed] == [first]
    from_above = link | {"relation": "reported_by"}
    assert fault(approver.post(f"{first}/links", from_above)) == (422, "linked_from_above")
    assert approver.post(f"{first}/links/remove", link).json()["version"] == 1
    assert approver.get(PATH, linked="caused_by").json()["items"] == []


def test_a_tip_that_reported_an_incident_is_named_to_those_who_read_tips(
    application: Application, approver: Caller, country: Country
) -> None:
    unit = country["1.1"]
    officer = application.caller(Role.TIP_OFFICER, level=Level.COMMUNE, unit=unit)
    tip = make(officer, "tips", unit=str(unit), text="Có người trộm xe", channel="phone")
    path = record(approver, country)
    incident = path.rpartition("/")[2]
    linked = officer.post(f"{tip}/incidents", {"incident_id": incident})
    assert linked.status_code == 200, linked.text
    assert approver.get(path).json()["version"] == 1
    [link] = approver.get(path, expand="links").json()["links"]
    assert (link["relation"], link["other_id"]) == ("reported_by", None)
    both = frozenset({Role.APPROVER, Role.TIP_OFFICER})
    reader = application.caller(*both, level=Level.COMMUNE, unit=unit)
    [seen] = reader.get(path, expand="links").json()["links"]
    assert seen["other_id"] == tip.rpartition("/")[2]
    assert officer.post(f"{tip}/incidents/{incident}/end", {}).is_success


def test_a_batch_sent_twice_changes_nothing(approver: Caller, country: Country) -> None:
    items = [words(country, id=str(uuid7())) for _ in range(3)]
    items[1]["category"] = "nothing_known"
    first = approver.post(f"{PATH}/bulk", {"items": items}).json()
    assert (first["done"], first["unchanged"], first["refused"]) == (2, 0, 1)
    bad = first["items"][1]
    assert (bad["status"], bad["code"], bad["pointer"]) == (
        "refused", "unknown_category", "/category",
    )  # fmt: skip
    again = approver.post(f"{PATH}/bulk", {"items": items}).json()
    assert (again["done"], again["unchanged"], again["refused"]) == (0, 2, 1)
    other = [items[0] | {"involved_count": 7}]
    refused = approver.post(f"{PATH}/bulk", {"items": other}).json()["items"][0]
    assert (refused["status"], refused["code"]) == ("refused", "id_reused")
    assert approver.get(f"{PATH}/{items[0]['id']}").json()["involved_count"] == 1
    summary = words(country, form="summary", category="noise", incident_count=2, **YEAR)
    twice = [summary | {"id": str(uuid7())} for _ in range(2)]
    found = approver.post(f"{PATH}/bulk", {"items": twice}).json()["items"]
    assert [(one["status"], one["code"]) for one in found] == [
        ("done", None), ("refused", "counted_already"),
    ]  # fmt: skip
    old = [items[0] | {"id": "3d56b9dc-3a35-4cac-b516-198f869deaf7"}]
    assert approver.post(f"{PATH}/bulk", {"items": old}).status_code == 422


def test_many_transitions_are_taken_one_by_one(approver: Caller, country: Country) -> None:
    ids = [record(approver, country).rpartition("/")[2] for _ in range(2)]
    steps: list[dict[str, Any]] = [{"id": id, "version": 1, "action": "verify"} for id in ids]
    steps += [{"id": ids[0], "version": 1, "action": "close"}]
    steps[1]["version"] = 9
    found = approver.post(f"{PATH}/transitions", {"items": steps}).json()
    assert [(one["status"], one["code"]) for one in found["items"]] == [
        ("done", None), ("refused", "stale"), ("refused", "incident_not_found"),
    ]  # fmt: skip
    assert approver.get(f"{PATH}/{ids[0]}").json()["state"] == "verifying"
