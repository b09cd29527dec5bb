"""Separation of duty: who may grant which role, for which unit, to whom; at both layers."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.accounts import rules
from app.domain.accounts.errors import BeyondYou, NeedsASecondPerson, OnOneself, RolesConflict
from app.domain.actor import Actor, Level, Role
from tests.access.accounts.give import STEP, Person, Town, at_once

GRANT = "mutation($data: GrantCreate!) { grantRole(data: $data) { id role state } }"
MOVE = """mutation($id: UUID!, $data: GrantTransition!) {
    transitionGrant(id: $id, data: $data) { id state allowedActions } }"""
WATCHED = [Role.AUDITOR, Role.IDENTITY_CUSTODIAN]
ORDINARY = [Role.VIEWER, Role.RECORDER, Role.EVALUATOR, Role.APPROVER, Role.STATISTICIAN]


def try_grant(by: Person, data: dict[str, Any]) -> tuple[int, str]:
    """Return the answer of both layers to a refused grant, or the status of a new one."""
    camel = {
        "accountId": data.get("account_id"), "clientId": data.get("client_id"),
        "role": data["role"].upper(), "unit": data["unit"],
    }  # fmt: skip
    refused = by.caller.ask(GRANT, data=camel) if data.get("refused", True) else None
    data = {name: value for name, value in data.items() if name != "refused"}
    answer = by.caller.post("/api/v1/grants", data)
    if answer.status_code == 201:
        return 201, ""
    if refused:
        told = refused["errors"][0]["extensions"]
        assert (told["status"], told["code"]) == (answer.status_code, answer.json()["code"])
    return answer.status_code, answer.json()["code"]


class TestOrdinaryRoles:
    @pytest.mark.parametrize("role", ORDINARY)
    @pytest.mark.parametrize(("at", "unit"), [("", "1.1.1"), ("1", "1"), ("1.1", "1.1.2")])
    def test_an_administrator_grants_them_in_their_own_units(
        self, town: Town, role: Role, at: str, unit: str
    ) -> None:
        somebody = town.person(at=unit)
        granted = town.role(somebody, role, unit, refused=False)
        assert try_grant(town.admin(at), granted) == (201, "")

    def test_units_of_others_are_not_there(self, town: Town) -> None:
        admin, mine, other = town.admin("1"), town.person(at="1.1"), town.person(at="2.1")
        assert try_grant(admin, town.role(mine, Role.VIEWER, "2")) == (404, "unit_not_found")
        assert try_grant(admin, town.role(mine, Role.VIEWER, "")) == (404, "unit_not_found")
        assert try_grant(admin, town.role(other, Role.VIEWER, "1")) == (404, "account_not_found")

    def test_nobody_grants_themselves_anything(self, town: Town) -> None:
        for at in ("", "1", "1.1"):
            admin = town.admin(at)
            for role in (Role.VIEWER, *WATCHED):
                status, code = try_grant(
                    admin, town.role(admin, role, "1.1.1" if at == "1.1" else "1.1")
                )
                assert (status, code) in [(403, "on_oneself"), (422, "not_at_this_level")]


class TestAdministrators:
    @pytest.mark.parametrize(
        ("at", "unit", "status"),
        [("", "1", 201), ("", "1.1.1", 201), ("1", "1.1", 201), ("", "", 403), ("1", "1", 403),
         ("1.1", "1.1", 403), ("1.1", "1.1.1", 403)],
    )  # fmt: skip
    def test_only_a_province_or_the_country_appoints_them_and_only_below(
        self, town: Town, at: str, unit: str, status: int
    ) -> None:
        data = town.role(town.person(at=unit), Role.UNIT_ADMIN, unit, refused=status != 201)
        assert try_grant(town.admin(at), data)[0] == status

    def test_a_role_that_may_not_appoint_may_not_remove(self, town: Town) -> None:
        for by, of in (("1", "1"), ("1.1", "1.1"), ("", "")):
            other = town.admin(of)
            path = f"/api/v1/grants/{other.grants[0]}/transitions"
            answer = town.admin(by).caller.post(path, STEP)
            assert (answer.status_code, answer.json()["code"]) == (403, "beyond_you")


class TestTheWatched:
    def test_only_from_above(self, town: Town) -> None:
        nation, province, commune = town.admin(""), town.admin("1"), town.admin("1.1")
        assert (
            try_grant(commune, town.role(town.person(at="1.1.1"), Role.AUDITOR, "1.1.1"))[0] == 403
        )
        assert try_grant(province, town.role(town.person(at="1"), Role.AUDITOR, "1"))[0] == 403
        assert try_grant(province, town.role(town.person(at="1"), Role.AUDITOR, "1.1"))[0] == 403
        for role, at in (
            (Role.AUDITOR, "1.1"),
            (Role.AUDITOR, "1"),
            (Role.IDENTITY_CUSTODIAN, "1"),
        ):
            by = province if at == "1.1" else nation
            data = town.role(town.person(at=at), role, at, refused=False)
            assert try_grant(by, data) == (201, "")
        assert try_grant(nation, town.role(town.person(at=""), Role.AUDITOR, ""))[0] == 403

    @pytest.mark.parametrize("at", ["1.1", "1.1.1"])
    def test_no_custodian_below_the_province(self, town: Town, at: str) -> None:
        data = town.role(town.person(at=at), Role.IDENTITY_CUSTODIAN, at)
        assert try_grant(town.admin(""), data) == (422, "not_at_this_level")

    @pytest.mark.parametrize("role", WATCHED)
    def test_a_second_administrator_of_ones_own_unit_is_no_way(
        self, town: Town, role: Role
    ) -> None:
        one, other = town.admin("1"), town.admin("1")
        assert try_grant(other, town.role(one, role, "1"))[0] == 403
        assert try_grant(town.admin(""), town.role(one, role, "1")) == (409, "roles_conflict")

    def test_moving_a_colleague_down_first_is_no_way(self, town: Town) -> None:
        admin, colleague = town.admin("1"), town.person(at="1")
        unit = {"unit": str(town.country["1.1"])}
        moved = admin.caller.change("PATCH", f"/api/v1/accounts/{colleague.id}", unit)
        assert moved.status_code == 200
        refused = try_grant(admin, town.role(colleague, Role.AUDITOR, "1.1"))
        assert refused == (403, "needs_a_second_person")

    def test_an_account_of_ones_own_making_is_no_way(self, town: Town) -> None:
        admin = town.admin("1")
        mine = town.person(at="1.1", made_by=str(admin.id))
        refused = try_grant(admin, town.role(mine, Role.AUDITOR, "1.1"))
        assert refused == (403, "needs_a_second_person")
        another = town.role(mine, Role.AUDITOR, "1.1", refused=False)
        assert try_grant(town.admin(""), another) == (201, "")

    def test_an_administrator_cannot_remove_their_auditor(self, town: Town) -> None:
        auditor = town.person(Role.AUDITOR, at="1")
        for by in (town.admin("1"), town.person(Role.UNIT_ADMIN, at="1", home="1.1")):
            grant = by.caller.post(f"/api/v1/grants/{auditor.grants[0]}/transitions", STEP)
            steps = {"action": "disable", "reason": "Phiền"}
            account = f"/api/v1/accounts/{auditor.id}"
            link = {"issuer": "https://id.example", "external_subject": "me"}
            answers = [
                grant, by.caller.post(f"{account}/transitions", steps),
                by.caller.post(f"{account}/identity", link),
                by.caller.send("PATCH", account, json={"name": "Khác"}),
            ]  # fmt: skip
            assert {(a.status_code, a.json()["code"]) for a in answers} == {(403, "beyond_you")}
        assert town.lives(auditor)


class TestConflicts:
    @pytest.mark.parametrize(("one", "other"), sorted(map(sorted, rules.CONFLICTS)))
    def test_the_watcher_is_not_the_watched(self, one: Role, other: Role) -> None:
        for role, held in ((one, other), (other, one)):
            with pytest.raises(RolesConflict):
                rules.check_conflicts(role, [held])

    def test_of_two_grants_at_once_that_exclude_each_other_one_is_refused(self, town: Town) -> None:
        for _ in range(4):
            somebody = town.person(at="1", home="1")
            nation = town.admin("")
            wanted = [town.role(somebody, role, "1") for role in WATCHED]
            statuses = at_once(nation, [("/api/v1/grants", data) for data in wanted])
            assert sorted(statuses) == [201, 409]

    def test_the_same_twice_at_once_is_granted_once(self, town: Town) -> None:
        somebody = town.person(at="1")
        data = town.role(somebody, Role.VIEWER, "1")
        statuses = at_once(town.admin(""), [("/api/v1/grants", data)] * 3)
        assert sorted(statuses) == [201, 409, 409]


class TestTheTable:
    """Every cell: role × level of the administrator × level of the unit."""

    @pytest.mark.parametrize("role", Role)
    def test_every_role_has_terms(self, role: Role) -> None:
        assert role in rules.TERMS

    @pytest.mark.parametrize("role", [*WATCHED, Role.UNIT_ADMIN])
    def test_nobody_grants_at_their_own_level_what_is_granted_from_above(self, role: Role) -> None:
        for level in Level:
            actor = Actor("a", frozenset({Role.UNIT_ADMIN}), level, uuid4(), session=uuid4())
            with pytest.raises(BeyondYou):
                rules.check_may_decide(actor, role, level, level)

    @pytest.mark.parametrize("role", Role)
    def test_nobody_grants_themselves(self, role: Role) -> None:
        me = uuid4()
        actor = Actor(str(me), frozenset({Role.UNIT_ADMIN}), Level.NATIONAL, uuid4(), session=me)
        at = next(level for level in reversed(Level) if level in rules.TERMS[role].at)
        with pytest.raises(OnOneself):
            rules.check_grant(actor, role, at, rules.Holder(me, True, Level.VILLAGE))

    @pytest.mark.parametrize("role", WATCHED)
    def test_the_maker_does_not_grant_them(self, role: Role) -> None:
        actor = Actor("a", frozenset({Role.UNIT_ADMIN}), Level.NATIONAL, uuid4(), session=uuid4())
        for worked_on_by in (("a", "b"), ("b", "a")):
            known = rules.Holder(uuid4(), True, Level.PROVINCE, worked_on_by)
            with pytest.raises(NeedsASecondPerson):
                rules.check_grant(actor, role, Level.PROVINCE, known)

    def test_machines_hold_nothing_that_answers_in_person(self) -> None:
        personal = {
            Role.IDENTITY_CUSTODIAN, Role.AUDITOR, Role.INVESTIGATOR, Role.APPROVER,
            Role.UNIT_ADMIN, Role.TIP_OFFICER, Role.CASE_WORKER,
        }  # fmt: skip
        assert not personal & {Role(role) for role in rules.FOR_MACHINES}
