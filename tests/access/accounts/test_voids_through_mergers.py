"""Voids after a merger: the successor's approvers take them, and nobody else; at both layers."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

import pytest

from app.domain.actor import Level, Role
from tests.access.accounts.give import Person, Town
from tests.access.accounts.test_chains import DAYS, chain
from tests.application import Caller

TEAM = {"kind": "protection_team", "name": "Tổ"}
COMMITTEE = {
    "scope": "movement", "name": "BCĐ", "size": 9, "chair_position": "Chủ tịch",
    "established_on": "2021-07-15",
}  # fmt: skip
ORGANISATION = {"kind": "school", "name": "Trường"}
KINDS: dict[str, dict[str, Any]] = {
    "teams": TEAM,
    "committees": COMMITTEE,
    "organisations": ORGANISATION,
}
MUTATIONS = {
    "teams": "voidTeam", "committees": "voidCommittee", "organisations": "voidOrganisation",
}  # fmt: skip
REASON = {"reason": "Nhập nhầm"}


@contextmanager
def merge_unit_of(town: Town, kind: str) -> Iterator[tuple[str, str, Person]]:
    """Enter a record in 1.1, then merge it twice; its id, its unit today, an officer of 1.1."""
    officer = town.person(Role.APPROVER, at="1.1")
    data = KINDS[kind] | {"unit": str(town.country["1.1"])}
    made = officer.caller.post(f"/api/v1/{kind}", data)
    assert made.status_code == 201, made.text
    with ExitStack() as stack:
        yield made.json()["id"], chain(town, stack, DAYS["on one day"])[-1], officer


def try_void(who: Caller, kind: str, id: str) -> tuple[int, str]:
    """Try to void at both layers; return the status of REST, and the code of both refusals."""
    headers = {"if-match": '"1"'}
    rest = who.post(f"/api/v1/{kind}/{id}/void", REASON, headers=headers)
    name = MUTATIONS[kind]
    query = f"""mutation($id: UUID!, $data: VoidInput!) {{
        {name}(id: $id, expectedVersion: 1, data: $data) {{ id }} }}"""
    told = who.query(query, id=id, data=REASON).json()
    code: str = rest.json()["code"]
    found = told["errors"][0]["extensions"] if "errors" in told else told
    assert found["code"] == code, (rest.text, told)
    return rest.status_code, code


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_successor_voids_what_came_to_it(town: Town, kind: str) -> None:
    absent = {"teams": "team", "committees": "committee", "organisations": "organisation"}[kind]
    with merge_unit_of(town, kind) as (id, unit, officer):
        assert try_void(officer.caller, kind, id) == (403, "unit_ended")
        assert try_void(Caller(town.application, {}), kind, id) == (401, "unauthenticated")
        for place, level in (("1.1", Level.COMMUNE), ("2.1", Level.COMMUNE), ("2", Level.PROVINCE)):
            who = town.application.caller(Role.APPROVER, level=level, unit=town.country[place])
            assert try_void(who, kind, id) == (404, f"{absent}_not_found"), place
        for role in (Role.RECORDER, Role.UNIT_ADMIN, Role.AUDITOR, Role.TIP_OFFICER):
            who = town.application.caller(role, level=Level.COMMUNE, unit=UUID(unit))
            assert try_void(who, kind, id) == (403, "forbidden"), role
        heir = town.application.caller(Role.APPROVER, level=Level.COMMUNE, unit=UUID(unit))
        done = heir.change("POST", f"/api/v1/{kind}/{id}", REASON, at="/void")
        assert (done.status_code, done.json().get("allowed_actions", [])) == (200, []), done.text
        plans: Any = heir.get("/api/v1/committee-successions").json()["items"]
        assert id not in {item["id"] for item in plans}
