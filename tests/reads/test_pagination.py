"""A walk through a list, forward or backward, meets every row once and in order."""

from collections.abc import Iterator

import pytest

from app.api.graphql.types import SHAPES
from app.db.query import pagination
from app.db.query.statement import object_statement, value_statement
from app.domain.actor import Role
from app.domain.units.shape import today
from tests.application import Application, Caller
from tests.reads.facts import Facts
from tests.reads.lists import LISTS, List, walk_at_rest, walk_backward, walk_forward
from tests.reads.neutral_questions import LAYERS, NAMES
from tests.reads.oracle import Map


@pytest.fixture
def caller(application: Application) -> Caller:
    return application.national(Role.AUDITOR, Role.RECORDER)


@pytest.mark.parametrize("size", [1, 100])
@pytest.mark.parametrize("of", LISTS, ids=str)
def test_walking_forward(caller: Caller, of: List, size: int) -> None:
    assert walk_forward(caller, of, size) == of.ids(caller)


@pytest.mark.parametrize("size", [4])
@pytest.mark.parametrize("of", LISTS, ids=str)
def test_walking_backward(caller: Caller, of: List, size: int) -> None:
    assert walk_backward(caller, of, size) == of.ids(caller)


@pytest.mark.parametrize("size", [3])
@pytest.mark.parametrize("of", LISTS, ids=str)
def test_walking_at_rest(caller: Caller, of: List, size: int) -> None:
    assert walk_at_rest(caller, of, size) == of.ids(caller)


@pytest.mark.parametrize("of", LISTS, ids=str)
def test_what_lies_between_two_cursors(caller: Caller, of: List) -> None:
    page = of.page(caller, first=100)
    ids = [node["id"] for node in page["nodes"]]
    marks = [edge["cursor"] for edge in page["edges"]]
    end = len(ids) - 1
    for i, j in ((0, end), (0, 1), (0, 2), (2, end - 1), (3, 8), (end - 2, end), (5, 5), (7, 2)):
        between = ids[i + 1 : j] if i < j else []
        for size in (1, 100):
            for side, kept in (("first", between[:size]), ("last", between[-size:])):
                found = of.page(caller, **{side: size}, after=marks[i], before=marks[j])
                assert [node["id"] for node in found["nodes"]] == kept
                more = found["pageInfo"]["hasNextPage" if side == "first" else "hasPreviousPage"]
                assert more is (len(between) > size)
                assert found["totalCount"] == len(ids)


@pytest.mark.parametrize("of", LISTS, ids=str)
def test_a_page_with_nothing_on_it(caller: Caller, of: List) -> None:
    last = of.page(caller, last=1)["pageInfo"]["endCursor"]
    for side in ("first", "last"):
        page = of.page(caller, **{side: 5}, after=last)
        assert page["nodes"] == page["edges"] == []
        assert (page["pageInfo"]["startCursor"], page["pageInfo"]["endCursor"]) == (None, None)
    params = of.params | {"cursor": last}
    assert caller.get(f"/api/v1/{of.path}", **params).json() == {"items": [], "next": None}


def test_the_lists_are_those_that_have_rows_here(application: Application) -> None:
    """Those without any are walked in the tests of conformance, which make some of each."""
    everybody = application.national(*Role)
    plain = {name: path for name, (path, _, _) in NAMES.items() if not SHAPES[name].sensitive}
    full = {
        name for name, path in plain.items() if everybody.get(f"/api/v1/{path}").json()["items"]
    }
    assert full == set(LAYERS)
    walked = {(of.root, of.params.get("order")) for of in LISTS}
    for name, (_, many, _) in LAYERS.items():
        usual, *others = SHAPES[name].orders
        assert walked >= {(many, None)} | {(many, order) for order in others}, usual


def test_rows_share_their_sort_key(caller: Caller) -> None:
    """Else the walks would not try what they are for."""
    for path in ("units", "model-types"):
        page = caller.get(f"/api/v1/{path}", fields="name", limit=100).json()
        names = [row["name"] for row in page["items"]]
        assert max(names.count(name) for name in names) >= 3


@pytest.fixture
def counted_to_nine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Counting stops beyond nine, in statements that are compiled again."""
    statements = (value_statement, object_statement)
    monkeypatch.setattr(pagination, "MAX_COUNTED", 9)
    for cache in statements:
        cache.cache_clear()
    yield
    for cache in statements:
        cache.cache_clear()


@pytest.mark.usefixtures("counted_to_nine")
@pytest.mark.parametrize(
    ("codes", "total"), [(8, (8, True)), (9, (9, True)), (10, (9, False)), (12, (9, False))]
)
def test_counting_ends_somewhere_and_says_so(
    caller: Caller, facts: Facts, codes: int, total: tuple[int, bool]
) -> None:
    standing = Map(facts, today()).standing.values()
    some = sorted(row["code"] for row in standing if row["code"])[:codes]
    rest = caller.get("/api/v1/units", total="exact", code=some, limit=1).json()
    assert (rest["total"], rest["total_is_exact"]) == total
    query = """query($some: [String!]) {
        units(first: 1, where: {code: {in: $some}}) { totalCount totalIsExact } }"""
    found = caller.ask(query, some=some)["data"]["units"]
    assert (found["totalCount"], found["totalIsExact"]) == total
