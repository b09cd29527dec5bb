"""Committees of ended units follow by a plan, as grants do; at both layers."""

from contextlib import ExitStack
from typing import Any
from uuid import UUID

from app.domain.actor import Level, Role
from tests.access.accounts.give import Town
from tests.access.accounts.test_chains import DAYS, chain
from tests.access.accounts.test_ended_units import commit_change, into, new
from tests.application import Caller

PATH, COMMITTEES = "/api/v1/committee-successions", "/api/v1/committees"
PLAN = """query { committeeSuccessionPlan { planHash ready items {
    id version scope name unitId unit toUnitId toUnit fault } } }"""
FOLLOW = """mutation($data: CommitteeSuccession!) {
    followCommittees(data: $data) { ids waiting } }"""


def approver(town: Town, unit: Any, level: Level = Level.PROVINCE) -> Caller:
    return town.application.caller(Role.APPROVER, level=level, unit=unit)


def enter(town: Town, at: str, name: str) -> str:
    """Enter a committee of a commune, named by its path."""
    data = {
        "unit": str(town.country[at]), "scope": "movement", "name": name, "size": 9,
        "chair_position": "Chủ tịch", "established_on": "2021-07-15",
    }  # fmt: skip
    answer = approver(town, town.country[at[0]]).post(COMMITTEES, data)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def plan_of(who: Caller) -> dict[str, Any]:
    """Return the plan, the same at both layers."""
    plan: dict[str, Any] = who.get(PATH).json()
    told = who.ask(PLAN)["data"]["committeeSuccessionPlan"]
    assert (told["planHash"], told["ready"]) == (plan["plan_hash"], plan["ready"])
    spelt = [(one["id"], one["toUnitId"], one["fault"]) for one in told["items"]]
    assert spelt == [(one["id"], one["to_unit_id"], one["fault"]) for one in plan["items"]]
    return plan


def test_committees_follow_in_bulk_to_the_unit_that_stands(town: Town) -> None:
    one, other = enter(town, "1.1", "BCĐ một"), enter(town, "1.2", "BCĐ hai")
    twin, away = enter(town, "1.2", "BCĐ  MỘT"), enter(town, "2.1", "BCĐ ba")
    who = approver(town, town.country["1"])
    assert one not in {item["id"] for item in plan_of(who)["items"]}
    with ExitStack() as stack:
        last = chain(town, stack, DAYS["on following days"])[-1]
        plan = plan_of(who)
        mine = {item["id"]: item for item in plan["items"]}
        assert [mine[id]["to_unit_id"] for id in (one, other, twin)] == [last] * 3
        assert [mine[id]["fault"] for id in (one, other, twin)] == [None, None, "name_taken"]
        assert away not in mine
        stale = who.post(PATH, {"plan_hash": "0" * len(plan["plan_hash"])})
        assert (stale.status_code, stale.json()["code"]) == (409, "plan_changed")
        done = who.ask(FOLLOW, data={"planHash": plan["plan_hash"]})["data"]["followCommittees"]
        assert {one, other} <= set(done["ids"])
        assert twin not in done["ids"]
        assert (len(done["ids"]), done["waiting"]) == (plan["ready"], len(mine) - plan["ready"])
        seen = who.get(f"{COMMITTEES}/{one}", expand="transitions,former").json()
        assert (seen["unit_id"], seen["followed_from_id"]) == (last, str(town.country["1.1"]))
        assert seen["transitions"][-1]["action"] == "follow"
        assert seen["former"][-1]["chair_position"] == seen["chair_position"] == "Chủ tịch"
        assert "follow" not in seen["allowed_actions"]
        again = who.post(PATH, {"plan_hash": plan["plan_hash"]})
        assert again.status_code == 409


def test_only_approvers_of_the_place_see_and_confirm_a_plan(town: Town) -> None:
    id = enter(town, "1.1", "BCĐ bốn")
    with ExitStack() as stack:
        last = chain(town, stack, DAYS["on one day"])[-1]
        of_heir = approver(town, last, Level.COMMUNE)
        plan = plan_of(of_heir)
        assert id in {item["id"] for item in plan["items"]}
        for place, level in (("2", Level.PROVINCE), ("2.1", Level.COMMUNE)):
            foreign = approver(town, town.country[place], level)
            assert id not in {item["id"] for item in plan_of(foreign)["items"]}
            refused = foreign.post(PATH, {"plan_hash": plan["plan_hash"]})
            assert (refused.status_code, refused.json()["code"]) == (409, "plan_changed")
            step = {"action": "follow", "unit": last}
            taken = foreign.post(
                f"{COMMITTEES}/{id}/transitions", step, headers={"if-match": '"1"'}
            )
            assert taken.status_code == 404
        for role in (Role.RECORDER, Role.UNIT_ADMIN, Role.VIEWER):
            who = town.application.caller(role, level=Level.COMMUNE, unit=UUID(last))
            assert who.get(PATH).status_code == 403
            assert who.post(PATH, {"plan_hash": plan["plan_hash"]}).status_code == 403
            assert who.get(f"{COMMITTEES}/{id}").json()["allowed_actions"] == []
        assert id in of_heir.post(PATH, {"plan_hash": plan["plan_hash"]}).json()["ids"]


def test_a_committee_of_a_divided_unit_follows_by_hand(town: Town) -> None:
    id, who = enter(town, "1.1", "BCĐ năm"), approver(town, town.country["1"])
    step = {"action": "follow", "unit": str(town.country["1.2"])}
    early = who.move(f"{COMMITTEES}/{id}", step)
    assert (early.status_code, early.json()["code"]) == (409, "unit_stands")
    with commit_change(town, divide(town)):
        (item,) = [item for item in plan_of(who)["items"] if item["id"] == id]
        assert (item["to_unit_id"], item["fault"]) == (None, "divided")
        seen = who.get(f"{COMMITTEES}/{id}").json()
        assert "follow" in seen["allowed_actions"]
        assert "follow.unit" in seen["action_needs"]
        bare = who.move(f"{COMMITTEES}/{id}", {"action": "follow"})
        assert (bare.status_code, bare.json()["errors"][0]["code"]) == (422, "unit_needed")
        wrong = who.move(f"{COMMITTEES}/{id}", step)
        assert (wrong.status_code, wrong.json()["code"]) == (409, "not_a_successor")
        heir = wrong.json()["successors"][0]["id"]
        moved = who.move(f"{COMMITTEES}/{id}", {"action": "follow", "unit": heir})
        assert (moved.status_code, moved.json()["unit_id"]) == (200, heir), moved.text


def divide(town: Town) -> dict[str, Any]:
    """Divide commune 1.1 into two new ones, of which none is the main one."""
    return {
        "title": "Chia xã", "effective_on": "2025-07-01",
        "new_units": [new("một", town, "1"), new("hai", town, "1")],
        "successions": [into(town, "1.1", ref, share=0.5) for ref in ("một", "hai")],
    }  # fmt: skip
