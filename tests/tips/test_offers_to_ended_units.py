"""Offers to units that have ended: the unit that acts today for one receives the tip, or none."""

import pytest

from app.db.tables.tips import TipState
from tests.application import Application, Caller
from tests.give import Country
from tests.tips.exclusion_scenario import ChangingCountry
from tests.tips.test_exclusions import LAYERS, accept, offer, reads

OFFERED = """query($id: ID!) { tipTransfer(id: $id) {
    receivingUnitId allowedActions state } }"""


@pytest.fixture
def land(spare: tuple[Application, Country]) -> ChangingCountry:
    return ChangingCountry(spare[0])


@pytest.fixture(params=LAYERS)
def layer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def look(who: Caller, id: str) -> dict[str, object]:
    """Return what a caller learns of an offer, the same at both layers."""
    rest = who.get(f"/api/v1/tip-transfers/{id}").json()
    told = who.ask(OFFERED, id=id)["data"]["tipTransfer"]
    assert told["receivingUnitId"] == rest["receiving_unit_id"]
    assert told["allowedActions"] == rest["allowed_actions"]
    return {"receiver": rest["receiving_unit_id"], "actions": rest["allowed_actions"]}


@pytest.mark.parametrize("changes", [1, 3])
def test_an_offer_ends_at_the_unit_that_stands(
    land: ChangingCountry, layer: str, changes: int
) -> None:
    holder, ended = land.officer(land.units["A1"]), land.units["B1"]
    tip = land.tip(land.units["A1"], state=TipState.TRIAGED)
    id = offer(layer, holder, tip, ended)["id"]
    last = land.merge([ended, land.units["B2"]])
    for _ in range(1, changes):
        last = land.merge([last])
    assert look(holder, id) == {"receiver": str(last), "actions": ["withdraw"]}
    officer = land.officer(last)
    assert look(officer, id) == {"receiver": str(last), "actions": ["accept", "decline"]}
    assert accept(layer, officer, id)["state"].lower() == "accepted"
    (moved,) = land.rows("SELECT unit_id FROM tip WHERE id = :id", id=tip)
    (stub,) = land.rows("SELECT unit_id, to_unit_id FROM tip_stub WHERE tip_id = :id", id=tip)
    assert (moved["unit_id"], stub["to_unit_id"]) == (last, last)
    assert stub["unit_id"] == land.units["A1"]
    assert reads(layer, officer, tip)
    assert not reads(layer, holder, tip)


def test_an_offer_to_a_unit_divided_without_a_main_one_is_withdrawn(
    land: ChangingCountry, layer: str
) -> None:
    holder, ended = land.officer(land.units["A1"]), land.units["B1"]
    tip = land.tip(land.units["A1"], state=TipState.TRIAGED)
    id = offer(layer, holder, tip, ended)["id"]
    halves = land.split(ended, main=None)
    assert look(holder, id) == {"receiver": None, "actions": ["withdraw"]}
    above = land.officer(land.units["B"])
    assert look(above, id) == {"receiver": None, "actions": ["decline"]}
    refused = accept(layer, above, id)
    assert refused["code"] == "unit_closed"
    assert {one["id"] for one in refused["successors"]} == {str(half) for half in halves}
    assert not reads(layer, above, tip)
    for half in halves:
        assert accept(layer, land.officer(half), id)["code"] == "tip_transfer_not_found"


def test_an_offer_to_a_unit_that_merged_with_the_holder_is_not_accepted(
    land: ChangingCountry, layer: str
) -> None:
    """The tip lies there already, with all its parts."""
    tip = land.tip(land.units["A1"], state=TipState.TRIAGED)
    id = offer(layer, land.officer(land.units["A1"]), tip, land.units["A2"])["id"]
    officer = land.officer(land.merge([land.units["A1"], land.units["A2"]]))
    assert look(officer, id)["actions"] == ["decline", "withdraw"]
    assert accept(layer, officer, id)["code"] == "tip_moved_on"
    assert reads(layer, officer, tip)
