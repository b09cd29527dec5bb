"""Links between tips about the same matter: suggested, made by people, never merged."""

from typing import Any
from uuid import UUID

import pytest

from app.domain.actor import Role
from tests.tips.fixtures import days_ago
from tests.tips.scenario import ME, TIPS, TipScenario, code_of
from tests.tips.test_sketches import AGAIN, FIRST, OTHER

ALIKE = "query($id: UUID!) { alikeTips(id: $id) { items { tipId share isLinked } } }"
LINK = """mutation($id: UUID!, $data: TipLinkCreate!) {
  linkTips(id: $id, data: $data) { id alike { tipId otherId note linkedBy } } }"""
UNLINK = "mutation($id: UUID!, $of: UUID!) { unlinkTips(id: $id, otherId: $of) { alike { note } } }"


def candidates(scenario: TipScenario, tip: UUID, of: str = "1.1") -> list[str]:
    caller = scenario.who(Role.TIP_OFFICER, of=of)
    answer = caller.get(f"{TIPS}/{tip}/alike")
    assert answer.status_code == 200, answer.text
    return [row["tip_id"] for row in answer.json()["items"]]


@pytest.fixture(autouse=True)
def alone(scenario: TipScenario) -> None:
    """Return a text unlike those of other tests."""
    scenario.rows("DELETE FROM tip_likeness")


def test_links_need_a_token(scenario: TipScenario) -> None:
    one, other = scenario.tip(), scenario.tip()
    nobody, said = scenario.application.nobody, {"otherId": str(other)}
    assert nobody.get(f"{TIPS}/{one}/alike").status_code == 401
    assert nobody.post(f"{TIPS}/{one}/links", {"other_id": str(other)}).status_code == 401
    assert nobody.post(f"{TIPS}/{one}/links/{other}/end").status_code == 401
    for query in (ALIKE, LINK, UNLINK):
        assert nobody.query(query, id=str(one), data=said, of=str(other)).status_code == 401


@pytest.mark.parametrize("role", [Role.VIEWER, Role.UNIT_ADMIN, Role.IDENTITY_CUSTODIAN])
def test_only_tip_handlers_link(scenario: TipScenario, role: Role) -> None:
    one, other, caller = scenario.tip(), scenario.tip(), scenario.who(role)
    assert caller.get(f"{TIPS}/{one}/alike").status_code == 403
    assert caller.post(f"{TIPS}/{one}/links", {"other_id": str(other)}).status_code == 403
    assert caller.post(f"{TIPS}/{one}/links/{other}/end").status_code == 403
    assert code_of(caller.ask(ALIKE, id=str(one))) == "forbidden"


def test_similar_tips_are_sorted_by_similarity(scenario: TipScenario) -> None:
    one, same = scenario.tip(text=FIRST), scenario.tip(text=FIRST, mine=False)
    again, other = scenario.tip(text=AGAIN, mine=False), scenario.tip(text=OTHER)
    assert set(candidates(scenario, one)) == {str(same), str(again)}
    assert candidates(scenario, other) == []
    found = scenario.officer.ask(ALIKE, id=str(one))["data"]["alikeTips"]["items"]
    shares = {row["tipId"]: row["share"] for row in found}
    assert shares.keys() == {str(same), str(again)}
    assert [row["share"] for row in found] == sorted(shares.values(), reverse=True)
    assert shares[str(same)] == 1
    assert 0.4 <= shares[str(again)] <= 1  # an estimate: of 100 keys one finds no difference


def test_suggestion_links_and_changes_nothing(scenario: TipScenario) -> None:
    one, same = scenario.tip(text=FIRST), scenario.tip(text=FIRST)
    candidates(scenario, one)
    assert scenario.rows("SELECT FROM tip_link WHERE tip_id = ANY ($1)", [one, same]) == []
    assert [scenario.now(tip)["version"] for tip in (one, same)] == [1, 1]


