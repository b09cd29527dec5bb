"""Grants: what they say, how they end, and that every change holds on the next request."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from app.db.base import now
from app.domain.actor import Role
from tests.access.accounts.give import STEP, Person, Town, at_once
from tests.application import runner

GRANTS = "/api/v1/grants"
MOVE = """mutation($id: UUID!, $v: Int!, $data: GrantTransition!) {
    transitionGrant(id: $id, expectedVersion: $v, data: $data) { id state allowedActions } }"""


def test_a_grant_says_what_for_and_until_when(town: Town) -> None:
    somebody, until = town.person(at="1.1"), (now() + timedelta(days=30)).isoformat()
    data = town.role(
        somebody, Role.EVALUATOR, "1.1", purposes=["evaluation", "statistics", "evaluation"],
        expires_at=until,
    )  # fmt: skip
    made = town.admin("1").caller.post(GRANTS, data)
    body = made.json()
    assert made.status_code == 201
    assert body["purposes"] == ["evaluation", "statistics"]
    assert (body["state"], body["allowed_actions"]) == ("active", ["revoke"])
    assert body["expires_at"]


@pytest.mark.parametrize(
    "wrong",
    [{"purposes": ["curiosity"]}, {"role": "king"}, {"expires_at": "2020-01-01T00:00:00Z"},
     {"expires_at": "2099-01-01T00:00:00"}, {"account_id": None}, {"client_id": "x"}, {"more": 1}],
)  # fmt: skip
def test_what_a_grant_does_not_say(town: Town, wrong: dict[str, Any]) -> None:
    data = town.role(town.person(at="1.1"), Role.VIEWER, "1.1") | wrong
    assert town.admin("1").caller.post(GRANTS, data).status_code == 422


@pytest.mark.parametrize("layer", ["REST", "GraphQL"])
def test_a_revoked_grant_opens_nothing_from_the_next_request_on(town: Town, layer: str) -> None:
    somebody, admin = town.person(Role.VIEWER, at="1.1"), town.admin("1")
    assert town.lives(somebody)
    if layer == "REST":
        done = admin.caller.move(f"{GRANTS}/{somebody.grants[0]}", STEP).json()
        assert (done["state"], done["allowed_actions"]) == ("revoked", [])
    else:
        done = admin.caller.ask(MOVE, id=str(somebody.grants[0]), v=1, data=STEP)["data"][
            "transitionGrant"
        ]
        assert (done["state"], done["allowedActions"]) == ("REVOKED", [])
    assert not town.lives(somebody)
    (kept,) = town.rows("SELECT version, ended_at FROM auth_session WHERE id = :id",
                        id=somebody.session)  # fmt: skip
    assert (kept.version, kept.ended_at) == (
        2,
        None,
    )  # it may be refreshed, to the rights that remain
    again = admin.caller.move(f"{GRANTS}/{somebody.grants[0]}", STEP)
    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")


def test_a_new_grant_outdates_too(town: Town) -> None:
    somebody = town.person(Role.VIEWER, at="1.1")
    data = town.role(somebody, Role.RECORDER, "1.1")
    assert town.admin("1").caller.post(GRANTS, data).status_code == 201
    assert not town.lives(somebody)


def test_others_are_left_alone(town: Town) -> None:
    somebody, other = (town.person(Role.VIEWER, at="1.1") for _ in "ab")
    town.admin("1").caller.move(f"{GRANTS}/{somebody.grants[0]}", STEP)
    assert town.lives(other)


def test_the_disabled_are_granted_nothing(town: Town) -> None:
    somebody, admin = town.person(at="1.1"), town.admin("1")
    off = {"action": "disable", "reason": "x"}
    assert admin.caller.move(f"/api/v1/accounts/{somebody.id}", off).is_success
    refused = admin.caller.post(GRANTS, town.role(somebody, Role.VIEWER, "1.1"))
    assert (refused.status_code, refused.json()["code"]) == (409, "holder_disabled")


def test_an_active_grant_does_not_follow_anywhere(town: Town) -> None:
    somebody = town.person(Role.VIEWER, at="1.1")
    step = {"action": "follow", "unit": str(town.country["1.2"])}
    answer = town.admin("1").caller.move(f"{GRANTS}/{somebody.grants[0]}", step)
    assert (answer.status_code, answer.json()["allowed_actions"]) == (409, ["revoke"])


class TestTheLastAdministrator:
    def count_administrators(self, town: Town) -> int:
        (row,) = town.rows(
            "SELECT count(*) FROM role_grant g JOIN account a ON a.id = g.account_id "
            "JOIN unit u ON u.id = g.unit_id WHERE u.level = 'national' AND a.disabled_at IS NULL "
            "AND g.role = 'unit_admin' AND g.state = 'active' AND g.expires_at IS NULL"
        )
        count: int = row[0]
        return count

    def alone(self, town: Town, *names: str) -> None:
        """Let nobody be administrator of the country but these."""
        town.rows(
            "UPDATE role_grant SET state = 'revoked' WHERE role = 'unit_admin' "
            "AND account_id::text <> ALL (:names)", names=list(names),
        )  # fmt: skip

    @pytest.mark.parametrize("what", ["revoke", "disable"])
    def test_stays(self, town: Town, what: str) -> None:
        one, other = town.admin(""), town.admin("")
        self.alone(town, str(one.id), str(other.id))
        assert runner().run(town.by_hand(one, what)) == ""
        assert runner().run(town.by_hand(other, what)) == "last_administrator"
        assert self.count_administrators(town) == 1

    def test_one_whose_grant_will_expire_does_not_count(self, town: Town) -> None:
        one, other = town.admin(""), town.admin("")
        self.alone(town, str(one.id), str(other.id))
        town.rows("UPDATE role_grant SET expires_at = now() + interval '1 day' WHERE id = :id",
                  id=other.grants[0])  # fmt: skip
        assert runner().run(town.by_hand(one, "revoke")) == "last_administrator"
        assert runner().run(town.by_hand(other, "revoke")) == ""

    def test_two_at_once_do_not_remove_the_last_two(self, town: Town) -> None:
        async def both(one: Person, other: Person) -> list[str]:
            work = (town.by_hand(one, "revoke"), town.by_hand(other, "disable"))
            return list(await asyncio.gather(*work))

        for _ in range(5):
            one, other = town.admin(""), town.admin("")
            self.alone(town, str(one.id), str(other.id))
            assert sorted(runner().run(both(one, other))) == ["", "last_administrator"]
            assert self.count_administrators(town) == 1


def test_revoking_while_granting_leaves_one_truth(town: Town) -> None:
    for _ in range(4):
        somebody, admin = town.person(Role.VIEWER, at="1.1"), town.admin("1")
        path = f"{GRANTS}/{somebody.grants[0]}/transitions"
        data = town.role(somebody, Role.RECORDER, "1.1")
        asked = [(path, STEP), (GRANTS, data), (path, STEP)]
        assert sorted(at_once(admin, asked)) == [200, 201, 412]
        active = "SELECT role FROM role_grant WHERE account_id = :id AND state = 'active'"
        held = town.rows(active, id=somebody.id)
        assert [row.role for row in held] == ["recorder"]
        assert not town.lives(somebody)
