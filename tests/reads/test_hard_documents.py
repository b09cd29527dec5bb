"""Documents that either way might trip over: both answer them, alike and rightly."""

from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Application
from tests.reads.sets import ALIASES
from tests.reads.two_ways import Callers, alike

LONG = "a" * 70
SHORT = [
    "{ units(first: 2) { nodes { } } }",
    "{ units(first: 2) { } }",
    "{ units(first: 1) { nodes { id @skip(if: true) parent { id @skip(if: true) } } } }",
    "{ units(first: 1) { nodes @skip(if: true) { id } } }",
    "{ units(first: 1) { edges { node { id @skip(if: true) } cursor @skip(if: true) } } }",
    "{ units(first: 1) { pageInfo { endCursor @skip(if: true) } } }",
    "{ units(first: 1) { nodes { children(first: 2) { id @include(if: false) } } } }",
    '{ node(id: "VN") { ... on Model { name } } }',
    '{ node(id: "VN") { id @skip(if: true) } }',
    '{ node(id: "VN") { ...A } } fragment A on Node { id ...B } fragment B on Unit { code }',
    '{ unit(id: "VN") { ... on Node { id ... on Unit { name } } ...A } } fragment A on Node { id }',
    '{ node(id: "VN") { ... on Unit { k: name } ... on Model { k: name } ... on Node { l: id } } }',
    '{ node(id: "camera") { __typename ... on ModelType { a: code } ... on Unit { code } } }',
    '{ unit(id: "VN") { name } unit(id: "VN") { code name } }',
    "{ units(first: 1) { nodes { id } nodes { name } ... { nodes { code } } } }",
    "{ units { a: nodes { id } b: nodes { name } edges { cursor } c: edges { __typename } } }",
    "{ units(first: 2) { p: pageInfo { endCursor } pageInfo { e: endCursor endCursor } } }",
    "{ units { __typename nodes { __typename } edges { __typename } pageInfo { __typename } } }",
    "{ units(first: 1) { t: totalCount totalCount u: totalIsExact } }",
    "{ units(first: null, after: null, orderBy: null, asOf: null) { totalCount } }",
    "query($a: Boolean = true) { units { nodes { id @include(if: $a) name @skip(if: $a) } } }",
    '{ unit(id: "VN") { children(first: 1) { children(first: 1) { parent { parent { id } } } } } }',
    '{ unit(id: "00923", asOf: "2022-01-01") { name validTo successors { share } } }',
    "{ units(last: 2, where: {level: {in: [VILLAGE]}}) { pageInfo { hasPreviousPage } } }",
    "query Q { # a comment\n units(first: 1) { nodes { id, name, }, }, }",
    '{ units(where: {search: {eq: """ thon """}}, first: 1) { nodes { name } } }',
    '{ units(where: {search: {eq: "th\\u00f4n"}}, first: 1) { nodes { name } } }',
]


@pytest.mark.parametrize("query", SHORT)
def test_the_short_way_is_taken(callers: Callers, fast_path_uses: list[bool], query: str) -> None:
    assert "errors" not in alike(callers, query).json()
    assert fast_path_uses == [True]


SWITCHES = " ".join(f"k{n}: id @include(if: $s{n})" for n in range(7))
GIVEN = " ".join(f"$s{n}: Boolean = true" for n in range(7))
ORDINARY = [
    "{ me { level roles permissions } }",
    "{ me { subject } units(first: 1) { nodes { id } } }",
    "{ __typename units(first: 1) { nodes { id } } }",
    "{ __schema { queryType { name } } units(first: 1) { nodes { id } } }",
    f"{{ units(first: 1) {{ nodes {{ {'a' * 51}: id }} }} }}",
    f"{{ units(first: 1) {{ {LONG}b: nodes {{ {LONG}b: id name }} {LONG}c: totalCount }} }}",
    f'{{ {LONG}: unit(id: "VN") {{ {LONG}: __typename {LONG}p: children(first: 1) {{ id }} }} }}',
    f'{{ {LONG}: node(id: "VN") {{ {LONG}: id ... on Unit {{ {LONG}n: name }} }} }}',
    "{ units(first: 1) @skip(if: true) { nodes { id } } }",
    '{ modelCoverage(id: "camera", unit: "91") { covered existing byCommune { code } } }',
    f"query({GIVEN}) {{ units {{ nodes {{ {SWITCHES} }} }} }}",
]


