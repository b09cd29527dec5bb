"""Transfers: a tip moves when the other unit accepts, with the parts that were offered."""

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
from tests.application import Application, Caller, runner
from tests.give import Country
from tests.tips.fixtures import give_tip
from tests.tips.people import IdentityScenario

OFFER = """mutation($id: UUID!, $data: TransferOffer!) {
  offerTip(id: $id, data: $data) { id state version shared } }"""
MOVE = """mutation($id: UUID!, $version: Int!, $data: TransferTransition!) {
  transitionTransfer(id: $id, expectedVersion: $version, data: $data) { id state version } }"""
LISTS = {"tipTransfers": "tip-transfers", "tipStubs": "tip-stubs"}
ACCEPT: dict[str, Any] = {"action": "accept"}
DECLINE = {"action": "decline", "reason": "Không thuộc địa bàn"}
WITHDRAW = {"action": "withdraw", "reason": "Nhầm nơi nhận"}


@pytest.fixture(scope="module")
def scenario(spare: tuple[Application, Country]) -> IdentityScenario:
    return IdentityScenario(*spare)


@pytest.fixture(params=["rest", "graphql"])
def layer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def triaged_tip(scenario: IdentityScenario, place: str = "1.1", **more: Any) -> UUID:
    known: dict[str, Any] = {"state": TipState.TRIAGED, "assigned_to": "officer"}
    return give_tip(scenario.application, scenario.country[place], **known | more)[0]


def offer_data(scenario: IdentityScenario, place: str = "1.2", **more: Any) -> dict[str, Any]:
    return {"to_unit": str(scenario.country[place]), "reason": "Đúng địa bàn", **more}


def offer(layer: str, who: Caller, tip: UUID, data: dict[str, Any]) -> Any:
    if layer == "rest":
        return who.post(f"/api/v1/tips/{tip}/transfers", data).json()
    spelt = {"toUnit": data["to_unit"], "reason": data["reason"]}
    spelt |= {"shared": [part.upper() for part in data["shared"]]} if "shared" in data else {}
    return _read_field(who.query(OFFER, id=str(tip), data=spelt), "offerTip")


def move(layer: str, who: Caller, id: Any, data: Any, version: int = 1) -> Any:
    if layer == "rest":
        path, tag = f"/api/v1/tip-transfers/{id}/transitions", {"if-match": f'"{version}"'}
        return who.post(path, data, headers=tag).json()
    return _read_field(
        who.query(MOVE, id=str(id), version=version, data=data), "transitionTransfer"
    )


def _read_field(answer: httpx.Response, name: str) -> Any:
    body = answer.json()
    if answer.status_code != 200:
        return body
    found = (body["data"] or {}).get(name)
    return found or body["errors"][0]["extensions"]


def list_tips(scenario: IdentityScenario, who: Caller, root: str) -> set[str]:
    """List the tips that a caller finds, the same over REST and GraphQL."""
    page = who.get(f"/api/v1/{LISTS[root]}", limit=100, fields="tip_id").json()["items"]
    nodes = who.ask(f"{{ {root}(first: 100) {{ nodes {{ tipId }} }} }}")["data"][root]["nodes"]
    found = {row["tip_id"] for row in page}
    assert found == {row["tipId"] for row in nodes}
    return found


def test_transfers_need_a_token(scenario: IdentityScenario, layer: str) -> None:
    nobody = scenario.application.nobody
    assert offer(layer, nobody, uuid4(), offer_data(scenario))["code"] == "unauthenticated"
    assert move(layer, nobody, uuid4(), ACCEPT)["code"] == "unauthenticated"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.TIP_OFFICER])
def test_other_roles_cannot_transfer(scenario: IdentityScenario, layer: str, role: Role) -> None:
    who = scenario.person("officer", "1.1", role)
    assert offer(layer, who, triaged_tip(scenario), offer_data(scenario))["code"] == "forbidden"
    assert move(layer, who, uuid4(), ACCEPT)["code"] == "forbidden"


@pytest.mark.parametrize("place", ["1.2", "2", "", "1.1.1"])
def test_tip_of_another_unit_is_not_found(
    scenario: IdentityScenario, layer: str, place: str
) -> None:
    told = offer(layer, scenario.officer(place=place), triaged_tip(scenario), offer_data(scenario))
    assert told["code"] == "tip_not_found"


@pytest.mark.parametrize("place", ["2", "", "1.1.1", "2.1"])
def test_offer_between_other_units_is_not_found(
    scenario: IdentityScenario, layer: str, place: str
) -> None:
    made = offer("rest", scenario.officer(), triaged_tip(scenario), offer_data(scenario))
    told = move(layer, scenario.officer(place=place), made["id"], ACCEPT)
    assert told["code"] == "tip_transfer_not_found"
    assert list_tips(scenario, scenario.officer(place=place), "tipTransfers") == set()


