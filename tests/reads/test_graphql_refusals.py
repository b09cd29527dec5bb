"""Both ways refuse invalid GraphQL alike, and nobody without a token gets further."""

from typing import Any

import orjson
import pytest
from graphql import get_introspection_query

from app.domain.actor import Role
from tests.application import Application, Caller
from tests.reads.two_ways import Callers, alike

INVALID = [
    ("{ units { nodes { nothing } } }", "nothing"),
    ("{ units { nodes { Name } } }", "Did you mean"),
    ("{ nothing { id } }", "nothing"),
    ("{ units(nothing: 1) { nodes { id } } }", "nothing"),
    ("{ units(where: {nothing: {eq: 1}}) { nodes { id } } }", "nothing"),
    ('{ units(where: {code: {gte: "1"}}) { nodes { id } } }', "gte"),
    ("{ units(where: {code: {eq: 1}}) { nodes { id } } }", "String"),
    (
        "{ units(where: {level: {eq: WARD}}) { nodes { id } } }",
        "'WARD' does not exist in 'UnitLevel'",
    ),
    ('{ units(where: {level: {eq: "VILLAGE"}}) { nodes { id } } }', "UnitLevel"),
    ("{ units(where: {level: {in: [VILLAGE, null]}}) { nodes { id } } }", "null"),
    ("{ units(orderBy: NEWEST) { nodes { id } } }", "NEWEST"),
    ('{ units(asOf: "yesterday") { nodes { id } } }', "Date"),
    ("{ units(asOf: 20250101) { nodes { id } } }", "Date"),
    ("{ units(first: 1.5) { nodes { id } } }", "Int"),
    ("{ units(first: 2147483648) { nodes { id } } }", "32-bit"),
    ("{ unit { id } }", "required"),
    ("{ unit(id: null) { id } }", "null"),
    ("{ units }", "subfields"),
    ("{ units { nodes { name { id } } } }", "name"),
    ("{ units { nodes { parent } } }", "parent"),
    ("query($a: Int) { units { nodes { id } } }", "$a"),
    ("{ units(first: $a) { nodes { id } } }", "$a"),
    ("query($a: String) { units(first: $a) { nodes { id } } }", "String"),
    ("query($a: Int, $a: Int) { units(first: $a) { nodes { id } } }", "$a"),
    ("query($a: Boolean) { units { nodes { id @skip(if: $a) } } }", "Boolean"),
    ("{ units { nodes { id @skip } } }", "if"),
    ("{ units { nodes { id @nothing } } }", "nothing"),
    ("{ units { nodes { a: id a: name } } }", "a"),
    ("{ units { nodes { children(first: 1) { id } children(first: 2) { id } } } }", "children"),
    ("{ units { nodes { ... on Model { id } } } }", "Model"),
    ("{ units { nodes { ...F } } }", "F"),
    ("{ units { nodes { id } } } fragment F on Unit { id }", "F"),
    ("fragment F on Unit { id }", "F"),
    ("query A { units { nodes { id } } } query B { units { nodes { id } } }", "operation"),
    ("query A { __typename } query A { __typename }", "A"),
    ("subscription { units { nodes { id } } }", "subscription"),
    ("{ units { nodes { id } ", "Syntax Error"),
    ("", "Syntax Error"),
    ("{ units { nodes { id } } } \0", "Syntax Error"),
]


@pytest.mark.parametrize(("query", "message"), INVALID)
def test_an_invalid_document(callers: Callers, query: str, message: str) -> None:
    answer = alike(callers, query)
    assert answer.status_code == 400
    assert answer.json()["data"] is None
    assert any(message in fault["message"] for fault in answer.json()["errors"])


VARIABLES: list[tuple[str, Any]] = [
    ("Int", "1"), ("Int", 1.5), ("Int", 2**31), ("Int", True), ("Int", [1]), ("Int!", None),
    ("UnitWhere", {"nothing": 1}), ("UnitWhere", {"level": {"eq": "WARD"}}), ("UnitWhere", "x"),
    ("UnitWhere", {"level": {"in": [None]}}), ("UnitWhere", {"code": {"eq": 5}}),
    ("Date", "2025-02-30"), ("Date", 5), ("Date", ""), ("UnitOrder", "name"), ("String", 5),
    ("Hierarchy", "police"),
]  # fmt: skip
PLACES = {"Int": "first", "UnitWhere": "where", "Date": "asOf", "UnitOrder": "orderBy",
          "String": "after", "Hierarchy": "hierarchy"}  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), VARIABLES)
