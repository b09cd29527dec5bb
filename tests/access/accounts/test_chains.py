"""Chains of changes of the map: what follows ends at the unit that stands, at both layers."""

from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.actor import Level, Role
from tests.access.accounts.give import Person, Town
from tests.access.accounts.test_ended_units import commit_change, new, state
from tests.dice import make_dice
from tests.tips.informant_requests import hand_in

SUCCESSIONS = "/api/v1/grant-successions"
PLAN = """query { grantSuccessionPlan { planHash ready items {
    id holder unit toUnitId toUnit fault role version unitId } } }"""
FOLLOW = """mutation($data: GrantSuccession!) { followGrants(data: $data) { ids waiting } }"""
UNITS = """query($unit: String!) { teams(where: { unit: { eq: $unit } }) { nodes { id } } }"""
FIRST_DAY = date(2025, 7, 1)
TEAM = {"kind": "patrol_group", "name": "Tổ của xã đã hết"}


def merge(town: Town, sources: list[str], day: date, **shares: Any) -> dict[str, Any]:
    """Draft that these units become one new one."""
    edges = [{"from_unit": unit, "to_unit": "mới", "share": 1} for unit in sources]
    return {
        "title": "Sắp xếp xã", "effective_on": day.isoformat(),
        "new_units": [new("mới", town, "1")], "successions": edges,
    }  # fmt: skip


def find_opened_unit(town: Town, id: str) -> str:
    """Return the unit that a change has opened, which stands until the next change."""
    (row,) = town.rows(
        "SELECT DISTINCT to_id FROM unit_succession WHERE reorganisation_id = :id", id=UUID(id)
    )
    return str(row.to_id)


def chain(town: Town, stack: ExitStack, days: list[date]) -> list[str]:
    """Merge 1.1 and 1.2, and the result again and again; return every unit, the last one stands."""
    line, sources = list[str](), [str(town.country["1.1"]), str(town.country["1.2"])]
    for day in days:
        done = stack.enter_context(commit_change(town, merge(town, sources, day)))
        line.append(find_opened_unit(town, done["id"]))
        sources = [line[-1]]
    return line


DAYS = {
    "on one day": [FIRST_DAY, FIRST_DAY],
    "on following days": [FIRST_DAY, FIRST_DAY + timedelta(days=1)],
    "three": [FIRST_DAY, FIRST_DAY, FIRST_DAY + timedelta(days=3)],
}


@pytest.mark.parametrize("days", DAYS.values(), ids=DAYS.keys())
def test_refusals_name_the_unit_that_stands(town: Town, days: list[date]) -> None:
    recorder = town.application.caller(Role.RECORDER, level=Level.PROVINCE, unit=town.country["1"])
    with ExitStack() as stack:
        last = chain(town, stack, days)[-1]
        ended = str(town.country["1.1"])
        team = {"kind": "protection_team", "unit": ended, "name": "Tổ"}
        refused = recorder.post("/api/v1/teams", team)
        assert (refused.status_code, refused.json()["code"]) == (409, "unit_closed"), refused.text
        assert [one["id"] for one in refused.json()["successors"]] == [last]
        told = hand_in(town.application, ended)
        assert (told.status_code, told.json()["code"]) == (409, "unit_closed")
        assert [one["id"] for one in told.json()["successors"]] == [last]


@pytest.mark.parametrize("days", DAYS.values(), ids=DAYS.keys())
def test_grants_follow_in_bulk_to_the_unit_that_stands(town: Town, days: list[date]) -> None:
    people = [town.person(Role.RECORDER, at=at) for at in ("1.1", "1.2", "1.1")]
    other = town.person(Role.VIEWER, at="2.1")
    with ExitStack() as stack:
        last = chain(town, stack, days)[-1]
        admin = town.admin("1").caller
        plan = admin.get(SUCCESSIONS).json()
        told = admin.ask(PLAN)["data"]["grantSuccessionPlan"]
        assert told["planHash"] == plan["plan_hash"]
        mine = {one["holder"]: one for one in plan["items"]}
        for person in people:
            assert (mine[person.login]["to_unit_id"], mine[person.login]["fault"]) == (last, None)
        assert other.login not in mine
        stale = admin.post(SUCCESSIONS, {"plan_hash": "0" * len(plan["plan_hash"])})
        assert (stale.status_code, stale.json()["code"]) == (409, "plan_changed")
        assert state(town, people[0]) == "waiting"
        done = admin.ask(FOLLOW, data={"planHash": plan["plan_hash"]})["data"]["followGrants"]
        assert {str(person.grants[0]) for person in people} <= set(done["ids"])
        assert len(done["ids"]) == plan["ready"]
        assert [state(town, person) for person in people] == ["active"] * 3
        again = admin.post(SUCCESSIONS, {"plan_hash": plan["plan_hash"]})
        assert again.status_code == 409


def test_officers_of_an_ended_unit_get_its_successors(town: Town) -> None:
    officer = town.person(Role.RECORDER, at="1.1")
    with ExitStack() as stack:
        last = chain(town, stack, DAYS["on following days"])[-1]
        unit = str(town.country["1.1"])
        answers = [
            officer.caller.get("/api/v1/teams"),
            officer.caller.post("/api/v1/teams", TEAM | {"unit": unit}),
            officer.caller.query(UNITS, unit=unit),
        ]
        for answer in answers:
            body = answer.json()
            told = body["errors"][0]["extensions"] if "data" in body else body
            assert told["code"] == "unit_ended", answer.text
            assert [one["id"] for one in told["successors"]] == [last]
            assert told["ended_on"] == FIRST_DAY.isoformat()
        assert answers[0].status_code == 403
    assert officer.caller.get("/api/v1/teams").json()["code"] == "unauthenticated"


def test_random_chains_end_at_units_that_stand(town: Town) -> None:
    """Over random chains: all waiting grants are proposed to the one unit that stands."""
    dice = make_dice("chains")
    for _ in range(3):
        people: list[Person] = [town.person(Role.RECORDER, at="1.1") for _ in range(2)]
        days = [FIRST_DAY]
        for _ in range(dice.randrange(1, 4)):
            days.append(days[-1] + timedelta(days=dice.choice((0, 0, 1, 30))))
        with ExitStack() as stack:
            last = chain(town, stack, days)[-1]
            plan = town.admin("1").caller.get(SUCCESSIONS).json()
            found = {one["holder"]: one["to_unit_id"] for one in plan["items"]}
            assert {found[person.login] for person in people} == {last}, days