def test_accepted_tip_moves_to_the_other_unit(scenario: IdentityScenario, layer: str) -> None:
    tip = triaged_tip(scenario, at=now() - timedelta(hours=2))
    made = offer(layer, scenario.officer(), tip, offer_data(scenario))
    assert made["state"].lower() == "offered"
    assert move(layer, scenario.officer("other", "1.2"), made["id"], ACCEPT)["version"] == 2
    row = scenario.row("tip", tip)
    assert (row["unit_id"], row["commune_id"]) == (scenario.country["1.2"],) * 2
    assert (row["received_unit_id"], row["state"]) == (scenario.country["1.1"], "transferred")
    assert row["shared"] == ["text"]
    assigned = scenario.rows("SELECT * FROM tip_assignment WHERE tip_id = :tip", tip=tip)
    assert [one["ended_on"] is not None for one in assigned] == [True]
    (clock,) = scenario.rows("SELECT * FROM deadline WHERE resource_id = :tip", tip=tip)
    assert (clock["unit_id"], clock["state"]) == (scenario.country["1.2"], "met")
    log = scenario.rows("SELECT action FROM transition WHERE resource_id = :tip", tip=tip)
    assert [step["action"] for step in log] == ["transfer"]


def test_offering_unit_keeps_a_stub(scenario: IdentityScenario, layer: str) -> None:
    tip = triaged_tip(scenario)
    made = offer(layer, scenario.officer(), tip, offer_data(scenario))
    assert list_tips(scenario, scenario.officer(), "tipStubs") & {str(tip)} == set()
    move(layer, scenario.officer("other", "1.2"), made["id"], ACCEPT)
    assert str(tip) in list_tips(scenario, scenario.officer(), "tipStubs")
    assert str(tip) not in list_tips(scenario, scenario.officer(), "tipTransfers")
    assert str(tip) not in list_tips(scenario, scenario.officer("other", "1.2"), "tipStubs")
    assert str(tip) in list_tips(scenario, scenario.officer("other", "1.2"), "tipTransfers")
    (stub,) = scenario.rows("SELECT * FROM tip_stub WHERE tip_id = :tip", tip=tip)
    assert (stub["to_unit_id"], stub["state"]) == (scenario.country["1.2"], "transferred")
    told = scenario.officer().get(f"/api/v1/tip-stubs/{stub['id']}").json()
    assert (told["tip_id"], told["state"], told["outcome"]) == (str(tip), "transferred", None)


def test_declined_tip_stays(scenario: IdentityScenario, layer: str) -> None:
    tip = triaged_tip(scenario)
    made = offer(layer, scenario.officer(), tip, offer_data(scenario))
    other = scenario.officer("other", "1.2")
    told = move(layer, other, made["id"], {"action": "decline"})
    assert told["errors"][0]["code"] == "reason_needed"
    assert move(layer, other, made["id"], DECLINE)["state"].lower() == "declined"
    row = scenario.row("tip", tip)
    assert (row["unit_id"], row["state"]) == (scenario.country["1.1"], "triaged")
    again = offer(layer, scenario.officer(), tip, offer_data(scenario, "2.1"))
    assert again["state"].lower() == "offered"


def test_offering_unit_withdraws(scenario: IdentityScenario, layer: str) -> None:
    made = offer(layer, scenario.officer(), triaged_tip(scenario), offer_data(scenario))
    other = scenario.officer("other", "1.2")
    assert move(layer, other, made["id"], WITHDRAW)["code"] == "not_your_side"
    for answer in (ACCEPT, DECLINE):
        assert move(layer, scenario.officer(), made["id"], answer)["code"] == "not_your_side"
    assert move(layer, scenario.officer(), made["id"], WITHDRAW)["state"].lower() == "withdrawn"
    told = move(layer, other, made["id"], ACCEPT, 2)
    assert (told["code"], told["allowed_actions"]) == ("illegal_transition", [])


def test_unit_above_both_may_act_for_either(scenario: IdentityScenario) -> None:
    made = offer("rest", scenario.officer(place="1"), triaged_tip(scenario), offer_data(scenario))
    assert move("rest", scenario.officer(place="1"), made["id"], ACCEPT)["version"] == 2


def test_tip_moves_up_to_the_country(scenario: IdentityScenario, layer: str) -> None:
    for place in ("1", ""):
        tip = triaged_tip(scenario)
        made = offer(layer, scenario.officer(), tip, offer_data(scenario, place))
        assert move(layer, scenario.officer("other", place), made["id"], ACCEPT)["version"] == 2
        assert scenario.row("tip", tip)["unit_id"] == scenario.country[place]
        assert str(tip) not in list_tips(scenario, scenario.officer(), "tipTransfers")


