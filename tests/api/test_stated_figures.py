"""Stated figures: value and qualifier, period and precision, corrections and voids, both layers."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.application import Application, Caller
from tests.give import Country

NOBODY = "3d56b9dc-3a35-4cac-b516-198f869deaf7"
PATH = "/api/v1/stated-figures"
CREATE = """mutation($data: StatedFigureCreate!) { createStatedFigure(data: $data) {
    id value qualifier countingUnit precision } }"""
VOID = """mutation($id: UUID!, $v: Int!) {
    voidStatedFigure(id: $id, data: {reason: "Nhập hai lần"}, expectedVersion: $v) {
        id voidedBy voidReason } }"""
LIST = """query($voided: VoidedRecords, $label: [String!]) { statedFigures(
    where: {reference: {in: $label}, voided: {eq: $voided}}) { nodes { id } totalCount } }"""


@pytest.fixture
def recorder(application: Application, country: Country) -> Caller:
    return application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


def words(country: Country, **over: Any) -> dict[str, Any]:
    return {
        "unit": str(country["1.1"]), "measure": "incidents", "label": f"Vụ {uuid4().hex}",
        "value": 5, "precision": "year", "period_from": "2018-01-01", "period_to": "2018-12-31",
        "source": "Báo cáo",
    } | over  # fmt: skip


RIGHT = [
    {"value": 19.2}, {"value": 0}, {"qualifier": "less_than"}, {"qualifier": "at_least"},
    {"value": None, "qualifier": "unquantified"}, {"value": -2, "delta_only": True},
    {"value": -2, "delta_only": True, "compared_from": "2017-01-01", "compared_to": "2017-12-31"},
    {"precision": "undated", "period_from": None, "period_to": None},
    {"precision": "month", "period_from": "2021-07-01", "period_to": "2022-01-31"},
    {"precision": "quarter", "period_from": "2021-04-01", "period_to": "2021-06-30"},
    {"precision": "day", "period_from": "2020-09-08", "period_to": "2020-09-08"},
    {"precision": "approximate", "period_text": "giữa năm 2018"},
    {"measure": "weapons_collected", "category": "gun", "counting_unit": "weapon"},
]  # fmt: skip


@pytest.mark.parametrize("over", RIGHT, ids=str)
def test_what_sources_state_is_stored_as_stated(
    recorder: Caller, country: Country, over: dict[str, Any]
) -> None:
    data = words(country, **over)
    answer = recorder.post(PATH, data)
    assert answer.status_code == 201, answer.text
    kept = recorder.get(f"{PATH}/{answer.json()['id']}").json()
    told = {name: value for name, value in data.items() if name != "unit"}
    assert {name: kept[name] for name in told} == told


WRONG = [
    ({"measure": "persons_watched"}, "/measure"), ({"counting_unit": "tip"}, "/counting_unit"),
    ({"category": "gun"}, "/category"), ({"measure": "involved_persons", "category": "gun"},
                                         "/category"),
    ({"value": None}, "/value"), ({"qualifier": "unquantified"}, "/value"),
    ({"value": -2}, "/value"), ({"value": 0.12345678}, "/value"),
    ({"compared_from": "2017-01-01", "compared_to": "2017-12-31"}, "/compared_to"),
    ({"delta_only": True, "compared_from": "2017-01-01"}, "/compared_to"),
    ({"period_to": None}, "/period_to"), ({"period_to": "2017-12-31"}, "/period_to"),
    ({"period_from": "2018-02-01"}, "/period_from"), ({"period_to": "2018-12-30"}, "/period_to"),
    ({"precision": "quarter", "period_from": "2018-02-01"}, "/period_from"),
    ({"precision": "undated"}, "/period_from"), ({"precision": "approximate"}, "/period_text"),
    ({"subject_resource": "model"}, "/subject_id"), ({"source": None}, "/source"),
    ({"subject_resource": "model", "subject_id": NOBODY}, "/subject_id"),
]  # fmt: skip


@pytest.mark.parametrize(("over", "pointer"), WRONG, ids=str)
def test_what_contradicts_itself_names_its_field(
    recorder: Caller, country: Country, over: dict[str, Any], pointer: str
) -> None:
    told = recorder.post(PATH, words(country, **over))
    assert (told.status_code, told.json()["errors"][0]["pointer"]) == (422, pointer), told.text


@pytest.mark.parametrize("value", ["12.000", True, "5", "NaN"])
def test_values_are_numbers(recorder: Caller, country: Country, value: Any) -> None:
    assert recorder.post(PATH, words(country, value=value)).status_code == 422


def test_graphql_states_the_same(recorder: Caller, country: Country) -> None:
    data = {
        "unit": str(country["1.1"]), "measure": "incidents", "label": uuid4().hex, "value": 30,
        "qualifier": "ALMOST", "precision": "UNDATED", "source": "Bài báo",
    }  # fmt: skip
    made = recorder.ask(CREATE, data=data)["data"]["createStatedFigure"]
    assert (made["value"], made["qualifier"], made["countingUnit"]) == (30, "ALMOST", "incident")
    wrong = recorder.ask(CREATE, data=data | {"value": None})["errors"][0]["extensions"]
    assert wrong["errors"][0]["code"] == "value_by_qualifier"


def test_a_figure_of_a_source_is_stated_once_until_voided(
    recorder: Caller, approver: Caller, country: Country
) -> None:
    data = words(country)
    made = recorder.post(PATH, data).json()
    again = recorder.post(PATH, data)
    assert (again.status_code, again.json()["code"]) == (409, "figure_stated")
    approver.change("POST", f"{PATH}/{made['id']}", {"reason": "Sai"}, at="/void")
    assert recorder.post(PATH, data).status_code == 201


def test_corrections_are_logged_and_checked(recorder: Caller, country: Country) -> None:
    made = recorder.post(PATH, words(country)).json()
    path = f"{PATH}/{made['id']}"
    for wrong in ({"period_from": "2018-03-01"}, {"qualifier": "unquantified"}, {"source": None}):
        assert recorder.change("PATCH", path, wrong).status_code == 422
    for fixed in ({"measure": "tips_received"}, {"unit": str(country["1.1"])}):
        assert recorder.change("PATCH", path, fixed).status_code == 422
    right = {"value": 7, "period_from": "2017-01-01", "qualifier": "more_than"}
    told = recorder.change("PATCH", path, right).json()
    assert {name: told[name] for name in right} == right
    assert told["version"] == 2


def test_a_voided_figure_stays_and_counts_nowhere(
    recorder: Caller, approver: Caller, country: Country
) -> None:
    mark = uuid4().hex
    kept, made = (recorder.post(PATH, words(country, reference=mark)).json() for _ in range(2))
    refused = recorder.change("POST", f"{PATH}/{made['id']}", {"reason": "Sai"}, at="/void")
    assert refused.status_code == 403
    blank = approver.change("POST", f"{PATH}/{made['id']}", {"reason": "  "}, at="/void")
    assert blank.status_code == 422
    gone = approver.ask(VOID, id=made["id"], v=1)["data"]["voidStatedFigure"]
    assert gone["voidReason"] == "Nhập hai lần"
    again = approver.change("POST", f"{PATH}/{made['id']}", {"reason": "Sai"}, at="/void")
    assert (again.status_code, again.json()["code"]) == (409, "voided")
    late = recorder.change("PATCH", f"{PATH}/{made['id']}", {"value": 9})
    assert (late.status_code, late.json()["code"]) == (409, "voided")
    assert recorder.get(f"{PATH}/{made['id']}").json()["void_reason"] == "Nhập hai lần"
    found = {"": [kept], "exclude": [kept], "include": [made, kept], "only": [made]}
    for voided, wanted in found.items():
        asked = {"reference": mark} | ({"voided": voided} if voided else {})
        items = recorder.get(PATH, **asked).json()["items"]
        assert [one["id"] for one in items] == [one["id"] for one in wanted]
    for voided, count in (("EXCLUDE", 1), ("INCLUDE", 2), ("ONLY", 1)):
        page = recorder.ask(LIST, voided=voided, label=[mark])["data"]["statedFigures"]
        assert page["totalCount"] == len(page["nodes"]) == count


def test_periods_that_overlap_are_found(recorder: Caller, country: Country) -> None:
    mark = uuid4().hex
    recorder.post(PATH, words(country, reference=mark))
    for since, until, there in (("2018-12-31", "2020-01-01", 1), ("2019-01-01", "2020-01-01", 0)):
        asked = {"period_from.lte": until, "period_to.gte": since, "reference": mark}
        assert len(recorder.get(PATH, **asked).json()["items"]) == there


def test_a_subject_is_one_that_the_caller_sees(
    application: Application, recorder: Caller, country: Country
) -> None:
    beside = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.2"])
    school = {"unit": str(country["1.2"]), "kind": "school", "name": "Trường bên"}
    foreign = beside.post("/api/v1/organisations", school).json()["id"]
    about = {"subject_resource": "organisation", "subject_id": foreign}
    assert recorder.post(PATH, words(country, **about)).status_code == 422
    there = words(country, unit=str(country["1.2"]), **about)
    assert beside.post(PATH, there).status_code == 201
    kind = {"subject_resource": "model_type", "subject_id": str(country.types["camera"])}
    assert recorder.post(PATH, words(country, **kind)).status_code == 201
    for of, table in (("model", "models"), ("team", "teams"), ("document", "documents")):
        for row in recorder.get(f"/api/v1/{table}", limit=1).json()["items"]:
            one = {"subject_resource": of, "subject_id": row["id"]}
            assert recorder.post(PATH, words(country, **one)).status_code == 201
