"""A tip goes to another unit by an offer that it accepts; what goes along is told beforehand."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from app.db.base import now
from app.db.tables.tips import TipState
from app.domain.actor import Role
from tests.give import Country
from tests.house import Caller, House, runner
from tests.tips.give import give_tip
from tests.tips.people import Office

OFFER = """mutation($id: UUID!, $data: TransferOffer!) {
  offerTip(id: $id, data: $data) { id state version shared } }"""
MOVE = """mutation($id: UUID!, $version: Int!, $data: TransferStep!) {
  moveTransfer(id: $id, expectedVersion: $version, data: $data) { id state version } }"""
LISTS = {"tipTransfers": "tip-transfers", "tipStubs": "tip-stubs"}
ACCEPT: dict[str, Any] = {"action": "accept"}
DECLINE = {"action": "decline", "reason": "Không thuộc địa bàn"}
WITHDRAW = {"action": "withdraw", "reason": "Nhầm nơi nhận"}


@pytest.fixture(scope="module")
def office(spare: tuple[House, Country]) -> Office:
    return Office(*spare)


@pytest.fixture(params=["rest", "graphql"])
def door(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def triaged(office: Office, place: str = "1.1", **more: Any) -> UUID:
    known: dict[str, Any] = {"state": TipState.TRIAGED, "assigned_to": "officer"}
    return give_tip(office.house, office.country[place], **known | more)[0]


def said(office: Office, place: str = "1.2", **more: Any) -> dict[str, Any]:
    return {"to_unit": str(office.country[place]), "reason": "Đúng địa bàn", **more}


def offer(door: str, who: Caller, tip: UUID, data: dict[str, Any]) -> Any:
    if door == "rest":
        return who.post(f"/api/v1/tips/{tip}/transfers", data).json()
    spelt = {"toUnit": data["to_unit"], "reason": data["reason"]}
    spelt |= {"shared": [part.upper() for part in data["shared"]]} if "shared" in data else {}
    return _told(who.query(OFFER, id=str(tip), data=spelt), "offerTip")


def move(door: str, who: Caller, id: Any, data: Any, version: int = 1) -> Any:
    if door == "rest":
        path, tag = f"/api/v1/tip-transfers/{id}/transitions", {"if-match": f'"{version}"'}
        return who.post(path, data, headers=tag).json()
    return _told(who.query(MOVE, id=str(id), version=version, data=data), "moveTransfer")


def _told(answer: httpx.Response, name: str) -> Any:
    body = answer.json()
    if answer.status_code != 200:
        return body
    found = (body["data"] or {}).get(name)
    return found or body["errors"][0]["extensions"]


def seen(office: Office, who: Caller, root: str) -> set[str]:
    """Whose tips somebody finds in a list, the same at both doors."""
    page = who.get(f"/api/v1/{LISTS[root]}", limit=100, fields="tip_id").json()["items"]
    nodes = who.ask(f"{{ {root}(first: 100) {{ nodes {{ tipId }} }} }}")["data"][root]["nodes"]
    found = {row["tip_id"] for row in page}
    assert found == {row["tipId"] for row in nodes}
    return found


def test_nobody_offers_or_answers_without_a_token(office: Office, door: str) -> None:
    nobody = office.house.nobody
    assert offer(door, nobody, uuid4(), said(office))["code"] == "unauthenticated"
    assert move(door, nobody, uuid4(), ACCEPT)["code"] == "unauthenticated"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.TIP_OFFICER])
def test_no_other_role_hands_tips_over(office: Office, door: str, role: Role) -> None:
    who = office.person("officer", "1.1", role)
    assert offer(door, who, triaged(office), said(office))["code"] == "forbidden"
    assert move(door, who, uuid4(), ACCEPT)["code"] == "forbidden"


@pytest.mark.parametrize("place", ["1.2", "2", "", "1.1.1"])
def test_a_tip_of_another_unit_is_not_there_to_offer(office: Office, door: str, place: str) -> None:
    told = offer(door, office.officer(place=place), triaged(office), said(office))
    assert told["code"] == "tip_not_found"


@pytest.mark.parametrize("place", ["2", "", "1.1.1", "2.1"])
def test_an_offer_between_others_is_not_there(office: Office, door: str, place: str) -> None:
    made = offer("rest", office.officer(), triaged(office), said(office))
    told = move(door, office.officer(place=place), made["id"], ACCEPT)
    assert told["code"] == "tip_transfer_not_found"
    assert seen(office, office.officer(place=place), "tipTransfers") == set()


def test_an_accepted_tip_is_held_by_the_other_unit(office: Office, door: str) -> None:
    tip = triaged(office, at=now() - timedelta(hours=2))
    made = offer(door, office.officer(), tip, said(office))
    assert made["state"].lower() == "offered"
    assert move(door, office.officer("other", "1.2"), made["id"], ACCEPT)["version"] == 2
    row = office.row("tip", tip)
    assert (row["unit_id"], row["commune_id"]) == (office.country["1.2"],) * 2
    assert (row["received_unit_id"], row["state"]) == (office.country["1.1"], "transferred")
    assert row["shared"] == ["text"]
    assigned = office.rows("SELECT * FROM tip_assignment WHERE tip_id = :tip", tip=tip)
    assert [one["ended_on"] is not None for one in assigned] == [True]
    (clock,) = office.rows("SELECT * FROM deadline WHERE resource_id = :tip", tip=tip)
    assert (clock["unit_id"], clock["state"]) == (office.country["1.2"], "met")
    log = office.rows("SELECT action FROM transition WHERE resource_id = :tip", tip=tip)
    assert [step["action"] for step in log] == ["transfer"]


def test_the_origin_keeps_a_stub_of_what_it_gave(office: Office, door: str) -> None:
    tip = triaged(office)
    made = offer(door, office.officer(), tip, said(office))
    assert seen(office, office.officer(), "tipStubs") & {str(tip)} == set()
    move(door, office.officer("other", "1.2"), made["id"], ACCEPT)
    assert str(tip) in seen(office, office.officer(), "tipStubs")
    assert str(tip) not in seen(office, office.officer(), "tipTransfers")
    assert str(tip) not in seen(office, office.officer("other", "1.2"), "tipStubs")
    assert str(tip) in seen(office, office.officer("other", "1.2"), "tipTransfers")
    (stub,) = office.rows("SELECT * FROM tip_stub WHERE tip_id = :tip", tip=tip)
    assert (stub["to_unit_id"], stub["state"]) == (office.country["1.2"], "transferred")
    told = office.officer().get(f"/api/v1/tip-stubs/{stub['id']}").json()
    assert (told["tip_id"], told["state"], told["outcome"]) == (str(tip), "transferred", None)


def test_a_declined_tip_stays_where_it_is(office: Office, door: str) -> None:
    tip = triaged(office)
    made = offer(door, office.officer(), tip, said(office))
    other = office.officer("other", "1.2")
    told = move(door, other, made["id"], {"action": "decline"})
    assert told["errors"][0]["code"] == "reason_needed"
    assert move(door, other, made["id"], DECLINE)["state"].lower() == "declined"
    row = office.row("tip", tip)
    assert (row["unit_id"], row["state"]) == (office.country["1.1"], "triaged")
    again = offer(door, office.officer(), tip, said(office, "2.1"))
    assert again["state"].lower() == "offered"


def test_an_offer_is_withdrawn_by_who_made_it(office: Office, door: str) -> None:
    made = offer(door, office.officer(), triaged(office), said(office))
    other = office.officer("other", "1.2")
    assert move(door, other, made["id"], WITHDRAW)["code"] == "not_your_side"
    for answer in (ACCEPT, DECLINE):
        assert move(door, office.officer(), made["id"], answer)["code"] == "not_your_side"
    assert move(door, office.officer(), made["id"], WITHDRAW)["state"].lower() == "withdrawn"
    told = move(door, other, made["id"], ACCEPT, 2)
    assert (told["code"], told["allowed_actions"]) == ("illegal_transition", [])


def test_whoever_stands_above_both_may_take_either_side(office: Office) -> None:
    made = offer("rest", office.officer(place="1"), triaged(office), said(office))
    assert move("rest", office.officer(place="1"), made["id"], ACCEPT)["version"] == 2


def test_a_tip_goes_up_and_to_the_country(office: Office, door: str) -> None:
    for place in ("1", ""):
        tip = triaged(office)
        made = offer(door, office.officer(), tip, said(office, place))
        assert move(door, office.officer("other", place), made["id"], ACCEPT)["version"] == 2
        assert office.row("tip", tip)["unit_id"] == office.country[place]
        assert str(tip) not in seen(office, office.officer(), "tipTransfers")


@pytest.mark.parametrize("state", [state for state in TipState if state is not TipState.TRIAGED])
def test_only_a_triaged_tip_is_offered(office: Office, door: str, state: TipState) -> None:
    told = offer(door, office.officer(), triaged(office, state=state), said(office))
    assert (told["code"], told["state"]) == ("tip_not_to_be_moved", state.value)


@pytest.mark.parametrize(
    ("place", "excluded", "code"),
    [
        ("1.1", None, "held_there"), ("1.2.1", None, "not_to_a_village"),
        ("1.2", "1.2", "excluded"), ("2.1", "2", "excluded"), ("2", "2", "excluded"),
    ],
)  # fmt: skip
def test_where_a_tip_does_not_go(
    office: Office, door: str, place: str, excluded: str | None, code: str
) -> None:
    tip = triaged(office, excluded_unit_id=excluded and office.country[excluded])
    told = offer(door, office.officer(), tip, said(office, place))
    assert (told["status"], told["errors"][0]["code"]) == (422, code)
    assert told["errors"][0]["pointer"] == "/to_unit"


def test_what_is_excluded_lets_a_tip_pass_it_by(office: Office, door: str) -> None:
    tip = triaged(office, excluded_unit_id=office.country["1.2"])
    assert offer(door, office.officer(), tip, said(office, "1"))["version"] == 1


def test_a_unit_that_is_not_there_is_offered_nothing(office: Office, door: str) -> None:
    data = {"to_unit": str(uuid4()), "reason": "x"}
    assert offer(door, office.officer(), triaged(office), data)["code"] == "unit_not_found"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", " "), ("reason", "\0"), ("to_unit", ""), ("shared", []), ("shared", ["all"]),
        ("shared", ["text"] * 4), ("more", 1), ("to_unit", None),
    ],
)  # fmt: skip
def test_what_is_said_wrongly_is_named(office: Office, field: str, value: Any) -> None:
    told = offer("rest", office.officer(), triaged(office), said(office) | {field: value})
    assert told["status"] == 422
    assert told["errors"][0]["pointer"].startswith(f"/body/{field}")


def test_parts_are_shared_as_they_are_named(office: Office, door: str) -> None:
    tip = triaged(office)
    made = offer(door, office.officer(), tip, said(office, shared=["messages", "text", "text"]))
    assert [part.lower() for part in made["shared"]] == ["text", "messages"]
    move(door, office.officer("other", "1.2"), made["id"], ACCEPT)
    assert office.row("tip", tip)["shared"] == ["text", "messages"]


def test_nobody_hands_on_what_was_not_shared_with_him(office: Office, door: str) -> None:
    tip = triaged(office, shared=["text"])
    told = offer(door, office.officer(), tip, said(office, shared=["text", "attachments"]))
    assert (told["errors"][0]["code"], told["errors"][0]["allowed"]) == ("not_shared", ["text"])


def test_one_offer_at_a_time(office: Office, door: str) -> None:
    tip = triaged(office)
    offer("rest", office.officer(), tip, said(office))
    told = offer(door, office.officer(), tip, said(office, "2.1"))
    assert told["code"] == "tip_already_offered"


def test_a_tip_that_has_gone_on_is_not_accepted(office: Office, door: str) -> None:
    tip = triaged(office)
    made = offer("rest", office.officer(), tip, said(office))
    office.rows("UPDATE tip SET state = 'with_investigator' WHERE id = :tip", tip=tip)
    other = office.officer("other", "1.2")
    assert move(door, other, made["id"], ACCEPT)["code"] == "tip_moved_on"
    assert office.row("tip", tip)["unit_id"] == office.country["1.1"]
    assert move(door, other, made["id"], DECLINE)["version"] == 2


def test_a_late_tip_stays_late(office: Office) -> None:
    tip = triaged(office, at=now() - timedelta(days=20))
    made = offer("rest", office.officer(), tip, said(office))
    move("rest", office.officer("other", "1.2"), made["id"], ACCEPT)
    (clock,) = office.rows("SELECT * FROM deadline WHERE resource_id = :tip", tip=tip)
    assert clock["state"] == "breached"


def test_requests_for_an_identity_lie_where_the_tip_lies(office: Office) -> None:
    contact = {"name": "X"}
    tip = triaged(office, contact=contact)
    asked = office.officer().post(f"/api/v1/tips/{tip}/identity-requests", {"reason": "x"}).json()
    made = offer("rest", office.officer(), tip, said(office))
    move("rest", office.officer("other", "1.2"), made["id"], ACCEPT)
    path = f"/api/v1/identity-requests/{asked['id']}"
    assert office.custodian(place="1.2").get(path).status_code == 200
    assert office.officer().get(path).status_code == 404


RACES = [
    (("1.2", ACCEPT), ("1.2", ACCEPT)), (("1.2", ACCEPT), ("1.1", WITHDRAW)),
    (("1.2", ACCEPT), ("1.2", DECLINE)), (("1.2", DECLINE), ("1.1", WITHDRAW)),
]  # fmt: skip


@pytest.mark.parametrize("sides", RACES)
def test_of_two_at_once_one_wins(office: Office, sides: Any) -> None:
    for _ in range(4):
        tip = triaged(office)
        made = offer("rest", office.officer(), tip, said(office))
        path = f"/api/v1/tip-transfers/{made['id']}/transitions"

        async def both(path: str = path) -> list[httpx.Response]:
            sent = (
                office.house.answer(
                    "POST", path, json=words,
                    headers=office.officer(f"o{place}", place).headers | {"if-match": '"1"'},
                )
                for place, words in sides
            )  # fmt: skip
            return await asyncio.gather(*sent)

        answers = runner().run(both())
        won, lost = sorted(answers, key=lambda answer: answer.status_code)
        assert won.status_code == 200
        assert lost.status_code in (404, 409)  # who withdraws late finds nothing to withdraw
        assert lost.json()["code"] in ("illegal_transition", "tip_transfer_not_found")
        held = office.row("tip", tip)["unit_id"]
        taken = won.json()["state"] == "accepted"
        assert held == office.country["1.2" if taken else "1.1"]
        stubs = office.rows("SELECT * FROM tip_stub WHERE tip_id = :tip", tip=tip)
        assert len(stubs) == int(taken)


def test_an_offer_and_an_answer_at_once_do_not_wait_for_each_other(office: Office) -> None:
    """Whoever offers again while the first offer is accepted is told so."""
    for _ in range(4):
        tip = triaged(office)
        made = offer("rest", office.officer(), tip, said(office))
        taking = f"/api/v1/tip-transfers/{made['id']}/transitions"
        other = office.officer("other", "1.2").headers | {"if-match": '"1"'}

        async def both(tip: UUID = tip, taking: str = taking, other: Any = other) -> Any:
            again = f"/api/v1/tips/{tip}/transfers"
            return await asyncio.gather(
                office.house.answer("POST", taking, json=ACCEPT, headers=other),
                office.house.answer(
                    "POST", again, json=said(office, "2.1"), headers=office.officer().headers
                ),
            )

        taken, second = runner().run(both())
        assert taken.status_code == 200
        assert second.status_code in (404, 409)


FOREIGN = [
    {}, {"level": "commune", "roles": "tip_officer"}, {"roles": "tip_officer"},
    {"level": "commune", "roles": "viewer", "place": "1.2"},
    {"level": "commune", "roles": "tip_officer", "place": "1.1"},
    {"level": "province", "roles": "tip_officer", "place": "2"},
    {"level": "national", "roles": "tip_officer", "place": ""},
    {"level": "village", "roles": "tip_officer", "place": "1.2"},
]  # fmt: skip


@pytest.mark.parametrize("context", FOREIGN)
def test_the_database_moves_a_tip_only_for_who_is_offered_it(
    office: Office, context: dict[str, str]
) -> None:
    """Whatever the application might ask: the function looks for itself."""
    tip = triaged(office)
    made = offer("rest", office.officer(), tip, said(office))
    known = {name: told for name, told in context.items() if name != "place"}
    if "place" in context:
        known["unit"] = str(office.country[context["place"]])

    async def take(**known: str) -> bool:
        async with office.house.app.state.house.database.write_transaction() as session:
            connection = await session.connection()
            for name, value in known.items():
                told = text("SELECT set_config(:name, :value, true)")
                await connection.execute(told, {"name": f"binhyen.{name}", "value": value})
            asked = text("SELECT take_tip(:id, current_date)")
            return bool((await connection.execute(asked, {"id": made["id"]})).scalar_one())

    assert runner().run(take(**known)) is False
    assert office.row("tip", tip)["unit_id"] == office.country["1.1"]
    right = {"level": "commune", "roles": "tip_officer", "unit": str(office.country["1.2"])}
    assert runner().run(take(**right)) is True