def test_tips_out_of_scope_or_far_in_time_are_not_suggested(scenario: TipScenario) -> None:
    one = scenario.tip(text=FIRST)
    scenario.tip("1.2", text=FIRST)
    scenario.tip("2.1", text=FIRST)
    scenario.tip(text=FIRST, at=days_ago(91))
    near = scenario.tip(text=FIRST, at=days_ago(89))
    assert candidates(scenario, one) == [str(near)]


def test_province_compares_tips_of_its_communes(scenario: TipScenario) -> None:
    one, beside = scenario.tip(text=FIRST), scenario.tip("1.2", text=FIRST)
    assert candidates(scenario, one, of="1") == [str(beside)]


def test_each_comparison_is_audited(scenario: TipScenario) -> None:
    one, same = scenario.tip(text=FIRST), scenario.tip(text=FIRST)
    candidates(scenario, one)
    found = scenario.rows(
        "SELECT resource_id FROM audit_entry WHERE act = 'read' AND fields = '{likeness}' "
        "AND resource_id = ANY ($1)", [one, same],
    )  # fmt: skip
    assert {row["resource_id"] for row in found} == {one, same}


def link_tips(scenario: TipScenario, one: UUID, other: UUID, **more: Any) -> Any:
    return scenario.officer.post(f"{TIPS}/{one}/links", {"other_id": str(other)} | more)


def test_linked_tips_keep_their_receipts_and_deadlines(scenario: TipScenario) -> None:
    one, same = scenario.tip(text=FIRST), scenario.tip(text=FIRST)
    answer = link_tips(scenario, one, same, note="Cùng một vụ")
    (link,) = answer.json()["alike"]
    assert {link["tip_id"], link["other_id"]} == {str(one), str(same)}
    assert (link["note"], link["linked_by"]) == ("Cùng một vụ", ME)
    for tip in (one, same):
        found = scenario.now(tip, expand="alike")
        assert len(found["alike"]) == 1
        assert (found["state"], found["clock"]) == ("received", "tip_transfer")
    receipts = scenario.rows("SELECT FROM tip_receipt WHERE tip_id = ANY ($1)", [one, same])
    assert len(receipts) == 2
    assert link_tips(scenario, same, one).json()["code"] == "already_linked"
    answer = scenario.officer.get(f"{TIPS}/{one}/alike").json()["items"]
    assert [row["is_linked"] for row in answer] == [True]


def test_link_is_removed(scenario: TipScenario) -> None:
    one, same = scenario.tip(), scenario.tip()
    link_tips(scenario, one, same)
    answer = scenario.officer.post(f"{TIPS}/{same}/links/{one}/end")
    assert answer.json()["alike"] == []
    answer = scenario.officer.post(f"{TIPS}/{same}/links/{one}/end")
    assert (answer.status_code, answer.json()["code"]) == (404, "tip_link_not_found")


def test_links_over_graphql(scenario: TipScenario) -> None:
    one, same = scenario.tip(), scenario.tip()
    data = {"otherId": str(same), "note": "Một vụ"}
    found = scenario.officer.ask(LINK, id=str(one), data=data)["data"]["linkTips"]
    assert [link["note"] for link in found["alike"]] == ["Một vụ"]
    found = scenario.officer.ask(UNLINK, id=str(one), of=str(same))
    assert found["data"]["unlinkTips"]["alike"] == []


def test_link_needs_two_tips_in_scope(scenario: TipScenario) -> None:
    one, beside = scenario.tip(), scenario.tip("1.2")
    assert link_tips(scenario, one, beside).json()["code"] == "tip_not_found"
    assert link_tips(scenario, one, one).status_code == 422
    answer = scenario.officer.post(f"{TIPS}/{one}/links/{beside}/end")
    assert answer.status_code == 404
    province = scenario.who(Role.TIP_OFFICER, of="1")
    answer = province.post(f"{TIPS}/{one}/links", {"other_id": str(beside), "note": "Của tỉnh"})
    assert answer.status_code == 200
    assert scenario.now(one, expand="alike")["alike"] == []  # the other is not there for a commune