@pytest.mark.parametrize("query", ORDINARY, ids=lambda query: query[:40])
def test_the_ordinary_way_is_taken(
    callers: Callers, fast_path_uses: list[bool], query: str
) -> None:
    assert "errors" not in alike(callers, query).json()
    assert fast_path_uses == [False]


PLACES = [
    "{ @: units(first: 2) { @: nodes { @: id } pageInfo { @: endCursor } } }",
    "{ @: units(first: 2) { @: edges { @: cursor node { id } } nodes { @: parent { @: name } } } }",
    "{ @: units(first: 2) { @: pageInfo { @: endCursor } edges { @: node { @: id } } } }",
    "{ @: units(last: 2) { @: totalCount nodes { @: children(first: 1) { @: __typename } } } }",
    '{ @: node(id: "VN") { @: id ... on Unit { children(first: 2) { @: name } } } }',
]


@pytest.mark.parametrize("alias", [*ALIASES, "a" * 50, LONG])
def test_no_alias_stands_in_the_way(callers: Callers, alias: str) -> None:
    """Under any alias a value is the one that was requested."""
    for query in PLACES:
        wanted = alike(callers, query.replace("@", "k")).json()["data"]
        found = alike(callers, query.replace("@", alias)).json()["data"]
        assert _rename_key(found, alias) == wanted


def _rename_key(value: Any, alias: str) -> Any:
    if isinstance(value, list):
        return [_rename_key(one, alias) for one in value]
    if not isinstance(value, dict):
        return value
    return {"k" if key == alias else key: _rename_key(v, alias) for key, v in value.items()}


def test_the_same_document_with_other_values(callers: Callers) -> None:
    """The cache of a document stores its names, never the values of an earlier caller."""
    query = """query($id: ID!, $n: Int!, $on: Boolean!, $w: UnitWhere, $d: Date) {
        unit(id: $id, asOf: $d) { code children(first: $n) { code } name @include(if: $on) }
        units(first: $n, where: $w, asOf: $d) { nodes { code } } }"""
    told = set()
    for id in ("91", "92", "nope"):
        for n in (1, 2):
            for on in (True, False):
                for where in (None, {"level": {"eq": "COMMUNE"}}, {"level": {"eq": "PROVINCE"}}):
                    for day in (None, "2025-06-30"):
                        given = {"id": id, "n": n, "on": on, "w": where, "d": day}
                        told.add(alike(callers, query, given).text)
    assert len(told) > 30


def test_one_document_of_many_callers(application: Application, ordinary: Application) -> None:
    query = "{ models(first: 3) { nodes { id } totalCount } unitReorganisations { totalCount } }"
    answers = [
        alike((application.at(role, code=code), ordinary.at(role, code=code)), query).json()
        for code in ("VN", "91", "902", "00924")
        for role in (Role.VIEWER, Role.AUDITOR, Role.TIP_OFFICER)
    ]
    counts = [a["data"]["models"] and a["data"]["models"]["totalCount"] for a in answers]
    assert counts[2::3] == [None] * 4
    assert counts[0::3] == counts[1::3]
    assert len(set(counts)) == 5


def test_a_row_may_hold_the_words_of_a_refusal(
    application: Application, ordinary: Application
) -> None:
    """A village has the code `unavailable`: it is no sign that the database is lost."""
    query = """{ errors: units(where: {code: {eq: "unavailable"}}) { nodes { code } }
        models { totalCount } }"""
    officers = (application.national(Role.TIP_OFFICER), ordinary.national(Role.TIP_OFFICER))
    body = alike(officers, query).json()
    assert body["data"] == {"errors": {"nodes": [{"code": "unavailable"}]}, "models": None}
    assert [fault["extensions"]["code"] for fault in body["errors"]] == ["forbidden"]