@pytest.mark.parametrize("state", [state for state in TipState if state is not TipState.TRIAGED])
def test_only_a_triaged_tip_is_offered(
    scenario: IdentityScenario, layer: str, state: TipState
) -> None:
    told = offer(
        layer, scenario.officer(), triaged_tip(scenario, state=state), offer_data(scenario)
    )
    assert (told["code"], told["state"]) == ("tip_not_to_be_moved", state.value)


@pytest.mark.parametrize(
    ("place", "excluded", "code"),
    [
        ("1.1", None, "held_there"), ("1.2.1", None, "not_to_a_village"),
        ("1.2", "1.2", "excluded"), ("2.1", "2", "excluded"), ("2", "2", "excluded"),
    ],
)  # fmt: skip
def test_invalid_targets_are_refused(
    scenario: IdentityScenario, layer: str, place: str, excluded: str | None, code: str
) -> None:
    tip = triaged_tip(scenario, excluding=[scenario.country[excluded]] if excluded else [])
    told = offer(layer, scenario.officer(), tip, offer_data(scenario, place))
    assert (told["status"], told["errors"][0]["code"]) == (422, code)
    assert told["errors"][0]["pointer"] == "/to_unit"


def test_tip_passes_by_the_excluded_unit(scenario: IdentityScenario, layer: str) -> None:
    tip = triaged_tip(scenario, excluding=[scenario.country["1.2"]])
    assert offer(layer, scenario.officer(), tip, offer_data(scenario, "1"))["version"] == 1


def test_unknown_target_is_refused(scenario: IdentityScenario, layer: str) -> None:
    data = {"to_unit": str(uuid4()), "reason": "x"}
    assert offer(layer, scenario.officer(), triaged_tip(scenario), data)["code"] == "unit_not_found"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", " "), ("reason", "\0"), ("to_unit", ""), ("shared", []), ("shared", ["all"]),
        ("shared", ["text"] * 4), ("more", 1), ("to_unit", None),
    ],
)  # fmt: skip
def test_each_input_error_is_named(scenario: IdentityScenario, field: str, value: Any) -> None:
    told = offer(
        "rest", scenario.officer(), triaged_tip(scenario), offer_data(scenario) | {field: value}
    )
    assert told["status"] == 422
    assert told["errors"][0]["pointer"].startswith(f"/{field}")


def test_shared_parts_follow_the_offer(scenario: IdentityScenario, layer: str) -> None:
    tip = triaged_tip(scenario)
    made = offer(
        layer, scenario.officer(), tip, offer_data(scenario, shared=["messages", "text", "text"])
    )
    assert [part.lower() for part in made["shared"]] == ["text", "messages"]
    move(layer, scenario.officer("other", "1.2"), made["id"], ACCEPT)
    assert scenario.row("tip", tip)["shared"] == ["text", "messages"]


def test_part_not_shared_cannot_be_passed_on(scenario: IdentityScenario, layer: str) -> None:
    tip = triaged_tip(scenario, shared=["text"])
    told = offer(
        layer, scenario.officer(), tip, offer_data(scenario, shared=["text", "attachments"])
    )
    assert (told["errors"][0]["code"], told["errors"][0]["allowed"]) == ("not_shared", ["text"])


def test_second_open_offer_is_refused(scenario: IdentityScenario, layer: str) -> None:
    tip = triaged_tip(scenario)
    offer("rest", scenario.officer(), tip, offer_data(scenario))
    told = offer(layer, scenario.officer(), tip, offer_data(scenario, "2.1"))
    assert told["code"] == "tip_already_offered"


def test_tip_that_moved_on_is_not_accepted(scenario: IdentityScenario, layer: str) -> None:
    tip = triaged_tip(scenario)
    made = offer("rest", scenario.officer(), tip, offer_data(scenario))
    scenario.rows("UPDATE tip SET state = 'with_investigator' WHERE id = :tip", tip=tip)
    other = scenario.officer("other", "1.2")
    assert move(layer, other, made["id"], ACCEPT)["code"] == "tip_moved_on"
    assert scenario.row("tip", tip)["unit_id"] == scenario.country["1.1"]
    assert move(layer, other, made["id"], DECLINE)["version"] == 2


def test_breached_deadline_stays_breached(scenario: IdentityScenario) -> None:
    tip = triaged_tip(scenario, at=now() - timedelta(days=20))
    made = offer("rest", scenario.officer(), tip, offer_data(scenario))
    move("rest", scenario.officer("other", "1.2"), made["id"], ACCEPT)
    (clock,) = scenario.rows("SELECT * FROM deadline WHERE resource_id = :tip", tip=tip)
    assert clock["state"] == "breached"


