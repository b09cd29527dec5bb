"""Identity requests need a reason, and another person of another unit decides."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from app.domain.actor import Role
from tests.application import Application, Caller, runner
from tests.give import Country
from tests.tips.fixtures import give_tip
from tests.tips.identities import CONTACT, Conditions, give_request
from tests.tips.people import IdentityScenario

ASK = """mutation($id: UUID!, $data: IdentityRequestCreate!) {
  requestIdentity(id: $id, data: $data) { id state version } }"""
MOVE = """mutation($id: UUID!, $version: Int!, $data: IdentityRequestTransition!) {
  transitionIdentityRequest(id: $id, expectedVersion: $version, data: $data) {
    id state version } }"""
LIST = "{ identityRequests(first: 100) { nodes { id } } }"
WHY = {"reason": "Cần xác minh lời khai"}
YES = {"action": "approve", "reason": "Đủ căn cứ"}
ASKS, DECIDES = (Role.TIP_OFFICER, Role.INVESTIGATOR), (Role.IDENTITY_CUSTODIAN,)


@pytest.fixture(scope="module")
def scenario(spare: tuple[Application, Country]) -> IdentityScenario:
    return IdentityScenario(*spare)


@pytest.fixture(params=["rest", "graphql"])
def layer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def tip_of(scenario: IdentityScenario, place: str = "1.1", **more: Any) -> UUID:
    return give_tip(scenario.application, scenario.country[place], **{"contact": CONTACT} | more)[0]


def ask(layer: str, who: Caller, tip: UUID, data: Any = WHY) -> Any:
    """Request an identity; return the row or the refusal."""
    if layer == "rest":
        return who.post(f"/api/v1/tips/{tip}/identity-requests", data).json()
    return _read_field(who.query(ASK, id=str(tip), data=data), "requestIdentity")


def move(layer: str, who: Caller, id: Any, data: Any = YES, version: int = 1) -> Any:
    if layer == "rest":
        path, tag = f"/api/v1/identity-requests/{id}/transitions", {"if-match": f'"{version}"'}
        return who.post(path, data, headers=tag).json()
    return _read_field(
        who.query(MOVE, id=str(id), version=version, data=data), "transitionIdentityRequest"
    )


def _read_field(answer: httpx.Response, name: str) -> Any:
    body = answer.json()
    if answer.status_code != 200:
        return body
    found = (body["data"] or {}).get(name)
    return found or body["errors"][0]["extensions"]


def test_requests_need_a_token(scenario: IdentityScenario, layer: str) -> None:
    nobody = scenario.application.nobody
    assert ask(layer, nobody, tip_of(scenario))["code"] == "unauthenticated"
    assert move(layer, nobody, uuid4())["code"] == "unauthenticated"


@pytest.mark.parametrize("role", [role for role in Role if role not in ASKS])
def test_other_roles_cannot_request(scenario: IdentityScenario, layer: str, role: Role) -> None:
    told = ask(layer, scenario.person("x", "1.1", role), tip_of(scenario))
    assert told["code"] == "forbidden"


@pytest.mark.parametrize("role", [role for role in Role if role not in DECIDES])
def test_other_roles_cannot_decide(scenario: IdentityScenario, layer: str, role: Role) -> None:
    asked = ask("rest", scenario.officer(), tip_of(scenario))
    assert move(layer, scenario.person("x", "1", role), asked["id"])["code"] == "forbidden"


@pytest.mark.parametrize("place", ["1.2", "2", "", "1.1.1"])
def test_tip_of_another_unit_is_not_found(
    scenario: IdentityScenario, layer: str, place: str
) -> None:
    told = ask(layer, scenario.officer(place=place), tip_of(scenario))
    assert told["code"] == "tip_not_found"


@pytest.mark.parametrize("place", ["1.2", "2", "1.1.1"])
def test_request_of_another_unit_is_not_found(
    scenario: IdentityScenario, layer: str, place: str
) -> None:
    asked = ask("rest", scenario.officer(), tip_of(scenario))
    told = move(layer, scenario.custodian(place=place), asked["id"])
    assert told["code"] == "identity_request_not_found"


def test_approval_opens_a_window(scenario: IdentityScenario, layer: str) -> None:
    asked = ask(layer, scenario.officer(), tip_of(scenario))
    assert asked["state"].lower() == "requested"
    moved = move(layer, scenario.custodian(), asked["id"])
    assert moved["state"].lower() == "approved"
    row = scenario.row("identity_request", asked["id"])
    assert (row["decided_by"], row["decider_unit_id"]) == ("custodian", scenario.country["1"])
    assert (row["opens_until"] - row["decided_at"]).total_seconds() == 900
    log = scenario.rows("SELECT * FROM transition WHERE resource_id = :id", id=UUID(asked["id"]))
    assert [(step["action"], step["reason"]) for step in log] == [("approve", YES["reason"])]


def test_request_is_declined_with_a_reason(scenario: IdentityScenario, layer: str) -> None:
    asked = ask(layer, scenario.officer(), tip_of(scenario))
    told = move(layer, scenario.custodian(), asked["id"], {"action": "decline"})
    assert told["errors"][0]["code"] == "reason_needed"
    said = {"action": "decline", "reason": "Chưa cần"}
    assert move(layer, scenario.custodian(), asked["id"], said)["state"].lower() == "declined"
    assert scenario.row("identity_request", asked["id"])["opens_until"] is None


def test_approval_needs_a_reason(scenario: IdentityScenario, layer: str) -> None:
    asked = ask("rest", scenario.officer(), tip_of(scenario))
    told = move(layer, scenario.custodian(), asked["id"], {"action": "approve"})
    assert told["errors"][0]["code"] == "reason_needed"


def test_only_the_requester_withdraws(scenario: IdentityScenario, layer: str) -> None:
    asked = ask("rest", scenario.officer(), tip_of(scenario))
    said = {"action": "withdraw"}
    told = move(layer, scenario.officer("colleague"), asked["id"], said)
    assert told["code"] == "not_your_request"
    assert move(layer, scenario.custodian(), asked["id"], said)["code"] == "forbidden"
    assert move(layer, scenario.officer(), asked["id"], said)["state"].lower() == "withdrawn"


BOTH = (Role.TIP_OFFICER, Role.IDENTITY_CUSTODIAN)


@pytest.mark.parametrize(
    ("asker", "asks_at", "decider", "decides_at"),
    [
        ("same", "1.1", "same", "1"),  # the same person, serving elsewhere
        ("one", "1.1", "two", "1.1"),  # another of the same unit
        ("one", "1", "two", "1.1"),  # somebody of a unit below
    ],
)
def test_second_person_of_another_unit_decides(
    scenario: IdentityScenario, layer: str, asker: str, asks_at: str, decider: str, decides_at: str
) -> None:
    asked = ask("rest", scenario.officer(asker, asks_at), tip_of(scenario))
    for action in ("approve", "decline"):
        who = scenario.person(decider, decides_at, *BOTH)
        told = move(layer, who, asked["id"], {"action": action, "reason": "x"})
        assert told["code"] == "second_person_needed"
    above = {"1.1": "1", "1": ""}[asks_at]
    assert move(layer, scenario.custodian("third", above), asked["id"])["version"] == 2


def test_tip_without_contact_takes_no_request(scenario: IdentityScenario, layer: str) -> None:
    assert ask(layer, scenario.officer(), tip_of(scenario, contact=None))["code"] == "no_contact"


@pytest.mark.parametrize("reason", ["", "   ", "\n\t", "a\0b", "x" * 2001, None, 7])
def test_blank_reason_is_refused(scenario: IdentityScenario, reason: Any) -> None:
    told = ask("rest", scenario.officer(), tip_of(scenario), {"reason": reason})
    assert (told["status"], told["errors"][0]["pointer"]) == (422, "/reason")


def test_second_open_request_is_refused(scenario: IdentityScenario, layer: str) -> None:
    tip = tip_of(scenario)
    first = ask(layer, scenario.officer(), tip)
    told = ask(layer, scenario.officer(), tip)
    assert (told["code"], told["open_request"]) == ("identity_already_requested", first["id"])
    assert ask(layer, scenario.officer("colleague"), tip)["version"] == 1


def test_used_up_request_allows_another(scenario: IdentityScenario, layer: str) -> None:
    former, tip = give_request(scenario, Conditions(in_time=False))
    second = ask(layer, scenario.officer("asker"), tip)
    assert second["state"].lower() == "requested"
    assert scenario.row("identity_request", former)["state"] == "expired"
    log = scenario.rows("SELECT * FROM transition WHERE resource_id = :id", id=former)
    assert [step["action"] for step in log] == ["expire"]


def test_concurrent_requests_make_one(scenario: IdentityScenario) -> None:
    tip, who = tip_of(scenario), scenario.officer()
    path = f"/api/v1/tips/{tip}/identity-requests"

    async def all_at_once() -> list[httpx.Response]:
        sent = (
            who.application.answer("POST", path, json=WHY, headers=who.headers) for _ in range(4)
        )
        return await asyncio.gather(*sent)

    answers = runner().run(all_at_once())
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


def test_concurrent_decisions_apply_once(scenario: IdentityScenario) -> None:
    for _ in range(3):
        asked = ask("rest", scenario.officer(), tip_of(scenario))
        path = f"/api/v1/identity-requests/{asked['id']}/transitions"
        callers = [scenario.custodian("one"), scenario.custodian("two", "")]

        async def both(path: str = path, callers: list[Caller] = callers) -> list[httpx.Response]:
            words = [YES, {"action": "decline", "reason": "x"}]
            sent = (
                who.application.answer(
                    "POST", path, json=said, headers=who.headers | {"if-match": '"1"'}
                )
                for who, said in zip(callers, words, strict=True)
            )
            return await asyncio.gather(*sent)

        assert sorted(answer.status_code for answer in runner().run(both())) == [200, 412]
        log = scenario.rows(
            "SELECT * FROM transition WHERE resource_id = :id", id=UUID(asked["id"])
        )
        assert len(log) == 1


def test_decided_request_is_not_decided_again(scenario: IdentityScenario, layer: str) -> None:
    asked = ask("rest", scenario.officer(), tip_of(scenario))
    move("rest", scenario.custodian(), asked["id"])
    told = move(layer, scenario.custodian(), asked["id"], YES, 2)
    assert (told["code"], told["allowed_actions"]) == ("illegal_transition", ["withdraw"])
    assert move(layer, scenario.custodian(), asked["id"], YES, 1)["code"] == "stale"
    told = scenario.custodian().post(f"/api/v1/identity-requests/{asked['id']}/transitions", YES)
    assert told.status_code == 428


def test_custodian_sees_requests_without_identities(scenario: IdentityScenario) -> None:
    asked = ask("rest", scenario.officer(), tip_of(scenario))
    for place, there in (("1", True), ("", True), ("1.1", True), ("2", False), ("1.2", False)):
        who = scenario.custodian(place=place)
        found = who.get(f"/api/v1/identity-requests/{asked['id']}")
        assert (found.status_code == 200) is there
        assert not any(value in found.text for value in CONTACT.values())
        nodes = who.ask(LIST)["data"]["identityRequests"]["nodes"]
        assert ({"id": asked["id"]} in nodes) is there
