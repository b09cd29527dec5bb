"""Assignments: oneself or a colleague whose unit reaches the tip, never an excluded one."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.db.tables.auth import Account, Grant
from app.domain.actor import Role
from tests.application import runner
from tests.tips.scenario import ME, OTHER, TIPS, TipScenario, code_of

ASSIGN = """mutation($id: UUID!, $data: TipAssignmentCreate!) {
  assignTip(id: $id, data: $data) { id assignments { id subject assignedBy endedOn } } }"""
END = """mutation($id: UUID!, $of: UUID!) {
  endTipAssignment(id: $id, assignmentId: $of) { assignments { endedOn } } }"""


def account(
    scenario: TipScenario, role: Role = Role.INVESTIGATOR, of: str = "1.1", home: str | None = None
) -> str:
    """Insert an account of one unit with a role for another."""

    async def insert_account() -> UUID:
        async with scenario.application.behind() as session:
            somebody = Account(
                login=f"a-{uuid4().hex}", name="Người", unit_id=scenario.country[home or of]
            )
            session.add(somebody)
            await session.flush()
            granted = Grant(account_id=somebody.id, role=role, unit_id=scenario.country[of])
            session.add(granted)
            return somebody.id

    return str(runner().run(insert_account()))


def assign(scenario: TipScenario, tip: UUID, subject: str = ME, of: str = "1.1") -> Any:
    caller = scenario.who(Role.TIP_OFFICER, of=of)
    return caller.post(f"{TIPS}/{tip}/assignments", {"subject": subject})


def test_assigning_needs_a_token(scenario: TipScenario) -> None:
    tip, said = scenario.tip(mine=False), {"subject": ME}
    assert scenario.application.nobody.post(f"{TIPS}/{tip}/assignments", said).status_code == 401
    assert scenario.application.nobody.query(ASSIGN, id=str(tip), data=said).status_code == 401


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.TIP_OFFICER])
def test_only_tip_officers_assign(scenario: TipScenario, role: Role) -> None:
    tip, said = scenario.tip(mine=False), {"subject": ME}
    caller = scenario.who(role)
    assert caller.post(f"{TIPS}/{tip}/assignments", said).status_code == 403
    assert code_of(caller.ask(ASSIGN, id=str(tip), data=said)) == "forbidden"


@pytest.mark.parametrize("of", ["1.2", "2", "", "1.1.1"])
def test_tip_of_another_unit_is_not_found(scenario: TipScenario, of: str) -> None:
    assert assign(scenario, scenario.tip(mine=False), of=of).json()["code"] == "tip_not_found"


def test_officer_self_assigns_and_opens_the_tip(scenario: TipScenario) -> None:
    tip = scenario.tip(mine=False)
    assert scenario.officer.get(f"{TIPS}/{tip}/content").json()["code"] == "not_assigned"
    answer = assign(scenario, tip)
    assert [given["subject"] for given in answer.json()["assignments"]] == [ME]
    assert scenario.officer.get(f"{TIPS}/{tip}/content").status_code == 200


def test_ended_assignment_closes_the_content(scenario: TipScenario) -> None:
    tip = scenario.tip(mine=False)
    given = assign(scenario, tip).json()["assignments"][0]["id"]
    path = f"{TIPS}/{tip}/assignments/{given}/end"
    assert scenario.who(Role.TIP_OFFICER, of="1.2").post(path).status_code == 404
    assert scenario.investigator.post(path).status_code == 403
    assert scenario.officer.post(path).json()["assignments"][0]["ended_on"]
    assert scenario.officer.post(path).json()["code"] == "assignment_not_found"
    assert scenario.officer.get(f"{TIPS}/{tip}/content").json()["code"] == "not_assigned"
    assert assign(scenario, tip).status_code == 200


def test_assignment_over_graphql(scenario: TipScenario) -> None:
    tip, colleague = scenario.tip(mine=False), account(scenario)
    found = scenario.officer.ask(ASSIGN, id=str(tip), data={"subject": colleague})
    (given,) = found["data"]["assignTip"]["assignments"]
    assert (given["subject"], given["assignedBy"]) == (colleague, ME)
    found = scenario.officer.ask(END, id=str(tip), of=given["id"])
    assert found["data"]["endTipAssignment"]["assignments"][0]["endedOn"]


@pytest.mark.parametrize(
    ("role", "of"),
    [(Role.INVESTIGATOR, "1.1"), (Role.TIP_OFFICER, "1.1"), (Role.INVESTIGATOR, "1")],
)
def test_colleague_of_a_unit_in_reach_is_assigned(
    scenario: TipScenario, role: Role, of: str
) -> None:
    tip, colleague = scenario.tip(mine=False), account(scenario, role, of)
    assert assign(scenario, tip, colleague).status_code == 200
    reader = scenario.who(role, of=of, subject=colleague)
    assert reader.get(f"{TIPS}/{tip}/content").status_code == 200


@pytest.mark.parametrize(
    ("role", "of"),
    [
        (Role.VIEWER, "1.1"),
        (Role.IDENTITY_CUSTODIAN, "1.1"),
        (Role.INVESTIGATOR, "1.2"),
        (Role.INVESTIGATOR, "2"),
        (Role.INVESTIGATOR, ""),
        (Role.INVESTIGATOR, "1.1.1"),
    ],
)
def test_person_out_of_reach_is_not_assigned(scenario: TipScenario, role: Role, of: str) -> None:
    tip, stranger = scenario.tip(mine=False), account(scenario, role, of)
    refused = assign(scenario, tip, stranger)
    unknown = assign(scenario, tip, str(uuid4()))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "cannot_be_assigned")
    told = [answer.json() | {"request_id": ""} for answer in (refused, unknown)]
    assert told[0] == told[1]


def test_disabled_or_revoked_account_is_not_assigned(scenario: TipScenario) -> None:
    tip, gone, revoked = scenario.tip(mine=False), account(scenario), account(scenario)
    scenario.rows("UPDATE account SET disabled_at = now() WHERE id = $1", UUID(gone))
    scenario.rows("UPDATE role_grant SET state = 'revoked' WHERE account_id = $1", UUID(revoked))
    for subject in (gone, revoked, OTHER, "'; --"):
        assert assign(scenario, tip, subject).status_code == 422


@pytest.mark.parametrize(("of", "home"), [("1.1", "1.1"), ("1.1", "1"), ("1", "1.1")])
def test_person_of_the_excluded_unit_is_not_assigned(
    scenario: TipScenario, of: str, home: str
) -> None:
    """The province holds the tip, for the commune is excluded."""
    excluded = scenario.country["1.1"]
    tip = scenario.tip("1", mine=False, excluding=[excluded])
    assert assign(scenario, tip, account(scenario, of=of, home=home), of="1").status_code == 422
    assert assign(scenario, tip, account(scenario, of="1"), of="1").status_code == 200


def test_second_assignment_of_a_person_is_refused(scenario: TipScenario) -> None:
    tip, caller = scenario.tip(mine=False), scenario.officer

    async def race() -> list[int]:
        asked = [
            scenario.application.answer(
                "POST", f"{TIPS}/{tip}/assignments", json={"subject": ME}, headers=caller.headers
            )
            for _ in range(5)
        ]
        return sorted(answer.status_code for answer in await asyncio.gather(*asked))

    assert runner().run(race()) == [200, *[409] * 4]
    assert assign(scenario, tip).json()["code"] == "already_assigned"


def test_assigned_filter_lists_own_tips(scenario: TipScenario) -> None:
    own, other = scenario.tip("2.2"), scenario.tip("2.2", mine=False)
    caller = scenario.who(Role.TIP_OFFICER, of="2.2")
    found = {
        row["id"] for row in caller.get(TIPS, assigned=ME, fields="id", limit=100).json()["items"]
    }
    assert str(own) in found
    assert str(other) not in found
