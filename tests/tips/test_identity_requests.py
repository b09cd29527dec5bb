"""To know an informant is asked for with a reason, and another person of another unit decides."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from app.domain.actor import Role
from tests.give import Country
from tests.house import Caller, House, runner
from tests.tips.give import give_tip
from tests.tips.identities import CONTACT, Conditions, give_request
from tests.tips.people import Office

ASK = """mutation($id: UUID!, $data: IdentityAsk!) {
  requestIdentity(id: $id, data: $data) { id state version } }"""
MOVE = """mutation($id: UUID!, $version: Int!, $data: IdentityStep!) {
  moveIdentityRequest(id: $id, expectedVersion: $version, data: $data) { id state version } }"""
LIST = "{ identityRequests(first: 100) { nodes { id } } }"
WHY = {"reason": "Cần xác minh lời khai"}
YES = {"action": "approve", "reason": "Đủ căn cứ"}
ASKS, DECIDES = (Role.TIP_OFFICER, Role.INVESTIGATOR), (Role.IDENTITY_CUSTODIAN,)


@pytest.fixture(scope="module")
def office(spare: tuple[House, Country]) -> Office:
    return Office(*spare)


@pytest.fixture(params=["rest", "graphql"])
def door(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def tip_of(office: Office, place: str = "1.1", **more: Any) -> UUID:
    return give_tip(office.house, office.country[place], **{"contact": CONTACT} | more)[0]


def ask(door: str, who: Caller, tip: UUID, data: Any = WHY) -> Any:
    """What is answered to a request: its row, or the refusal with its status."""
    if door == "rest":
        return who.post(f"/api/v1/tips/{tip}/identity-requests", data).json()
    return _told(who.query(ASK, id=str(tip), data=data), "requestIdentity")


def move(door: str, who: Caller, id: Any, data: Any = YES, version: int = 1) -> Any:
    if door == "rest":
        path, tag = f"/api/v1/identity-requests/{id}/transitions", {"if-match": f'"{version}"'}
        return who.post(path, data, headers=tag).json()
    return _told(who.query(MOVE, id=str(id), version=version, data=data), "moveIdentityRequest")


def _told(answer: httpx.Response, name: str) -> Any:
    body = answer.json()
    if answer.status_code != 200:
        return body
    found = (body["data"] or {}).get(name)
    return found or body["errors"][0]["extensions"]


def test_nobody_asks_or_decides_without_a_token(office: Office, door: str) -> None:
    nobody = office.house.nobody
    assert ask(door, nobody, tip_of(office))["code"] == "unauthenticated"
    assert move(door, nobody, uuid4())["code"] == "unauthenticated"


@pytest.mark.parametrize("role", [role for role in Role if role not in ASKS])
def test_no_other_role_asks(office: Office, door: str, role: Role) -> None:
    told = ask(door, office.person("x", "1.1", role), tip_of(office))
    assert told["code"] == "forbidden"


@pytest.mark.parametrize("role", [role for role in Role if role not in DECIDES])
def test_no_other_role_decides(office: Office, door: str, role: Role) -> None:
    asked = ask("rest", office.officer(), tip_of(office))
    assert move(door, office.person("x", "1", role), asked["id"])["code"] == "forbidden"


@pytest.mark.parametrize("place", ["1.2", "2", "", "1.1.1"])
def test_a_tip_of_another_unit_is_not_there_to_ask_for(
    office: Office, door: str, place: str
) -> None:
    told = ask(door, office.officer(place=place), tip_of(office))
    assert told["code"] == "tip_not_found"


@pytest.mark.parametrize("place", ["1.2", "2", "1.1.1"])
def test_a_request_of_another_unit_is_not_there_to_decide(
    office: Office, door: str, place: str
) -> None:
    asked = ask("rest", office.officer(), tip_of(office))
    told = move(door, office.custodian(place=place), asked["id"])
    assert told["code"] == "identity_request_not_found"


def test_a_request_is_approved_and_opens_for_a_while(office: Office, door: str) -> None:
    asked = ask(door, office.officer(), tip_of(office))
    assert asked["state"].lower() == "requested"
    moved = move(door, office.custodian(), asked["id"])
    assert moved["state"].lower() == "approved"
    row = office.row("identity_request", asked["id"])
    assert (row["decided_by"], row["decider_unit_id"]) == ("custodian", office.country["1"])
    assert (row["opens_until"] - row["decided_at"]).total_seconds() == 900
    log = office.rows("SELECT * FROM transition WHERE resource_id = :id", id=UUID(asked["id"]))
    assert [(step["action"], step["reason"]) for step in log] == [("approve", YES["reason"])]


def test_a_request_is_declined_with_a_reason(office: Office, door: str) -> None:
    asked = ask(door, office.officer(), tip_of(office))
    told = move(door, office.custodian(), asked["id"], {"action": "decline"})
    assert told["errors"][0]["code"] == "reason_needed"
    said = {"action": "decline", "reason": "Chưa cần"}
    assert move(door, office.custodian(), asked["id"], said)["state"].lower() == "declined"
    assert office.row("identity_request", asked["id"])["opens_until"] is None


def test_an_approval_needs_a_reason_too(office: Office, door: str) -> None:
    asked = ask("rest", office.officer(), tip_of(office))
    told = move(door, office.custodian(), asked["id"], {"action": "approve"})
    assert told["errors"][0]["code"] == "reason_needed"


def test_whoever_asked_withdraws_and_nobody_else(office: Office, door: str) -> None:
    asked = ask("rest", office.officer(), tip_of(office))
    said = {"action": "withdraw"}
    told = move(door, office.officer("colleague"), asked["id"], said)
    assert told["code"] == "not_your_request"
    assert move(door, office.custodian(), asked["id"], said)["code"] == "forbidden"
    assert move(door, office.officer(), asked["id"], said)["state"].lower() == "withdrawn"


BOTH = (Role.TIP_OFFICER, Role.IDENTITY_CUSTODIAN)


@pytest.mark.parametrize(
    ("asker", "asks_at", "decider", "decides_at"),
    [
        ("same", "1.1", "same", "1"),  # the same person, serving elsewhere
        ("one", "1.1", "two", "1.1"),  # another of the same unit
        ("one", "1", "two", "1.1"),  # somebody of a unit below
    ],
)
def test_a_second_person_of_another_unit_decides(
    office: Office, door: str, asker: str, asks_at: str, decider: str, decides_at: str
) -> None:
    asked = ask("rest", office.officer(asker, asks_at), tip_of(office))
    for action in ("approve", "decline"):
        who = office.person(decider, decides_at, *BOTH)
        told = move(door, who, asked["id"], {"action": action, "reason": "x"})
        assert told["code"] == "second_person_needed"
    above = {"1.1": "1", "1": ""}[asks_at]
    assert move(door, office.custodian("third", above), asked["id"])["version"] == 2


def test_who_left_nothing_of_himself_is_not_asked_for(office: Office, door: str) -> None:
    assert ask(door, office.officer(), tip_of(office, contact=None))["code"] == "no_contact"


@pytest.mark.parametrize("reason", ["", "   ", "\n\t", "a\0b", "x" * 2001, None, 7])
def test_a_reason_says_something(office: Office, reason: Any) -> None:
    told = ask("rest", office.officer(), tip_of(office), {"reason": reason})
    assert (told["status"], told["errors"][0]["pointer"]) == (422, "/body/reason")


def test_one_request_at_a_time(office: Office, door: str) -> None:
    tip = tip_of(office)
    first = ask(door, office.officer(), tip)
    told = ask(door, office.officer(), tip)
    assert (told["code"], told["open_request"]) == ("identity_already_requested", first["id"])
    assert ask(door, office.officer("colleague"), tip)["version"] == 1


def test_a_request_that_is_used_up_makes_room_for_another(office: Office, door: str) -> None:
    former, tip = give_request(office, Conditions(in_time=False))
    second = ask(door, office.officer("asker"), tip)
    assert second["state"].lower() == "requested"
    assert office.row("identity_request", former)["state"] == "expired"
    log = office.rows("SELECT * FROM transition WHERE resource_id = :id", id=former)
    assert [step["action"] for step in log] == ["expire"]


def test_four_at_once_make_one_request(office: Office) -> None:
    tip, who = tip_of(office), office.officer()
    path = f"/api/v1/tips/{tip}/identity-requests"

    async def all_at_once() -> list[httpx.Response]:
        sent = (who.house.answer("POST", path, json=WHY, headers=who.headers) for _ in range(4))
        return await asyncio.gather(*sent)

    answers = runner().run(all_at_once())
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


def test_two_deciders_at_once_take_one_step(office: Office) -> None:
    for _ in range(3):
        asked = ask("rest", office.officer(), tip_of(office))
        path = f"/api/v1/identity-requests/{asked['id']}/transitions"
        callers = [office.custodian("one"), office.custodian("two", "")]

        async def both(path: str = path, callers: list[Caller] = callers) -> list[httpx.Response]:
            words = [YES, {"action": "decline", "reason": "x"}]
            sent = (
                who.house.answer("POST", path, json=said, headers=who.headers | {"if-match": '"1"'})
                for who, said in zip(callers, words, strict=True)
            )
            return await asyncio.gather(*sent)

        assert sorted(answer.status_code for answer in runner().run(both())) == [200, 412]
        log = office.rows("SELECT * FROM transition WHERE resource_id = :id", id=UUID(asked["id"]))
        assert len(log) == 1


def test_what_has_been_decided_is_not_decided_again(office: Office, door: str) -> None:
    asked = ask("rest", office.officer(), tip_of(office))
    move("rest", office.custodian(), asked["id"])
    told = move(door, office.custodian(), asked["id"], YES, 2)
    assert (told["code"], told["allowed_actions"]) == ("illegal_transition", ["withdraw"])
    assert move(door, office.custodian(), asked["id"], YES, 1)["code"] == "stale"
    told = office.custodian().post(f"/api/v1/identity-requests/{asked['id']}/transitions", YES)
    assert told.status_code == 428


def test_custodians_see_that_it_was_asked_for_and_never_whom(office: Office) -> None:
    asked = ask("rest", office.officer(), tip_of(office))
    for place, there in (("1", True), ("", True), ("1.1", True), ("2", False), ("1.2", False)):
        who = office.custodian(place=place)
        found = who.get(f"/api/v1/identity-requests/{asked['id']}")
        assert (found.status_code == 200) is there
        assert not any(value in found.text for value in CONTACT.values())
        nodes = who.ask(LIST)["data"]["identityRequests"]["nodes"]
        assert ({"id": asked["id"]} in nodes) is there
