"""Who may open a tip: oneself or a colleague that reaches it, never who is excluded."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.db.tables.auth import Account, Grant
from app.domain.actor import Role
from tests.house import runner
from tests.tips.ground import ME, OTHER, TIPS, Ground, code_of

ASSIGN = """mutation($id: UUID!, $data: TipAssign!) {
  assignTip(id: $id, data: $data) { id assignments { id subject assignedBy endedOn } } }"""
END = """mutation($id: UUID!, $of: UUID!) {
  endTipAssignment(id: $id, assignmentId: $of) { assignments { endedOn } } }"""


def account(
    ground: Ground, role: Role = Role.INVESTIGATOR, of: str = "1.1", home: str | None = None
) -> str:
    """Somebody with an account of one unit, who serves in a role for a unit."""

    async def made() -> UUID:
        async with ground.house.behind() as session:
            somebody = Account(
                login=f"a-{uuid4().hex}", name="Người", unit_id=ground.country[home or of]
            )
            session.add(somebody)
            await session.flush()
            granted = Grant(account_id=somebody.id, role=role, unit_id=ground.country[of])
            session.add(granted)
            return somebody.id

    return str(runner().run(made()))


def assign(ground: Ground, tip: UUID, subject: str = ME, of: str = "1.1") -> Any:
    caller = ground.who(Role.TIP_OFFICER, of=of)
    return caller.post(f"{TIPS}/{tip}/assignments", {"subject": subject})


def test_nobody_assigns_without_a_token(ground: Ground) -> None:
    tip, said = ground.tip(mine=False), {"subject": ME}
    assert ground.house.nobody.post(f"{TIPS}/{tip}/assignments", said).status_code == 401
    assert ground.house.nobody.query(ASSIGN, id=str(tip), data=said).status_code == 401


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.TIP_OFFICER])
def test_only_tip_officers_assign(ground: Ground, role: Role) -> None:
    tip, said = ground.tip(mine=False), {"subject": ME}
    caller = ground.who(role)
    assert caller.post(f"{TIPS}/{tip}/assignments", said).status_code == 403
    assert code_of(caller.ask(ASSIGN, id=str(tip), data=said)) == "forbidden"


@pytest.mark.parametrize("of", ["1.2", "2", "", "1.1.1"])
def test_a_tip_of_another_unit_is_not_there(ground: Ground, of: str) -> None:
    assert assign(ground, ground.tip(mine=False), of=of).json()["code"] == "tip_not_found"


def test_an_officer_assigns_himself_and_opens_it(ground: Ground) -> None:
    tip = ground.tip(mine=False)
    assert ground.officer.get(f"{TIPS}/{tip}/content").json()["code"] == "not_assigned"
    answer = assign(ground, tip)
    assert [given["subject"] for given in answer.json()["assignments"]] == [ME]
    assert ground.officer.get(f"{TIPS}/{tip}/content").status_code == 200


def test_who_is_no_longer_assigned_opens_it_no_longer(ground: Ground) -> None:
    tip = ground.tip(mine=False)
    given = assign(ground, tip).json()["assignments"][0]["id"]
    path = f"{TIPS}/{tip}/assignments/{given}/end"
    assert ground.who(Role.TIP_OFFICER, of="1.2").post(path).status_code == 404
    assert ground.investigator.post(path).status_code == 403
    assert ground.officer.post(path).json()["assignments"][0]["ended_on"]
    assert ground.officer.post(path).json()["code"] == "assignment_not_found"
    assert ground.officer.get(f"{TIPS}/{tip}/content").json()["code"] == "not_assigned"
    assert assign(ground, tip).status_code == 200


def test_the_same_over_graphql(ground: Ground) -> None:
    tip, colleague = ground.tip(mine=False), account(ground)
    found = ground.officer.ask(ASSIGN, id=str(tip), data={"subject": colleague})
    (given,) = found["data"]["assignTip"]["assignments"]
    assert (given["subject"], given["assignedBy"]) == (colleague, ME)
    found = ground.officer.ask(END, id=str(tip), of=given["id"])
    assert found["data"]["endTipAssignment"]["assignments"][0]["endedOn"]


@pytest.mark.parametrize(
    ("role", "of"),
    [(Role.INVESTIGATOR, "1.1"), (Role.TIP_OFFICER, "1.1"), (Role.INVESTIGATOR, "1")],
)
def test_a_colleague_whose_unit_reaches_the_tip_is_assigned(
    ground: Ground, role: Role, of: str
) -> None:
    tip, colleague = ground.tip(mine=False), account(ground, role, of)
    assert assign(ground, tip, colleague).status_code == 200
    reader = ground.who(role, of=of, subject=colleague)
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
def test_who_does_not_reach_it_is_not_assigned(ground: Ground, role: Role, of: str) -> None:
    tip, stranger = ground.tip(mine=False), account(ground, role, of)
    refused = assign(ground, tip, stranger)
    unknown = assign(ground, tip, str(uuid4()))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "cannot_be_assigned")
    told = [answer.json() | {"request_id": ""} for answer in (refused, unknown)]
    assert told[0] == told[1]


def test_who_is_disabled_or_has_lost_his_role_is_not_assigned(ground: Ground) -> None:
    tip, gone, revoked = ground.tip(mine=False), account(ground), account(ground)
    ground.rows("UPDATE account SET disabled_at = now() WHERE id = $1", UUID(gone))
    ground.rows("UPDATE role_grant SET state = 'revoked' WHERE account_id = $1", UUID(revoked))
    for subject in (gone, revoked, OTHER, "'; --"):
        assert assign(ground, tip, subject).status_code == 422


@pytest.mark.parametrize(("of", "home"), [("1.1", "1.1"), ("1.1", "1"), ("1", "1.1")])
def test_nobody_of_the_excluded_unit_is_assigned(ground: Ground, of: str, home: str) -> None:
    """The tip lies with the province, for it is not for the commune."""
    excluded = ground.country["1.1"]
    tip = ground.tip("1", mine=False, excluded_unit_id=excluded)
    assert assign(ground, tip, account(ground, of=of, home=home), of="1").status_code == 422
    assert assign(ground, tip, account(ground, of="1"), of="1").status_code == 200


def test_somebody_is_assigned_once(ground: Ground) -> None:
    tip, caller = ground.tip(mine=False), ground.officer

    async def race() -> list[int]:
        asked = [
            ground.house.answer(
                "POST", f"{TIPS}/{tip}/assignments", json={"subject": ME}, headers=caller.headers
            )
            for _ in range(5)
        ]
        return sorted(answer.status_code for answer in await asyncio.gather(*asked))

    assert runner().run(race()) == [200, *[409] * 4]
    assert assign(ground, tip).json()["code"] == "already_assigned"


def test_ones_own_tips_are_listed(ground: Ground) -> None:
    own, other = ground.tip("2.2"), ground.tip("2.2", mine=False)
    caller = ground.who(Role.TIP_OFFICER, of="2.2")
    found = {
        row["id"] for row in caller.get(TIPS, assigned=ME, fields="id", limit=100).json()["items"]
    }
    assert str(own) in found
    assert str(other) not in found
