"""Each operation on forces at both layers: nobody, the wrong role, the wrong unit; who may, may."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Role
from tests.forces.give import COMMITTEES, MEMBERS, RULES, TEAMS, Scenario, code_of

E, V, R, A, U = Role.EVALUATOR, Role.VIEWER, Role.RECORDER, Role.APPROVER, Role.UNIT_ADMIN


@dataclass(frozen=True)
class Operation:
    """One operation: where it is at each layer, on what, with what words, and whose it is."""

    name: str
    kind: str  # the input of GraphQL
    body: dict[str, Any]
    path: str = ""
    at: str = ""
    method: str = "POST"
    on: Callable[[Scenario], str] | None = None
    may: tuple[Role, ...] = (R, A)
    absent: str = "unit_not_found"
    versioned: bool = True  # it changes a row, so it names the version

    def __str__(self) -> str:
        return self.name

    @property
    def mutation(self) -> str:
        args = f"$data: {self.kind}!" + (", $id: UUID!" if self.on else "")
        given = "data: $data" + (", id: $id" if self.on else "")
        if self.on and self.versioned:
            args, given = args + ", $v: Int!", given + ", expectedVersion: $v"
        answer = "{ created }" if self.name == "createTeams" else "{ id }"
        return f"mutation({args}) {{ {self.name}({given}) {answer} }}"


def team(scenario: Scenario) -> str:
    return str(scenario.give_team()["id"])


def give_proposed_team(scenario: Scenario) -> str:
    return str(scenario.give_team(established_on=None)["id"])


def member(scenario: Scenario) -> str:
    return scenario.active(team(scenario))


def applicant(scenario: Scenario) -> str:
    return scenario.give_applicant(team(scenario))


def committee(scenario: Scenario) -> str:
    body = scenario.committee(name=f"BCĐ {uuid4()}")
    return str(scenario.approver.post(COMMITTEES, body).json()["id"])


T, M, C = "team_not_found", "team_member_not_found", "committee_not_found"
OPERATIONS = [
    Operation("createTeam", "TeamCreate", {"team": 1}, TEAMS),
    Operation("createTeams", "TeamsCreate", {"teams": 1}, f"{TEAMS}/bulk", absent="teams_refused"),
    Operation("changeTeam", "TeamChange", {"decision": "7/QĐ"}, TEAMS, "", "PATCH", team, absent=T),
    Operation("setEquipment", "EquipmentEntry", {"kind": "đèn pin", "count": 3}, TEAMS,
              "/equipment", on=team, absent=T),
    Operation("transitionTeam", "TeamTransition", {"action": "establish"}, TEAMS, "/transitions",
              on=give_proposed_team, may=(A,), absent=T),
    Operation("addMember", "MemberCreate", {"name": "Người mới"}, TEAMS, "/members", on=team,
              absent=T, versioned=False),
    Operation("changeMember", "MemberChange", {"name": "Tên đúng"}, MEMBERS, "", "PATCH", member,
              absent=M),
    Operation("transitionMember", "MemberTransition", {"action": "select"}, MEMBERS, "/transitions",
              on=applicant, absent=M),
    Operation("assignRole", "MemberRoleAssignment", {"role": "deputy"}, MEMBERS, "/roles",
              on=member, may=(A,), absent=M),
    Operation("recordTraining", "TrainingCreate",
              {"course": "Tập huấn", "days": 2, "held_on": "2025-03-01"}, MEMBERS, "/training",
              on=member, absent=M),
    Operation("rateMember", "MemberRatingCreate", {"year": 2025, "level": "good"}, MEMBERS,
              "/ratings", on=member, may=(A,), absent=M),
    Operation("createCommittee", "CommitteeCreate", {"committee": 1}, COMMITTEES),
    Operation("changeCommittee", "CommitteeChange", {"size": 13}, COMMITTEES, "", "PATCH",
              committee, absent=C),
    Operation("transitionCommittee", "CommitteeTransition", {"action": "reorganise", "size": 9},
              COMMITTEES, "/transitions", on=committee, may=(A,), absent=C),
]  # fmt: skip
WORDS = {"heldOn": "held_on", "establishedOn": "established_on", "chairPosition": "chair_position"}
ENUMS = ("kind", "level", "role", "scope")


def build_body(scenario: Scenario, operation: Operation) -> dict[str, Any]:
    """Return the body of an operation, as a recorder may send it."""
    if "team" in operation.body:
        return scenario.team(established_on=None)
    if "teams" in operation.body:
        return {"teams": [scenario.team(established_on=None)]}
    return scenario.committee() if "committee" in operation.body else dict(operation.body)


def camel(body: Any) -> Any:
    if isinstance(body, list):
        return [camel(one) for one in body]
    if not isinstance(body, dict):
        return body
    names = {rest: word for word, rest in WORDS.items()}
    return {
        names.get(n, n): v.upper() if n in ENUMS and v != "đèn pin" else camel(v)
        for n, v in body.items()
    }


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_at_rest(scenario: Scenario, operation: Operation) -> None:
    body = build_body(scenario, operation)
    id = operation.on(scenario) if operation.on else ""
    path = f"{operation.path}/{id}" if id else operation.path
    tag = scenario.approver.get(path).headers["etag"] if id else ""

    def answer(caller: Any) -> tuple[int, str]:
        headers = {"if-match": tag} if id else {}
        found = caller.send(operation.method, path + operation.at, json=body, headers=headers)
        return found.status_code, found.json().get("code", "")

    assert answer(scenario.application.nobody) == (401, "unauthenticated")
    for role in {V, E, R, A, U} - set(operation.may):
        assert answer(scenario.who(role)) == (403, "forbidden")
    for away in (scenario.who(A, of="1.2"), scenario.who(A, of="2"), scenario.who(A, of="1.1.2")):
        status, code = answer(away)
        assert (status, code) == (422 if code == "teams_refused" else 404, operation.absent)
    status, _ = answer(scenario.who(operation.may[0]))
    assert status in (200, 201)


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_over_graphql(scenario: Scenario, operation: Operation) -> None:
    given: dict[str, Any] = {"data": camel(build_body(scenario, operation))}
    if operation.on:
        id = operation.on(scenario)
        version = scenario.approver.get(f"{operation.path}/{id}").json()["version"]
        given |= {"id": id} | ({"v": version} if operation.versioned else {})
    assert scenario.application.nobody.query(operation.mutation, **given).status_code == 401
    for role in {V, E, R, A, U} - set(operation.may):
        assert code_of(scenario.who(role).ask(operation.mutation, **given)) == "forbidden"
    for away in ("1.2", "2"):
        refused = scenario.who(A, of=away).ask(operation.mutation, **given)
        assert code_of(refused) == operation.absent
    done = scenario.who(operation.may[0]).ask(operation.mutation, **given)
    assert "errors" not in done, done


@pytest.mark.parametrize(("role", "of", "status"), [
    (V, "1", 403), (R, "1", 403), (A, "1.1", 403), (U, "1.1", 403), (A, "2", 404), (A, "1", 201),
    (U, "", 201),
])  # fmt: skip
def test_who_decides_on_sizes(scenario: Scenario, role: Role, of: str, status: int) -> None:
    body = {"province": str(scenario.country["1"]), "kind": "youth_shock", "least": 1, "most": 5,
            "deputies": 1, "valid_from": f"20{len(of) + 20}-01-01", "basis": "NQ 1"}  # fmt: skip
    assert scenario.application.nobody.post(RULES, body).status_code == 401
    if status == 201 and scenario.who(A, of="").get(RULES, kind="youth_shock").json()["items"]:
        body["valid_from"] = "2025-06-01"
    mutation = "mutation($data: SizeRuleCreate!) { addSizeRule(data: $data) { id least } }"
    answer = scenario.who(role, of=of).post(RULES, body)
    assert answer.status_code == status, answer.text
    if status != 201:
        words = {"valid_from": "validFrom"}
        data = {words.get(n, n): v for n, v in body.items()} | {"kind": "YOUTH_SHOCK"}
        same = scenario.who(role, of=of).ask(mutation, data=data)
        assert code_of(same) == answer.json()["code"]


def test_a_viewer_reads_teams_but_not_who_is_in_them(scenario: Scenario) -> None:
    id = team(scenario)
    scenario.active(id)
    for role in (V, E, U, Role.AUDITOR, Role.STATISTICIAN):
        viewer = scenario.who(role)
        assert viewer.get(f"{TEAMS}/{id}").json()["size"] == 1
        assert viewer.get(f"{TEAMS}/{id}", expand="members").status_code == 403
        assert viewer.get(MEMBERS, team_id=id).status_code == 403
        asked = viewer.ask(f'{{ team(id: "{id}") {{ size members {{ name }} }} }}')
        assert code_of(asked) == "forbidden"
    seen = scenario.who(R).get(f"{TEAMS}/{id}", expand="members").json()
    assert [one["name"] for one in seen["members"]] == ["Người thứ nhất"]


def test_members_of_other_communes_are_not_there(scenario: Scenario) -> None:
    id = member(scenario)
    assert scenario.who(R).get(f"{MEMBERS}/{id}").status_code == 200
    for of in ("1.2", "2", "1.1.2"):
        assert scenario.who(R, of=of).get(f"{MEMBERS}/{id}").status_code == 404


def test_a_recorder_neither_establishes_nor_recognises(scenario: Scenario) -> None:
    recorder = scenario.who(R)
    answer = recorder.post(TEAMS, scenario.team())
    assert (answer.status_code, answer.json()["permission"]) == (403, "team:transition")
    id = applicant(scenario)
    assert recorder.move(f"{MEMBERS}/{id}", {"action": "select"}).is_success
    refused = recorder.move(f"{MEMBERS}/{id}", {"action": "recognise"})
    assert (refused.status_code, refused.json()["permission"]) == (403, "team_member:decide")
