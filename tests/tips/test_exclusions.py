"""Tips never reach the units they exclude: not by an offer, a role, or a change of the map."""

from typing import Any
from uuid import UUID

import pytest

from app.db.tables.tips import TipState
from app.domain.actor import Role
from tests.application import VIET_NAM, Application, Caller
from tests.give import Country
from tests.tips.exclusion_scenario import ChangingCountry

TIPS = "/api/v1/tips"
READ = '{{ tip(id: "{0}") {{ id unitId transitions {{ action }} }} }}'
CONTENT = '{{ tipContent(id: "{0}") {{ text notTo }} }}'
OFFER = "mutation($id: UUID!, $data: TransferOffer!) { offerTip(id: $id, data: $data) { id } }"
ANSWER = """mutation($id: UUID!, $data: TransferTransition!) {
  transitionTransfer(id: $id, expectedVersion: 1, data: $data) { id state } }"""
ASSIGN = """mutation($id: UUID!, $data: TipAssignmentCreate!) {
  assignTip(id: $id, data: $data) { id } }"""
DRY = """mutation($id: UUID!) {
  dryRunReorganisation(id: $id) { records { table rows } } }"""
LAYERS = ("rest", "graphql")


@pytest.fixture
def land(spare: tuple[Application, Country]) -> ChangingCountry:
    return ChangingCountry(spare[0])


@pytest.fixture(params=LAYERS)
def layer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def reads(layer: str, who: Caller, tip: UUID) -> bool:
    """Return whether somebody sees a tip, in the list of it or by its content."""
    if layer == "rest":
        answers = [who.get(f"{TIPS}/{tip}"), who.get(f"{TIPS}/{tip}/content")]
        assert {answer.status_code for answer in answers} <= {200, 403, 404}
        return any(answer.status_code != 404 for answer in answers)
    found = [who.ask(READ.format(tip))["data"]["tip"] is not None]
    told = who.ask(CONTENT.format(tip))
    if "errors" not in told or told["errors"][0]["extensions"]["code"] != "tip_not_found":
        found.append(True)
    return any(found)


def send(layer: str, who: Caller, path: str, mutation: str, id: Any, data: Any) -> Any:
    """Send a command to either layer; return what it answers, or how it is refused."""
    if layer == "rest":
        return who.post(path.format(id), data, headers={"if-match": '"1"'}).json()
    body = who.query(mutation, id=str(id), data=data).json()
    return (
        body["errors"][0]["extensions"] if "errors" in body else next(iter(body["data"].values()))
    )


def offer(layer: str, who: Caller, tip: UUID, to: UUID) -> Any:
    name = "to_unit" if layer == "rest" else "toUnit"
    data = {name: str(to), "reason": "Thẩm quyền"}
    return send(layer, who, TIPS + "/{0}/transfers", OFFER, tip, data)


def accept(layer: str, who: Caller, id: Any) -> Any:
    path = "/api/v1/tip-transfers/{0}/transitions"
    return send(layer, who, path, ANSWER, id, {"action": "accept"})


def assign(layer: str, who: Caller, tip: UUID, subject: str) -> Any:
    return send(layer, who, TIPS + "/{0}/assignments", ASSIGN, tip, {"subject": subject})


def test_all_of_several_excluded_units_are_refused(land: ChangingCountry, layer: str) -> None:
    one, *others = (land.units[name] for name in ("A1", "A2", "B1"))
    tip = land.tip(one, *others, state=TipState.TRIAGED)
    for other in others:
        assert offer(layer, land.officer(one), tip, other)["errors"][0]["code"] == "excluded"
    assert "errors" not in offer(layer, land.officer(one), tip, land.units["B2"])


def test_offer_ends_for_a_unit_that_came_to_be_excluded(land: ChangingCountry, layer: str) -> None:
    """The unit it was offered to merges with the one it is about."""
    tip = land.tip(land.units["A1"], land.units["A2"], state=TipState.TRIAGED)
    made = offer("rest", land.officer(land.units["A1"]), tip, land.units["B1"])
    land.move(land.units["A2"], land.units["B"])
    new = land.merge([land.units["A2"], land.units["B1"]])
    path = f"/api/v1/tip-transfers/{made['id']}"
    assert land.officer(new).get(path).status_code == 404
    assert accept(layer, land.officer(new), made["id"])["code"] == "tip_transfer_not_found"
    for above in (land.units["B"], VIET_NAM):
        refused = accept(layer, land.officer(above), made["id"])
        assert refused["code"] in ("tip_moved_on", "tip_transfer_not_found")
    assert not reads(layer, land.officer(new), tip)


def test_merger_with_the_holder_does_not_hand_it_over(land: ChangingCountry, layer: str) -> None:
    one, accused = land.units["A1"], land.units["A2"]
    tip = land.tip(one, accused, assigned_to="handler")
    plain = land.tip(one)
    new = land.merge([one, accused])
    assert not reads(layer, land.officer(new), tip)
    assert not reads(layer, land.officer(new, "handler"), tip)
    assert reads(layer, land.officer(new), plain)
    assert reads(layer, land.officer(land.units["A"]), tip)
    moved = land.officer(land.units["A"]).get(f"{TIPS}/{tip}", expand="transitions").json()
    assert moved["unit_id"] == str(land.units["A"])
    assert [step["action"] for step in moved["transitions"]] == ["reroute"]
    (clock,) = land.rows("SELECT unit_id FROM deadline WHERE resource_id = :tip", tip=tip)
    (given,) = land.rows("SELECT ended_on FROM tip_assignment WHERE tip_id = :tip", tip=tip)
    assert (clock["unit_id"], given["ended_on"] is not None) == (land.units["A"], True)


