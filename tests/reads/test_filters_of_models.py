"""Every filter of models, types and reorganisations, with every operator, judged by the tables."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Application
from tests.give import Country
from tests.reads.facts import Facts, Row
from tests.reads.give_map import CLOSED, DAYS, MOVED, RENAMED
from tests.reads.oracle import Map, by_name, newest

Test = Callable[[Row], bool]
RANGES: dict[str, Callable[[date, date], bool]] = {
    "": lambda one, other: one == other,
    ".gte": lambda one, other: one >= other,
    ".gt": lambda one, other: one > other,
    ".lte": lambda one, other: one <= other,
    ".lt": lambda one, other: one < other,
}
EVERY_DAY = [day + timedelta(n) for day in (RENAMED, MOVED, CLOSED, DAYS[-1]) for n in (-1, 0, 1)]


def has(name: str, *values: str) -> Test:
    return lambda row: row[name] in values


def ids(application: Application, path: str, **params: Any) -> list[str]:
    """The rows of a list that fits one page, counted rightly."""
    terms = params | {"limit": 100, "total": "exact", "fields": "id"}
    page = application.national(Role.AUDITOR).get(f"/api/v1/{path}", **terms).json()
    assert page["total"] == len(page["items"])
    return [row["id"] for row in page["items"]]


def select_ids(rows: Iterable[Row], test: Test = lambda row: True) -> list[str]:
    return [str(row["id"]) for row in rows if test(row)]


@pytest.mark.parametrize(
    ("params", "test"),
    [
        ({"state": "proposed"}, has("state", "proposed")),
        ({"state": ["proposed", "launched"]}, has("state", "proposed", "launched")),
        ({"reference": "R1"}, has("reference", "R1")),
        ({"reference": ["R1", "R2", "given-5", "nope"]}, has("reference", "R1", "R2", "given-5")),
        ({"search": "đèn"}, lambda row: "Đèn" in row["name"]),
        ({"search": "TO 100%"}, lambda row: "Tổ 100%" in row["name"]),
        ({"search": "a_b\\c"}, lambda row: "a_b\\c" in row["name"]),
        ({"search": 'dong "hai"'}, lambda row: "hai" in row["name"]),
    ],
)
def test_filters_of_models(
    application: Application, facts: Facts, params: dict[str, Any], test: Test
) -> None:
    wanted = select_ids(newest(facts.model), test)
    assert ids(application, "models", **params) == wanted
    assert ids(application, "models", **params, order="oldest") == wanted[::-1]


@pytest.mark.parametrize("operator", RANGES)
@pytest.mark.parametrize(
    ("path", "table", "name"),
    [
        ("models", "model", "launched_on"),
        ("unit-reorganisations", "unit_reorganisation", "effective_on"),
    ],
)
def test_ranges_of_days(
    application: Application, facts: Facts, operator: str, path: str, table: str, name: str
) -> None:
    for day in EVERY_DAY:
        within = [r for r in facts.of(table) if r[name] and RANGES[operator](r[name], day)]
        assert ids(application, path, **{name + operator: day}) == select_ids(newest(within))


def test_both_ends_of_a_range(application: Application, facts: Facts) -> None:
    params = {"launched_on.gt": RENAMED, "launched_on.lte": CLOSED}
    test: Test = lambda row: row["launched_on"] and RENAMED < row["launched_on"] <= CLOSED  # noqa: E731
    assert ids(application, "models", **params) == select_ids(newest(facts.model), test)
    assert ids(application, "models", **params, state="proposed") == []


def test_a_type_is_named_by_code_or_by_id(
    application: Application, country: Country, facts: Facts
) -> None:
    for code, id in country.types.items():
        wanted = [str(model["id"]) for model in newest(facts.model) if model["type_id"] == id]
        for name in (code, str(id), str(id).upper()):
            assert ids(application, "models", type=name) == wanted
        assert application.national(Role.VIEWER).get(f"/api/v1/model-types/{code}").json()[
            "id"
        ] == str(id)


@pytest.mark.parametrize("day", DAYS[::2], ids=str)
def test_models_of_a_unit_lie_in_it_today_or_were_entered_below_it_on_the_day(
    application: Application, country: Country, facts: Facts, day: date
) -> None:
    map = Map(facts, day)
    places = ("province_id", "district_id", "commune_id", "village_id")
    codes = [row["code"] for row in map.standing.values() if row["code"]]
    for name in [str(id) for id in country.units.values()] + codes:
        unit = map.find_unit(name)
        below = map.below(unit)
        hosts = {
            host["model_id"]
            for host in facts.model_host
            if host["unit_id"] in below or unit in [host[place] for place in places]
        }
        wanted = [str(model["id"]) for model in newest(facts.model) if model["id"] in hosts]
        assert ids(application, "models", unit=name, as_of=day) == wanted


@pytest.mark.parametrize(
    ("params", "test"),
    [
        ({"code": "kind_1"}, has("code", "kind_1")),
        ({"code": ["kind_1", "camera", "nope"]}, has("code", "kind_1", "camera")),
        ({"host_kind": "clan"}, has("host_kind", "clan")),
        ({"host_kind": ["clan", "online"]}, has("host_kind", "clan", "online")),
        ({"search": "to tu quan"}, has("name", "Tổ tự quản")),
        ({"search": "kind_2"}, has("code", "kind_2")),
        ({"search": "doi_"}, has("name", "Đội_xung kích")),
        ({"search": "\\ thu"}, has("code", "kind_5")),
    ],
)
def test_filters_of_types(
    application: Application, facts: Facts, params: dict[str, Any], test: Test
) -> None:
    assert ids(application, "model-types", **params) == select_ids(by_name(facts.model_type), test)


@pytest.mark.parametrize(
    ("params", "test"),
    [
        ({"state": "draft"}, has("state", "draft")),
        ({"state": ["draft", "reversed"]}, has("state", "draft", "reversed")),
        ({"kind": "correction"}, has("kind", "correction")),
        ({"kind": ["correction", "reversal"]}, has("kind", "correction", "reversal")),
        (
            {"kind": "reversal", "state": "draft"},
            lambda row: (row["kind"], row["state"]) == ("reversal", "draft"),
        ),
    ],
)  # fmt: skip
def test_filters_of_reorganisations(
    application: Application, facts: Facts, params: dict[str, Any], test: Test
) -> None:
    wanted = select_ids(newest(facts.unit_reorganisation), test)
    assert ids(application, "unit-reorganisations", **params) == wanted


def test_operators_with_nothing_to_say_in_graphql(application: Application, facts: Facts) -> None:
    viewer = application.national(Role.VIEWER)
    query = "query($w: ModelWhere) { models(first: 100, where: $w) { totalCount } }"

    def count(**where: Any) -> int:
        found: int = viewer.ask(query, w=where)["data"]["models"]["totalCount"]
        return found

    assert count(state={"in": []}) == count(reference={"in": []}) == 0
    for nothing in ({"launchedOn": {"gte": None}}, {"state": None}, {"type": {"eq": None}}):
        assert viewer.ask(query, w=nothing)["data"] == {"models": None}
    assert count(launchedOn={"gte": "2023-01-01", "lt": "2023-01-01"}) == 0
    assert count(launchedOn={"lt": "9999-12-31"}) == len(
        [row for row in facts.model if row["launched_on"]]
    )
