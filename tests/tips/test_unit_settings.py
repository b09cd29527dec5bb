"""Settings of units for tips: changed by administrators, read by every role."""

import pytest

from app.domain.actor import Role
from tests.application import Caller
from tests.tips.scenario import TipScenario, code_of

SETTINGS = "/api/v1/tip-desks"
SET = """mutation($data: TipDeskEntry!) {
  setTipDesk(data: $data) { id version remote basis unit { id } } }"""
LIST = "{ tipDesks(where: {remote: {eq: true}}) { nodes { unitId remote basis } } }"


def settings_data(scenario: TipScenario, of: str = "2.2", **more: object) -> dict[str, object]:
    return {"unit": str(scenario.country[of]), "remote": True, "basis": "QĐ 12/2024"} | more


@pytest.fixture
def admin(scenario: TipScenario) -> Caller:
    return scenario.who(Role.UNIT_ADMIN, of="2")


def test_settings_need_a_token(scenario: TipScenario) -> None:
    assert scenario.application.nobody.post(SETTINGS, settings_data(scenario)).status_code == 401
    assert scenario.application.nobody.get(SETTINGS).status_code == 401
    assert scenario.application.nobody.query(SET, data=settings_data(scenario)).status_code == 401


@pytest.mark.parametrize("role", [Role.TIP_OFFICER, Role.INVESTIGATOR, Role.VIEWER, Role.APPROVER])
def test_only_administrators_change_settings(scenario: TipScenario, role: Role) -> None:
    caller = scenario.who(role, of="2")
    assert caller.post(SETTINGS, settings_data(scenario)).status_code == 403
    assert code_of(caller.ask(SET, data=settings_data(scenario))) == "forbidden"


def test_settings_of_another_unit_are_refused(scenario: TipScenario, admin: Caller) -> None:
    assert admin.post(SETTINGS, settings_data(scenario, "1.1")).json()["code"] == "unit_not_found"
    assert code_of(admin.ask(SET, data=settings_data(scenario, "1.1"))) == "unit_not_found"


def test_settings_are_created_and_replaced(scenario: TipScenario, admin: Caller) -> None:
    first = admin.post(SETTINGS, settings_data(scenario))
    assert first.status_code == 200
    assert (first.json()["remote"], first.json()["basis"]) == (True, "QĐ 12/2024")
    found = admin.ask(SET, data=settings_data(scenario, remote=False, basis=None))["data"][
        "setTipDesk"
    ]
    assert (found["id"], found["remote"]) == (first.json()["id"], False)
    assert found["version"] == first.json()["version"] + 1
    assert admin.post(SETTINGS, settings_data(scenario)).json()["version"] == found["version"] + 1
    assert admin.post(SETTINGS, settings_data(scenario)).json()["version"] == found["version"] + 1


def test_every_role_reads_settings(scenario: TipScenario, admin: Caller) -> None:
    id = admin.post(SETTINGS, settings_data(scenario)).json()["id"]
    reader, unit = scenario.who(Role.VIEWER, of="1.1.1"), str(scenario.country["2.2"])
    assert reader.get(f"{SETTINGS}/{id}").json()["unit_id"] == unit
    assert unit in {row["unit_id"] for row in reader.get(SETTINGS, remote=True).json()["items"]}
    assert unit in {row["unitId"] for row in reader.ask(LIST)["data"]["tipDesks"]["nodes"]}


def test_remote_unit_needs_a_basis(scenario: TipScenario, admin: Caller) -> None:
    assert admin.post(SETTINGS, settings_data(scenario, basis=None)).status_code == 422


def test_village_settings_are_refused(scenario: TipScenario, admin: Caller) -> None:
    answer = admin.post(SETTINGS, settings_data(scenario, "2.2.1"))
    assert answer.json()["errors"][0]["code"] == "no_desk_in_villages"
