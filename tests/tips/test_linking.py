"""Tips that tell of the same: suggested, linked by people, and never made one."""

from typing import Any
from uuid import UUID

import pytest

from app.domain.actor import Role
from tests.tips.give import days_ago
from tests.tips.ground import ME, TIPS, Ground, code_of
from tests.tips.test_likeness import AGAIN, OTHER, TOLD

ALIKE = "query($id: UUID!) { alikeTips(id: $id) { items { tipId share isLinked } } }"
LINK = """mutation($id: UUID!, $data: TipLinkCreate!) {
  linkTips(id: $id, data: $data) { id alike { tipId otherId note linkedBy } } }"""
UNLINK = "mutation($id: UUID!, $of: UUID!) { unlinkTips(id: $id, otherId: $of) { alike { note } } }"


def candidates(ground: Ground, tip: UUID, of: str = "1.1") -> list[str]:
    caller = ground.who(Role.TIP_OFFICER, of=of)
    answer = caller.get(f"{TIPS}/{tip}/alike")
    assert answer.status_code == 200, answer.text
    return [row["tip_id"] for row in answer.json()["items"]]


@pytest.fixture(autouse=True)
def alone(ground: Ground) -> None:
    """No tip of another test is like those of this one."""
    ground.rows("DELETE FROM tip_likeness")


def test_nobody_asks_or_links_without_a_token(ground: Ground) -> None:
    one, other = ground.tip(), ground.tip()
    nobody, said = ground.house.nobody, {"otherId": str(other)}
    assert nobody.get(f"{TIPS}/{one}/alike").status_code == 401
    assert nobody.post(f"{TIPS}/{one}/links", {"other_id": str(other)}).status_code == 401
    assert nobody.post(f"{TIPS}/{one}/links/{other}/end").status_code == 401
    for query in (ALIKE, LINK, UNLINK):
        assert nobody.query(query, id=str(one), data=said, of=str(other)).status_code == 401


@pytest.mark.parametrize("role", [Role.VIEWER, Role.UNIT_ADMIN, Role.IDENTITY_CUSTODIAN])
def test_only_who_handles_tips_asks_and_links(ground: Ground, role: Role) -> None:
    one, other, caller = ground.tip(), ground.tip(), ground.who(role)
    assert caller.get(f"{TIPS}/{one}/alike").status_code == 403
    assert caller.post(f"{TIPS}/{one}/links", {"other_id": str(other)}).status_code == 403
    assert caller.post(f"{TIPS}/{one}/links/{other}/end").status_code == 403
    assert code_of(caller.ask(ALIKE, id=str(one))) == "forbidden"


def test_tips_alike_are_suggested_the_likest_first(ground: Ground) -> None:
    one, same = ground.tip(text=TOLD), ground.tip(text=TOLD, mine=False)
    again, other = ground.tip(text=AGAIN, mine=False), ground.tip(text=OTHER)
    assert candidates(ground, one) == [str(same), str(again)]
    assert candidates(ground, other) == []
    found = ground.officer.ask(ALIKE, id=str(one))["data"]["alikeTips"]["items"]
    assert [row["tipId"] for row in found] == [str(same), str(again)]
    assert found[0]["share"] == 1
    assert 0.4 <= found[1]["share"] < 1


def test_nothing_is_linked_or_changed_by_being_alike(ground: Ground) -> None:
    one, same = ground.tip(text=TOLD), ground.tip(text=TOLD)
    candidates(ground, one)
    assert ground.rows("SELECT FROM tip_link WHERE tip_id = ANY ($1)", [one, same]) == []
    assert [ground.now(tip)["version"] for tip in (one, same)] == [1, 1]


def test_tips_out_of_reach_or_of_another_season_are_not_suggested(ground: Ground) -> None:
    one = ground.tip(text=TOLD)
    ground.tip("1.2", text=TOLD)
    ground.tip("2.1", text=TOLD)
    ground.tip(text=TOLD, at=days_ago(91))
    near = ground.tip(text=TOLD, at=days_ago(89))
    assert candidates(ground, one) == [str(near)]


def test_the_province_compares_tips_of_its_communes(ground: Ground) -> None:
    one, beside = ground.tip(text=TOLD), ground.tip("1.2", text=TOLD)
    assert candidates(ground, one, of="1") == [str(beside)]


def test_each_comparison_is_on_record(ground: Ground) -> None:
    one, same = ground.tip(text=TOLD), ground.tip(text=TOLD)
    candidates(ground, one)
    found = ground.rows(
        "SELECT resource_id FROM audit_entry WHERE act = 'read' AND fields = '{likeness}' "
        "AND resource_id = ANY ($1)", [one, same],
    )  # fmt: skip
    assert {row["resource_id"] for row in found} == {one, same}


def linked(ground: Ground, one: UUID, other: UUID, **more: Any) -> Any:
    return ground.officer.post(f"{TIPS}/{one}/links", {"other_id": str(other)} | more)


def test_people_link_tips_and_both_keep_receipt_and_clock(ground: Ground) -> None:
    one, same = ground.tip(text=TOLD), ground.tip(text=TOLD)
    answer = linked(ground, one, same, note="Cùng một vụ")
    (link,) = answer.json()["alike"]
    assert {link["tip_id"], link["other_id"]} == {str(one), str(same)}
    assert (link["note"], link["linked_by"]) == ("Cùng một vụ", ME)
    for tip in (one, same):
        found = ground.now(tip, expand="alike")
        assert len(found["alike"]) == 1
        assert (found["state"], found["clock"]) == ("received", "tip_transfer")
    receipts = ground.rows("SELECT FROM tip_receipt WHERE tip_id = ANY ($1)", [one, same])
    assert len(receipts) == 2
    assert linked(ground, same, one).json()["code"] == "already_linked"
    answer = ground.officer.get(f"{TIPS}/{one}/alike").json()["items"]
    assert [row["is_linked"] for row in answer] == [True]


def test_a_link_is_taken_back(ground: Ground) -> None:
    one, same = ground.tip(), ground.tip()
    linked(ground, one, same)
    answer = ground.officer.post(f"{TIPS}/{same}/links/{one}/end")
    assert answer.json()["alike"] == []
    answer = ground.officer.post(f"{TIPS}/{same}/links/{one}/end")
    assert (answer.status_code, answer.json()["code"]) == (404, "tip_link_not_found")


def test_the_same_over_graphql(ground: Ground) -> None:
    one, same = ground.tip(), ground.tip()
    data = {"otherId": str(same), "note": "Một vụ"}
    found = ground.officer.ask(LINK, id=str(one), data=data)["data"]["linkTips"]
    assert [link["note"] for link in found["alike"]] == ["Một vụ"]
    found = ground.officer.ask(UNLINK, id=str(one), of=str(same))
    assert found["data"]["unlinkTips"]["alike"] == []


def test_a_tip_is_linked_to_another_in_reach(ground: Ground) -> None:
    one, beside = ground.tip(), ground.tip("1.2")
    assert linked(ground, one, beside).json()["code"] == "tip_not_found"
    assert linked(ground, one, one).status_code == 422
    answer = ground.officer.post(f"{TIPS}/{one}/links/{beside}/end")
    assert answer.status_code == 404
    province = ground.who(Role.TIP_OFFICER, of="1")
    answer = province.post(f"{TIPS}/{one}/links", {"other_id": str(beside), "note": "Của tỉnh"})
    assert answer.status_code == 200
    assert ground.now(one, expand="alike")["alike"] == []  # the other is not there for a commune