def test_merger_into_the_holder_does_not_hand_it_over(land: ChangingCountry, layer: str) -> None:
    """The holder goes on under its own name, and now is what it was about."""
    one, accused = land.units["A1"], land.units["A2"]
    tip = land.tip(one, accused)
    land.merge([accused], into=one)
    assert not reads(layer, land.officer(one), tip)
    assert reads(layer, land.officer(land.units["A"]), tip)


def test_merger_of_provinces_brings_it_to_the_country(land: ChangingCountry, layer: str) -> None:
    tip = land.tip(land.units["A1"], land.units["B"])
    new = land.merge([land.units["A"], land.units["B"]])
    for unit in (new, land.units["A1"], land.units["B1"]):
        assert not reads(layer, land.officer(unit), tip)
    assert reads(layer, land.officer(VIET_NAM), tip)


def test_both_parts_of_a_split_unit_are_excluded(land: ChangingCountry, layer: str) -> None:
    tip = land.tip(land.units["A1"], land.units["A2"], state=TipState.TRIAGED)
    for part in land.split(land.units["A2"]):
        refused = offer(layer, land.officer(land.units["A1"]), tip, part)
        assert refused["errors"][0]["code"] == "excluded"


def test_officer_of_the_excluded_unit_serves_nowhere(land: ChangingCountry, layer: str) -> None:
    """By their home or by another role; neither a colleague nor they themselves assign them."""
    accused, above = land.units["A2"], land.units["A"]
    for home, serves in ((accused, [above]), (above, [above, accused])):
        tip = land.tip(above, accused)
        person = land.person(home, *serves)
        colleague = land.officer(above)
        refused = assign(layer, colleague, tip, person)
        assert refused["errors"][0]["code"] == "cannot_be_assigned"
        themself = land.officer(above, person)
        assert assign(layer, themself, tip, person)["code"] == "tip_not_found"
        assert not reads(layer, themself, tip)
        assert reads(layer, colleague, tip)


def test_home_that_merged_with_the_excluded_unit_counts(land: ChangingCountry, layer: str) -> None:
    tip, person = land.tip(land.units["A"], land.units["A2"]), land.person(land.units["A1"])
    assert reads(layer, land.officer(land.units["A"], person), tip)
    land.merge([land.units["A1"], land.units["A2"]])
    assert not reads(layer, land.officer(land.units["A"], person), tip)


def test_requests_for_identities_are_hidden_with_the_tip(land: ChangingCountry) -> None:
    accused, above = land.units["A2"], land.units["A"]
    tip = land.tip(above, accused, contact={"name": "X"}, assigned_to="o")
    asked = land.officer(above, "o").post(f"{TIPS}/{tip}/identity-requests", {"reason": "x"})
    path = f"/api/v1/identity-requests/{asked.json()['id']}"
    custodian = land.person(accused)
    for subject, status in (("c", 200), (custodian, 404)):
        caller = land.officer(above, subject, Role.IDENTITY_CUSTODIAN)
        assert caller.get(path).status_code == status
        step = caller.post(f"{path}/transitions", {"action": "x"}, headers={"if-match": '"1"'})
        assert step.status_code == (404 if status == 404 else 409)


def test_dry_run_counts_what_moves_and_hides_what_passes_by(
    land: ChangingCountry, layer: str
) -> None:
    """The planner may read no tip; the count does not say that one is about a unit."""
    one, accused = land.units["A1"], land.units["A2"]
    for _ in range(3):
        land.tip(one)
    land.tip(one, accused, contact={"name": "X"})
    draft = land.draft(**land.merging([one, accused]))
    if layer == "rest":
        counted = land.try_dry(draft)["records"]
    else:
        found = land.admin.ask(DRY, id=draft)["data"]["dryRunReorganisation"]["records"]
        counted = {row["table"]: row["rows"] for row in found}
    assert (counted["tip"], counted["deadline"]) == (3, 3)


def test_map_without_the_key_does_not_change(land: ChangingCountry) -> None:
    """A server that cannot tell who is excluded moves nothing rather than all."""
    tip = land.tip(land.units["A1"], land.units["A2"])
    with pytest.raises(Exception, match="no key"):
        land.rows("SELECT place_records(ARRAY[]::uuid[])")
    assert land.rows("SELECT unit_id FROM tip WHERE id = :id", id=tip)


def test_rows_do_not_name_whom_they_exclude(land: ChangingCountry) -> None:
    tip = land.tip(land.units["A1"], land.units["A2"])
    (row,) = land.rows("SELECT t::text AS dumped FROM tip t WHERE id = :id", id=tip)
    assert str(land.units["A2"]) not in row["dumped"]
