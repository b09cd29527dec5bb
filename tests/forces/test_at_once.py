"""Several deciders at the same moment: one is first, the others learn so; nobody meets a 500."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from app.db.errors import is_unique_violation
from app.db.tables.team_members import TeamRole, TeamTerm
from app.domain.actor import Role
from tests.application import LOG, runner
from tests.forces.give import DISSOLVE, MEMBERS, RULES, SINCE, TEAMS, Scenario, day


def at_once(scenario: Scenario, requests: list[tuple[str, str, Any]]) -> list[httpx.Response]:
    """Sent together, each to the record as it is before."""
    caller = scenario.approver
    tags = [caller.get(path).headers["etag"] for path, _, _ in requests]

    async def send() -> list[httpx.Response]:
        sent = (
            scenario.application.answer(
                "POST", path + below, json=body, headers=caller.headers | {"if-match": tag}
            )
            for (path, below, body), tag in zip(requests, tags, strict=True)
        )
        return list(await asyncio.gather(*sent))

    return runner().run(send())


def test_of_two_leaders_at_once_there_is_one(scenario: Scenario) -> None:
    begin = LOG.tell()
    for _ in range(5):
        team = scenario.give_team()["id"]
        members = [scenario.active(team) for _ in range(3)]
        body = {"role": "leader", "since": day(3)}
        answers = at_once(scenario, [(f"{MEMBERS}/{member}", "/roles", body) for member in members])
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
        assert {a.json()["code"] for a in answers if a.status_code == 409} == {"leader_taken"}
        led = scenario.approver.get(MEMBERS, team_id=team, leading_on=day(0)).json()["items"]
        assert len(led) == 1
    assert '"level": "error"' not in LOG.getvalue()[begin:]


def test_the_database_itself_holds_one_leader_a_day(scenario: Scenario) -> None:
    """A write past the service meets this."""
    team = scenario.give_team()["id"]
    ids = [scenario.active(team, "leader"), scenario.active(team)]

    async def write() -> None:
        async with scenario.application.app.state.resources.database.write_transaction() as session:
            other = TeamTerm(
                team_id=UUID(team), member_id=UUID(ids[1]), role=TeamRole.LEADER,
                since=date.fromisoformat(SINCE), until=date(2024, 12, 31),
            )  # fmt: skip
            session.add(other)

    with pytest.raises(IntegrityError) as refused:
        runner().run(write())
    assert is_unique_violation(refused.value)


def test_the_last_place_in_a_team_is_taken_once(scenario: Scenario) -> None:
    body = {"province": str(scenario.country["1"]), "kind": "core_group", "least": 1, "most": 1,
            "deputies": 0, "valid_from": SINCE, "basis": "NQ 1"}  # fmt: skip
    assert scenario.who(Role.UNIT_ADMIN, of="1").post(RULES, body).status_code == 201
    for _ in range(3):
        team = scenario.give_team(kind="core_group")["id"]
        members = [scenario.give_applicant(team) for _ in range(3)]
        for member in members:
            assert scenario.step(member, "select").is_success
        step = {"action": "recognise", "effective_on": day(0)}
        answers = at_once(scenario, [(f"{MEMBERS}/{one}", "/transitions", step) for one in members])
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409]


def test_somebody_who_joins_a_team_that_is_being_dissolved_is_not_left_behind(
    scenario: Scenario,
) -> None:
    for _ in range(5):
        team = scenario.give_team()["id"]
        member = scenario.give_applicant(team)
        assert scenario.step(member, "select").is_success
        step = {"action": "recognise", "effective_on": day(0)}
        requests = [(f"{TEAMS}/{team}", "/transitions", DISSOLVE),
                 (f"{MEMBERS}/{member}", "/transitions", step)]  # fmt: skip
        dissolved, recognised = at_once(scenario, requests)
        assert dissolved.status_code == 200
        assert recognised.status_code in (200, 409, 412)
        assert scenario.approver.get(f"{MEMBERS}/{member}").json()["state"] == "ended"


def test_one_reference_sent_by_many_at_once_is_one_team(scenario: Scenario) -> None:
    caller = scenario.approver

    async def send(body: Any) -> list[httpx.Response]:
        sent = (
            scenario.application.answer("POST", TEAMS, json=body, headers=caller.headers)
            for _ in range(4)
        )
        return list(await asyncio.gather(*sent))

    for n in range(5):
        answers = runner().run(send(scenario.team(reference=f"race-{n}")))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
