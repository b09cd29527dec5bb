"""Organisations: identifiers by date, closing, and hosts of models, at both layers."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.application import Application, Caller
from tests.give import Country

PATH = "/api/v1/organisations"
CREATE = "mutation($data: OrganisationCreate!) { createOrganisation(data: $data) { id name kind } }"
CLOSE = """mutation($id: UUID!, $data: OrganisationTransition!, $v: Int!) {
    transitionOrganisation(id: $id, data: $data, expectedVersion: $v) {
        state activeTo allowedActions } }"""
HOST = (
    """query($id: ID!) { model(id: $id) { hostOrganisationId hostOrganisation { name kind } } }"""
)


@pytest.fixture
def recorder(application: Application, country: Country) -> Caller:
    return application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


def give(caller: Caller, unit: Any, **over: Any) -> dict[str, Any]:
    data = {"unit": str(unit), "kind": "school", "name": f"Trường {uuid4().hex}"} | over
    answer = caller.post(PATH, data)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def identify(caller: Caller, id: str, code: str, **over: Any) -> Any:
    data = {"system": "eid", "code": code, "valid_from": "2020-01-01"} | over
    return caller.change("POST", f"{PATH}/{id}", data, at="/identifiers")


def test_both_layers_create_and_find(recorder: Caller, country: Country) -> None:
    name = f"Bệnh viện {uuid4().hex}"
    data = {"unit": str(country["1.1"]), "kind": "HOSPITAL", "name": name}
    made = recorder.ask(CREATE, data=data)["data"]["createOrganisation"]
    [found] = recorder.get(PATH, search=name.lower(), kind="hospital").json()["items"]
    assert (found["id"], found["kind"], found["state"]) == (made["id"], "hospital", "active")
    assert made["kind"] == "HOSPITAL"


@pytest.mark.parametrize(
    ("system", "code", "right"),
    [
        ("eid", "H49.12.3", True), ("eid", " G01 ", True), ("eid", "Z01ABC", True),
        ("eid", "h49", False), ("eid", "Z00ABC", False), ("eid", "H49.12.3." + "1" * 30, False),
        ("qcvn_102", "000.00.15.H51", True), ("qcvn_102", "28.22.H17", True),
        ("qcvn_102", "H51.15", False), ("business_registration", "0100109106", True),
        ("business_registration", "0100109106-001", True), ("business_registration", "12", False),
        ("business_registration", "０100109106", False),
    ],
)  # fmt: skip
def test_identifiers_have_the_form_of_their_system(
    recorder: Caller, country: Country, system: str, code: str, right: bool
) -> None:
    made = give(recorder, country["1.1"])
    since = {"valid_from": "1990-01-01", "valid_to": "1990-01-02"}
    told = identify(recorder, made["id"], code, system=system, **since)
    assert told.status_code == (200 if right else 422), told.text
    if not right:
        assert told.json()["errors"][0]["code"] == "not_an_identifier"
        return
    [kept] = recorder.get(f"{PATH}/{made['id']}", expand="identifiers").json()["identifiers"]
    assert (kept["system"], kept["code"]) == (system, code.strip())


def test_a_code_belongs_to_one_organisation_at_a_time(recorder: Caller, country: Country) -> None:
    first, second = give(recorder, country["1.1"]), give(recorder, country["1.1"])
    code = f"H49.{uuid4().int % 10**9}"
    assert identify(recorder, first["id"], code).status_code == 200
    told = identify(recorder, second["id"], code, valid_from="2021-01-01")
    assert (told.status_code, told.json()["code"]) == (409, "organisation_identifier_taken")
    [known] = recorder.get(f"{PATH}/{first['id']}", expand="identifiers").json()["identifiers"]
    end = f"/identifiers/{known['id']}/end"
    until = {"valid_to": "2021-01-01"}
    assert recorder.change("POST", f"{PATH}/{first['id']}", until, at=end).status_code == 200
    again = recorder.change("POST", f"{PATH}/{first['id']}", until, at=end)
    assert (again.status_code, again.json()["code"]) == (409, "organisation_identifier_has_ended")
    assert identify(recorder, second["id"], code, valid_from="2021-01-01").status_code == 200
    held = recorder.get(PATH, identifier=code, order="oldest").json()["items"]
    assert [one["id"] for one in held] == [first["id"], second["id"]]


def test_closing_is_a_step_and_ends_its_being_active(
    recorder: Caller, approver: Caller, country: Country
) -> None:
    made = give(recorder, country["1.1"], active_from="2010-01-01")
    path = f"{PATH}/{made['id']}"
    assert recorder.move(path, {"action": "close", "reason": "x"}).status_code == 403
    assert approver.move(path, {"action": "close"}).json()["code"] == "invalid_fields"
    step = {"action": "close", "reason": "Sáp nhập", "effectiveOn": "2024-06-01"}
    closed = approver.ask(CLOSE, id=made["id"], data=step, v=made["version"])["data"]
    assert closed["transitionOrganisation"] == {
        "state": "CLOSED", "activeTo": "2024-06-01", "allowedActions": ["reopen"],
    }  # fmt: skip
    name = made["name"]
    for day, there in (("2009-12-31", 0), ("2010-01-01", 1), ("2024-05-31", 1), ("2024-06-01", 0)):
        assert len(recorder.get(PATH, search=name, active_on=day).json()["items"]) == there
    told = recorder.change("PATCH", path, {"name": "Khác"})
    assert (told.status_code, told.json()["code"]) == (409, "organisation_is_closed")
    early = approver.move(path, {"action": "reopen", "reason": "x", "effective_on": "2009-01-01"})
    assert early.status_code == 422


def test_models_are_hosted_by_organisations_in_sight(
    application: Application, recorder: Caller, approver: Caller, country: Country
) -> None:
    above = application.caller(Role.RECORDER, level=Level.PROVINCE, unit=country["1"])
    beside = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.2"])
    hospital = give(above, country["1"], kind="hospital", active_from="2015-01-01")
    model = {"type": "camera", "units": [str(country["1.1"])], "name": "Liên kết"}
    hosted = model | {"host_organisation": hospital["id"], "launched_on": "2020-01-01"}
    made = recorder.post("/api/v1/models", hosted).json()
    assert made["host_organisation_id"] == hospital["id"]
    told = recorder.ask(HOST, id=made["id"])["data"]["model"]
    assert told["hostOrganisation"] == {"name": hospital["name"], "kind": "HOSPITAL"}
    early = recorder.post("/api/v1/models", hosted | {"launched_on": "2014-12-31"})
    assert (early.status_code, early.json()["code"]) == (409, "organisation_closed")
    foreign = give(beside, country["1.2"])
    unseen = recorder.post("/api/v1/models", model | {"host_organisation": foreign["id"]})
    assert (unseen.status_code, unseen.json()["code"]) == (404, "organisation_not_found")
    path = f"/api/v1/models/{made['id']}"
    gone = recorder.change("PATCH", path, {"host_organisation": None}).json()
    assert gone["host_organisation_id"] is None
    assert recorder.change("PATCH", path, {"host_organisation": foreign["id"]}).status_code == 404


def test_organisations_are_partners_of_models(recorder: Caller, country: Country) -> None:
    school = give(recorder, country["1.1"])
    model = {"type": "camera", "units": [str(country["1.1"])], "name": "Trường an toàn"}
    made = recorder.post("/api/v1/models", model).json()
    path = f"/api/v1/models/{made['id']}"
    joins = {"kind": "organisation", "organisation": school["id"], "joined_on": "2024-01-01"}
    assert recorder.change("POST", path, joins, at="/members").status_code == 200
    wrong = recorder.change("POST", path, joins | {"kind": "group"}, at="/members")
    assert wrong.status_code == 422
    [member] = recorder.get(path, expand="members").json()["members"]
    assert member["organisation_id"] == school["id"]