def test_a_variable_of_the_wrong_form(callers: Callers, kind: str, value: Any) -> None:
    place = PLACES[kind.rstrip("!")]
    answer = alike(
        callers, f"query($v: {kind}) {{ units({place}: $v) {{ totalCount }} }}", {"v": value}
    )
    assert answer.json()["data"] is None
    assert "$v" in answer.json()["errors"][0]["message"]


def test_a_variable_that_is_not_given(callers: Callers) -> None:
    answer = alike(callers, "query($v: Int!) { units(first: $v) { totalCount } }")
    assert answer.json()["data"] is None
    query = "query($v: Int) { units(first: $v, last: $v) { nodes { children(first: $v) { id } } } }"
    assert alike(callers, query.replace("children(first: $v)", "children")).json()["data"]["units"]
    query = "query($v: Int = 3) { units(first: 1) { nodes { children(first: $v) { id } } } }"
    assert alike(callers, query).json()["data"]["units"]
    assert alike(callers, query, {"v": None}).json()["data"] == {"units": None}


def test_nothing_is_answered_without_a_token(
    application: Application, ordinary: Application
) -> None:
    secret = [get_introspection_query(), "{ __typename }", "{ not even GraphQL", ""]
    secret += ["{ me { level } }", "{ units { totalCount } }", "{ __schema: units { totalCount } }",
              "{ __typename me { level } }", "{ ...F } fragment F on Query { __typename }",
              "{ ... { __typename } }", "{ __schema { __typename } node(id: 1) { id } }",
              'mutation { createModelType(data: {code: "x", name: "x"}) { id } }']  # fmt: skip
    for layer in (application, ordinary):
        for query in secret:
            answer = layer.nobody.query(query)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
            assert answer.headers["www-authenticate"] == 'Bearer realm="binhyen"'


def test_the_schema_is_no_secret(application: Application) -> None:
    """Tools read it from a file; a caller with a token may ask for any part of it."""
    whole = application.nobody.get("/graphql/schema.json").json()["data"]
    viewer = application.national(Role.VIEWER)
    asked = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, schema_description=True,
        input_value_deprecation=True, experimental_directive_deprecation=True,
        one_of=True,
    )  # fmt: skip
    assert whole["__schema"]["types"] == viewer.ask(asked)["data"]["__schema"]["types"]
    named = "query($n: String!) { a: __type(name: $n) { name } __typename }"
    assert viewer.ask(named, n="Unit")["data"] == {"a": {"name": "Unit"}, "__typename": "Query"}


def test_the_operation_that_is_named_is_the_one_that_is_judged(callers: Callers) -> None:
    query = "query A { __typename } query B { units { totalCount } } mutation C { __typename }"
    for caller in (*callers, *(Caller(caller.application, {}) for caller in callers)):
        known = bool(caller.headers)
        for name, status in (
            ("A", 200 if known else 401),
            ("B", 200 if known else 401),
            ("C", 200 if known else 401),
            ("D", 400 if known else 401),
            ("", 400 if known else 401),
        ):
            answer = caller.post("/graphql", {"query": query, "operationName": name})
            assert answer.status_code == status
            found = orjson.loads(answer.content).get("data") or {}
            assert ("units" in found) is (name == "B" and known)


SEVERAL = """{ a: units(first: 1) { nodes { code } } b: models { totalCount }
    c: unit(id: "VN") { code } d: units(first: 101) { totalCount }
    e: units(after: "x") { totalCount } }"""


def test_a_refused_root_leaves_the_others(application: Application, ordinary: Application) -> None:
    officers = (application.national(Role.TIP_OFFICER), ordinary.national(Role.TIP_OFFICER))
    body = alike(officers, SEVERAL).json()
    assert {key for key, value in body["data"].items() if value is None} == {"b", "d", "e"}
    assert list(body["data"]) == ["a", "b", "c", "d", "e"]
    codes = {fault["path"][0]: fault["extensions"]["code"] for fault in body["errors"]}
    assert codes == {"b": "forbidden", "d": "out_of_bounds", "e": "not_a_cursor"}