def test_identity_requests_move_with_the_tip(scenario: IdentityScenario) -> None:
    contact = {"name": "X"}
    tip = triaged_tip(scenario, contact=contact)
    asked = scenario.officer().post(f"/api/v1/tips/{tip}/identity-requests", {"reason": "x"}).json()
    made = offer("rest", scenario.officer(), tip, offer_data(scenario))
    move("rest", scenario.officer("other", "1.2"), made["id"], ACCEPT)
    path = f"/api/v1/identity-requests/{asked['id']}"
    assert scenario.custodian(place="1.2").get(path).status_code == 200
    assert scenario.officer().get(path).status_code == 404


RACES = [
    (("1.2", ACCEPT), ("1.2", ACCEPT)), (("1.2", ACCEPT), ("1.1", WITHDRAW)),
    (("1.2", ACCEPT), ("1.2", DECLINE)), (("1.2", DECLINE), ("1.1", WITHDRAW)),
]  # fmt: skip


@pytest.mark.parametrize("sides", RACES)
def test_concurrent_answers_apply_once(scenario: IdentityScenario, sides: Any) -> None:
    for _ in range(4):
        tip = triaged_tip(scenario)
        made = offer("rest", scenario.officer(), tip, offer_data(scenario))
        path = f"/api/v1/tip-transfers/{made['id']}/transitions"

        async def both(path: str = path) -> list[httpx.Response]:
            sent = (
                scenario.application.answer(
                    "POST", path, json=words,
                    headers=scenario.officer(f"o{place}", place).headers | {"if-match": '"1"'},
                )
                for place, words in sides
            )  # fmt: skip
            return await asyncio.gather(*sent)

        answers = runner().run(both())
        won, lost = sorted(answers, key=lambda answer: answer.status_code)
        assert won.status_code == 200
        assert lost.status_code in (404, 409)  # who withdraws late finds nothing to withdraw
        assert lost.json()["code"] in ("illegal_transition", "tip_transfer_not_found")
        held = scenario.row("tip", tip)["unit_id"]
        taken = won.json()["state"] == "accepted"
        assert held == scenario.country["1.2" if taken else "1.1"]
        stubs = scenario.rows("SELECT * FROM tip_stub WHERE tip_id = :tip", tip=tip)
        assert len(stubs) == int(taken)


def test_concurrent_offer_and_answer_do_not_deadlock(scenario: IdentityScenario) -> None:
    """A second offer during the acceptance of the first is refused."""
    for _ in range(4):
        tip = triaged_tip(scenario)
        made = offer("rest", scenario.officer(), tip, offer_data(scenario))
        taking = f"/api/v1/tip-transfers/{made['id']}/transitions"
        other = scenario.officer("other", "1.2").headers | {"if-match": '"1"'}

        async def both(tip: UUID = tip, taking: str = taking, other: Any = other) -> Any:
            again = f"/api/v1/tips/{tip}/transfers"
            return await asyncio.gather(
                scenario.application.answer("POST", taking, json=ACCEPT, headers=other),
                scenario.application.answer(
                    "POST",
                    again,
                    json=offer_data(scenario, "2.1"),
                    headers=scenario.officer().headers,
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
def test_database_moves_a_tip_for_the_receiving_unit_only(
    scenario: IdentityScenario, context: dict[str, str]
) -> None:
    """The function checks the caller itself, whatever the application asks."""
    tip = triaged_tip(scenario)
    made = offer("rest", scenario.officer(), tip, offer_data(scenario))
    known = {name: told for name, told in context.items() if name != "place"}
    if "place" in context:
        known["unit"] = str(scenario.country[context["place"]])

    async def take(**known: str) -> bool:
        async with scenario.application.app.state.resources.database.write_transaction() as session:
            connection = session
            for name, value in known.items():
                told = text("SELECT set_config(:name, :value, true)")
                await connection.execute(told, {"name": f"binhyen.{name}", "value": value})
            asked = text("SELECT take_tip(:id, current_date)")
            return bool((await connection.execute(asked, {"id": made["id"]})).scalar_one())

    assert runner().run(take(**known)) is False
    assert scenario.row("tip", tip)["unit_id"] == scenario.country["1.1"]
    right = {"level": "commune", "roles": "tip_officer", "unit": str(scenario.country["1.2"])}
    assert runner().run(take(**right)) is True


@pytest.mark.parametrize(("kind", "rule"), [("crime_report", "tip_resolution"), ("unknown", None)])
def test_a_transferred_crime_has_its_deadline_from_acceptance(
    scenario: IdentityScenario, layer: str, kind: str, rule: str | None
) -> None:
    tip = triaged_tip(scenario, kind=kind)
    offered = offer(layer, scenario.officer(), tip, offer_data(scenario))
    move(layer, scenario.officer("other", "1.2"), offered["id"], ACCEPT)
    found = scenario.officer("other", "1.2").get(f"/api/v1/tips/{tip}", expand="clocks").json()
    assert (found["state"], found["clock"]) == ("transferred", rule)
