"""How units take tips: said by their administrators, read by everybody."""

import pytest

from app.domain.actor import Role
from tests.house import Caller
from tests.tips.ground import Ground, code_of

DESKS = "/api/v1/tip-desks"
SET = """mutation($data: TipDeskEntry!) {
  setTipDesk(data: $data) { id version remote basis unit { id } } }"""
LIST = "{ tipDesks(where: {remote: {eq: true}}) { nodes { unitId remote basis } } }"


def said(ground: Ground, of: str = "2.2", **more: object) -> dict[str, object]:
    return {"unit": str(ground.country[of]), "remote": True, "basis": "QĐ 12/2024"} | more


@pytest.fixture
def admin(ground: Ground) -> Caller:
    return ground.who(Role.UNIT_ADMIN, of="2")


def test_nobody_says_it_without_a_token(ground: Ground) -> None:
    assert ground.house.nobody.post(DESKS, said(ground)).status_code == 401
    assert ground.house.nobody.get(DESKS).status_code == 401
    assert ground.house.nobody.query(SET, data=said(ground)).status_code == 401


@pytest.mark.parametrize("role", [Role.TIP_OFFICER, Role.INVESTIGATOR, Role.VIEWER, Role.APPROVER])
def test_only_administrators_say_it(ground: Ground, role: Role) -> None:
    caller = ground.who(role, of="2")
    assert caller.post(DESKS, said(ground)).status_code == 403
    assert code_of(caller.ask(SET, data=said(ground))) == "forbidden"


def test_only_of_ones_own_units(ground: Ground, admin: Caller) -> None:
    assert admin.post(DESKS, said(ground, "1.1")).json()["code"] == "unit_not_found"
    assert code_of(admin.ask(SET, data=said(ground, "1.1"))) == "unit_not_found"


def test_it_is_said_and_said_otherwise(ground: Ground, admin: Caller) -> None:
    first = admin.post(DESKS, said(ground))
    assert first.status_code == 200
    assert (first.json()["remote"], first.json()["basis"]) == (True, "QĐ 12/2024")
    found = admin.ask(SET, data=said(ground, remote=False, basis=None))["data"]["setTipDesk"]
    assert (found["id"], found["remote"]) == (first.json()["id"], False)
    assert found["version"] == first.json()["version"] + 1
    assert admin.post(DESKS, said(ground)).json()["version"] == found["version"] + 1
    assert admin.post(DESKS, said(ground)).json()["version"] == found["version"] + 1


def test_everybody_reads_it(ground: Ground, admin: Caller) -> None:
    id = admin.post(DESKS, said(ground)).json()["id"]
    reader, unit = ground.who(Role.VIEWER, of="1.1.1"), str(ground.country["2.2"])
    assert reader.get(f"{DESKS}/{id}").json()["unit_id"] == unit
    assert unit in {row["unit_id"] for row in reader.get(DESKS, remote=True).json()["items"]}
    assert unit in {row["unitId"] for row in reader.ask(LIST)["data"]["tipDesks"]["nodes"]}


def test_a_remote_unit_names_the_decision(ground: Ground, admin: Caller) -> None:
    assert admin.post(DESKS, said(ground, basis=None)).status_code == 422


def test_a_village_takes_no_tips(ground: Ground, admin: Caller) -> None:
    answer = admin.post(DESKS, said(ground, "2.2.1"))
    assert answer.json()["errors"][0]["code"] == "no_desk_in_villages"
