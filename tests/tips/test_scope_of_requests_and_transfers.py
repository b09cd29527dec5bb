"""Scope of offers, stubs and requests: service and policies each enforce it alone."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from uuid import UUID

import pytest

from app.api.rest import schemas
from app.db.query.shape import Shape
from app.db.query.statement import object_statement, value_statement
from app.db.tables.tip_parts import IdentityRequest
from app.db.tables.tip_transfers import TipTransfer
from app.db.tables.tips import TipKind
from app.domain.actor import Role
from app.domain.scope import EVERYBODY
from app.domain.tips.identity.shape import IDENTITY_REQUEST
from app.domain.tips.transfers.shape import TIP_STUB, TIP_TRANSFER
from tests.application import Application, Caller, runner
from tests.give import Country
from tests.matrix.scenario import lies_apart, lies_in
from tests.matrix.tip_things import DAY, stub, triaged_tip
from tests.tips.people import IdentityScenario

SHAPES: dict[str, tuple[Shape, str]] = {
    "tip-transfers": (TIP_TRANSFER, "tipTransfers"),
    "tip-stubs": (TIP_STUB, "tipStubs"),
    "identity-requests": (IDENTITY_REQUEST, "identityRequests"),
}
LISTS = list(SHAPES)


@dataclass
class Hands:
    """Compute what lies in each unit, from the paths of the units that see it."""

    scenario: IdentityScenario
    url: str
    rows: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    def select_ids(self, name: str, place: str) -> set[str]:
        lies = lies_in if name == "identity-requests" else lies_apart
        return {id for id, at in self.rows[name].items() if any(lies(one, place) for one in at)}


@pytest.fixture(scope="module")
def hands(spare: tuple[Application, Country]) -> Hands:
    """An offer from each unit to another, a stub and a request in each; none of them in villages.

    No tip lies in a village: the one that is put there must be seen by nobody who serves for it.
    """
    application, country = spare
    found = Hands(
        IdentityScenario(application, country), application.app.state.resources.settings.write_dsn
    )
    runner().run(_put(found))
    return found


async def _put(hands: Hands) -> None:
    country = hands.scenario.country
    offers: dict[str, tuple[str, ...]] = {}
    stubs: dict[str, tuple[str, ...]] = {}
    asked: dict[str, tuple[str, ...]] = {}
    others = cycle(["2.2", "1", "1.1", "", "2", "1.2"])
    async with hands.scenario.application.behind() as session:
        for path, unit in country.units.items():
            to = next(other for other in others if other != path)
            tip = await triaged_tip(session, unit)
            offer = TipTransfer(
                tip_id=tip, unit_id=country[to], from_unit_id=unit, kind=TipKind.UNKNOWN,
                received_on=DAY, shared=["text"], reason="x", offered_on=DAY,
            )  # fmt: skip
            request = IdentityRequest(
                tip_id=tip, unit_id=unit, requested_by="x", requester_unit_id=unit, reason="x"
            )
            session.add_all([offer, request])
            await session.flush()
            offers[str(offer.id)], asked[str(request.id)] = (path, to), (path,)
            stubs[str(await stub(session, unit))] = (path,)
    hands.rows = {"tip-transfers": offers, "tip-stubs": stubs, "identity-requests": asked}


def list_ids(caller: Caller, name: str) -> list[set[str]]:
    """List what an actor sees, over REST and over GraphQL."""
    rest = caller.get(f"/api/v1/{name}", limit=100, fields="id").json()["items"]
    root = SHAPES[name][1]
    nodes = caller.ask(f"{{ {root}(first: 100) {{ nodes {{ id }} }} }}")["data"][root]["nodes"]
    return [{row["id"] for row in rest}, {row["id"] for row in nodes}]


def wrong(hands: Hands, application: Application, name: str) -> int:
    """List rows out of scope that any actor sees, at every unit, over both APIs."""
    found, country = 0, hands.scenario.country
    for place, unit in country.units.items():
        wanted = hands.select_ids(name, place)
        caller = application.caller(Role.TIP_OFFICER, level=country.levels[unit], unit=unit)
        for rows in list_ids(caller, name):
            assert rows >= wanted
            found += len(rows - wanted)
    return found


@contextmanager
def widen_scope() -> Iterator[None]:
    """Take the scope of these from the service."""
    plain = {shape: shape.scope for shape, _ in SHAPES.values()}
    _set(dict.fromkeys(plain, EVERYBODY))
    try:
        yield
    finally:
        _set(plain)


def _set(scopes: dict[Shape, Any]) -> None:
    for shape, scope in scopes.items():
        object.__setattr__(shape, "scope", scope)
    value_statement.cache_clear()
    object_statement.cache_clear()


@pytest.mark.parametrize("name", LISTS)
def test_each_actor_sees_their_scope(hands: Hands, name: str) -> None:
    assert wrong(hands, hands.scenario.application, name) == 0


@pytest.mark.parametrize("name", LISTS)
def test_database_alone_enforces_scope(hands: Hands, name: str) -> None:
    with widen_scope():
        assert wrong(hands, hands.scenario.application, name) == 0
        with Application.on(hands.url, bypass=False) as ordinary:
            assert wrong(hands, ordinary, name) == 0


@pytest.mark.parametrize("name", LISTS)
def test_service_alone_enforces_scope(hands: Hands, name: str) -> None:
    with Application.on(hands.url, database_role="") as owner:
        assert wrong(hands, owner, name) == 0


@pytest.mark.parametrize("name", LISTS)
def test_without_both_everything_is_visible(hands: Hands, name: str) -> None:
    """The control of the tests above."""
    with ExitStack() as stack:
        stack.enter_context(widen_scope())
        owner = stack.enter_context(Application.on(hands.url, database_role=""))
        assert wrong(hands, owner, name) > 100


@pytest.mark.parametrize("name", LISTS)
def test_each_read_is_audited(hands: Hands, name: str) -> None:
    entries = "SELECT * FROM audit_entry WHERE act = 'read' ORDER BY id"
    shape, root = SHAPES[name]
    who = hands.scenario.officer(place="1.1")
    id = next(iter(hands.select_ids(name, "1.1")))
    one = root.removesuffix("s")
    for layer in ("rest", "graphql"):
        before = len(hands.scenario.rows(entries))
        if layer == "rest":
            assert who.get(f"/api/v1/{name}/{id}").json()["id"] == id
        else:
            assert who.ask(f'{{ {one}(id: "{id}") {{ id }} }}')["data"][one] == {"id": id}
        noted = hands.scenario.rows(entries)[before:]
        assert [(row["resource"], str(row["resource_id"])) for row in noted] == [
            (str(shape.table.__tablename__), id)
        ]


@pytest.mark.parametrize("name", LISTS)
def test_row_out_of_scope_is_not_found(hands: Hands, name: str) -> None:
    who = hands.scenario.officer(place="1.1")
    for id in set(hands.rows[name]) - hands.select_ids(name, "1.1"):
        assert who.get(f"/api/v1/{name}/{id}").status_code == 404
        one = SHAPES[name][1].removesuffix("s")
        assert who.ask(f'{{ {one}(id: "{id}") {{ id }} }}') == {"data": {one: None}}


@pytest.mark.parametrize("name", LISTS)
def test_responses_match_openapi(hands: Hands, name: str) -> None:
    who, shape = hands.scenario.officer(place="1"), SHAPES[name][0]
    page = who.get(f"/api/v1/{name}", limit=40, expand=",".join(shape.links), total="exact")
    schemas.page(shape).model_validate_json(page.content, strict=True)
    for row in page.json()["items"]:
        assert set(row) == {*shape.fields, *shape.links}
        one = who.get(f"/api/v1/{name}/{row['id']}", expand=",".join(shape.links))
        assert one.json() == row


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("state", ["offered", "transferred", "requested", "withdrawn"])
def test_filters_narrow_the_list(hands: Hands, name: str, state: str) -> None:
    who, table = hands.scenario.officer(place="1"), SHAPES[name][0].table.__tablename__
    answer = who.get(f"/api/v1/{name}", state=state, limit=100)
    if answer.status_code == 422:  # no state of these
        return
    known = hands.scenario.rows(f"SELECT id FROM {table} WHERE state = :state", state=state)
    wanted = {str(row["id"]) for row in known} & hands.select_ids(name, "1")
    assert {row["id"] for row in answer.json()["items"]} == wanted
    tip = UUID(str(hands.scenario.rows(f"SELECT tip_id FROM {table} LIMIT 1")[0]["tip_id"]))
    for row in who.get(f"/api/v1/{name}", tip_id=str(tip)).json()["items"]:
        assert row["tip_id"] == str(tip)


@pytest.mark.parametrize("name", LISTS)
def test_pages_follow_the_order(hands: Hands, name: str) -> None:
    who = hands.scenario.officer(place="1")
    found: list[str] = []
    asked: dict[str, Any] = {"limit": 2, "fields": "id"}
    while True:
        page = who.get(f"/api/v1/{name}", **asked).json()
        found += [row["id"] for row in page["items"]]
        if page["next"] is None:
            break
        asked["cursor"] = page["next"]
    assert len(found) == len(set(found))
    assert set(found) == hands.select_ids(name, "1")
