"""Every filter of units, with every operator, at both layers, judged by the tables."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Application
from tests.give import Country
from tests.reads.facts import Facts, Row
from tests.reads.give_map import CLOSED, DAYS, FAR, RENAMED
from tests.reads.oracle import Map, by_name

Test = Callable[[Map, Row], bool]
BEFORE = DAYS[-3]  # the last day of the old map


def below(name: str) -> Test:
    return lambda map, row: row["unit_id"] in map.below(map.find_unit(name))


def child(name: str) -> Test:
    return lambda map, row: row["unit_id"] in map.children(map.find_unit(name))


def has(name: str, *values: str) -> Test:
    return lambda map, row: row[name] in values


def both(one: Test, other: Test) -> Test:
    return lambda map, row: one(map, row) and other(map, row)


FILTERS: list[tuple[dict[str, Any], Test]] = [
    ({}, lambda map, row: True),
    ({"level": "village"}, has("level", "village")),
    ({"level": ["district", "national"]}, has("level", "district", "national")),
    ({"kind": "ward"}, has("kind", "ward")),
    ({"kind": ["ward", "commune", "quarter"]}, has("kind", "ward", "commune")),
    ({"code": "00911"}, has("code", "00911")),
    ({"code": ["00911", "00924", "00923", "nope"]}, has("code", "00911", "00924", "00923")),
    ({"code": "thon-1"}, has("code", "thon-1")),
    ({"code": ""}, has("code", "")),
    ({"parent": "VN"}, child("VN")),
    ({"parent": "901"}, child("901")),
    ({"parent": "00911"}, child("00911")),
    ({"parent": "00924", "level": "village"}, both(child("00924"), has("level", "village"))),
    ({"parent": "nope"}, lambda map, row: False),
    ({"within": "VN"}, below("VN")),
    ({"within": "91"}, below("91")),
    ({"within": "902"}, below("902")),
    ({"within": "00911"}, below("00911")),
    ({"within": "00923"}, below("00923")),
    ({"within": "92", "level": ["commune"]}, both(below("92"), has("level", "commune"))),
    ({"within": "91", "parent": "901"}, both(below("91"), child("901"))),
    ({"within": "nope"}, lambda map, row: False),
    ({"within": ""}, lambda map, row: False),
]


@pytest.mark.parametrize("index", range(len(FILTERS)), ids=lambda n: str(FILTERS[n][0]))
@pytest.mark.parametrize("day", [RENAMED, BEFORE, CLOSED, FAR], ids=str)
def test_filters_of_units_at_rest(
    application: Application, facts: Facts, index: int, day: date
) -> None:
    params, test = FILTERS[index]
    for hierarchy in ("administrative", "police"):
        terms = {"as_of": day, "hierarchy": hierarchy, "limit": 100, "total": "exact"}
        answer = application.national(Role.VIEWER).get("/api/v1/units", **params, **terms)
        page, wanted = answer.json(), _ids(Map(facts, day, hierarchy), test)
        if answer.status_code != 200:  # blank, or of a unit that does not exist on the day
            assert page["code"] == ("unit_not_found" if all(params.values()) else "invalid_fields")
            assert wanted == []
            continue
        assert [unit["id"] for unit in page["items"]] == wanted
        assert (page["total"], page["total_is_exact"], page["next"]) == (len(wanted), True, None)


def _ids(map: Map, test: Test) -> list[str]:
    rows = by_name(row for row in map.standing.values() if test(map, row))
    return [str(row["unit_id"]) for row in rows]


WHERES: list[tuple[str, Test]] = [
    ("{}", lambda map, row: True),
    ("{level: {eq: VILLAGE}}", has("level", "village")),
    ("{level: {in: []}}", lambda map, row: False),
    ("{level: {in: [COMMUNE]}}", has("level", "commune")),
    ("{level: {in: COMMUNE}}", has("level", "commune")),
    ("{level: {eq: COMMUNE, in: [VILLAGE, COMMUNE]}}", has("level", "commune")),
    ("{level: {eq: COMMUNE, in: [VILLAGE]}}", lambda map, row: False),
    ("{kind: {in: [WARD, PROVINCE]}}", has("kind", "ward", "province")),
    ('{code: {in: ["VN", "91"]}}', has("code", "VN", "91")),
    ('{within: {eq: "91"}, kind: {eq: COMMUNE}}', both(below("91"), has("kind", "commune"))),
    ('{parent: {eq: "92"}, code: {in: []}}', lambda map, row: False),
]


@pytest.mark.parametrize("index", range(len(WHERES)), ids=lambda n: WHERES[n][0])
def test_filters_of_units_in_graphql(application: Application, facts: Facts, index: int) -> None:
    where, test = WHERES[index]
    for day in (BEFORE, CLOSED):
        given = f'first: 100, asOf: "{day}", where: {where}'
        query = f"{{ units({given}) {{ totalCount nodes {{ id }} }} }}"
        found = application.national(Role.VIEWER).ask(query)["data"]["units"]
        wanted = _ids(Map(facts, day), test)
        assert [unit["id"] for unit in found["nodes"]] == wanted
        assert found["totalCount"] == len(wanted)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_unit_is_named_by_id_or_by_its_code_of_the_day(
    application: Application, country: Country, facts: Facts, day: date
) -> None:
    viewer, map = application.national(Role.VIEWER), Map(facts, day)
    for code in ("00911", "00923", "00924", "901", "M", "00930"):
        answer = viewer.get(f"/api/v1/units/{code}", as_of=day)
        named = map.find_unit(code)
        assert answer.json().get("id") == (str(named) if named else None)
        assert answer.status_code == (200 if named else 404)
    for place in ("1.D", "2.3"):
        one = viewer.get("/api/v1/units", within=str(country[place]), limit=100, as_of=day)
        same = viewer.get("/api/v1/units", within=str(country[place]).upper(), limit=100, as_of=day)
        assert one.json() == same.json()
        assert {u["id"] for u in one.json()["items"]} == {
            str(id) for id in map.below(country[place]) & set(map.standing)
        }


@pytest.mark.parametrize("day", [BEFORE, CLOSED], ids=str)
def test_the_order_by_code_puts_those_without_one_first(
    application: Application, facts: Facts, day: date
) -> None:
    terms = {"order": "code", "as_of": day, "limit": 100}
    page = application.national(Role.VIEWER).get("/api/v1/units", **terms).json()
    rows = Map(facts, day).standing.values()
    wanted = sorted(rows, key=lambda row: (row["code"] or "", row["unit_id"]))
    assert [unit["id"] for unit in page["items"]] == [str(row["unit_id"]) for row in wanted]
