"""However large a question is made, it is refused soon, and alike on both ways."""

import time

import pytest
from graphql import get_introspection_query

from app.domain.actor import Role
from tests.application import Application
from tests.reads.two_ways import Callers, alike

SECONDS = 20  # of processor time: far from what a document that explodes would take
OPEN, IDS = "{ units { nodes {", "{ units { nodes { id } } }"


def nest(depth: int, inner: str = "id") -> str:
    return "{ unit(id: 1) { " + "parent { " * depth + inner + " }" * depth + " } }"


def chain(length: int) -> str:
    parts = (f"fragment F{n} on Unit {{ ...F{n + 1} }}" for n in range(length))
    return (
        f"{{ units {{ nodes {{ ...F0 }} }} }} {' '.join(parts)} fragment F{length} on Unit {{ id }}"
    )


def doubling(length: int, last: str) -> str:
    parts = (f"fragment F{n} on Unit {{ ...F{n + 1} ...F{n + 1} }}" for n in range(length))
    return f"{{ units {{ nodes {{ ...F0 }} }} }} {' '.join(parts)} {last}"


def within(length: int, depth: int) -> str:
    """Fragments each of which lies deep within the one before."""
    words = (f"{'... { ' * depth} ...F{n + 1} {'} ' * depth}" for n in range(length))
    parts = (f"fragment F{n} on Unit {{ {word} }}" for n, word in enumerate(words))
    return f"{' '.join(parts)} fragment F{length} on Unit {{ id }}"


def many(word: str, count: int) -> str:
    return " ".join(word.replace("#", str(n)) for n in range(count))


TOO_LARGE = [
    (nest(11), "depth"),
    (nest(11, "... { ... on Unit { id } }"), "depth"),
    (nest(9, "...F") + " fragment F on Unit { parent { parent { id } } }", "depth"),
    ("{ units { nodes { " + many("k#: id", 61) + " } } }", "aliases"),
    ("{ " + many("k#: unit(id: 1) { id }", 61) + " }", "aliases"),
    (f"{OPEN} {many('...F', 31)} }} }} }} fragment F on Unit {{ a: id b: id }}", "aliases"),
    ("{ units { nodes { " + many("id parent { id name }", 125) + " } } }", "fields"),
    ("{ units { nodes { " + many("id", 61) + " } } }", "repeats"),
    ("{ units { " + many("nodes { id }", 240) + " } }", "repeats"),
    ("{ units { " + many("... { nodes { id } }", 61) + " } }", "repeats"),
    ("{ units { nodes { ...A ...A } } } fragment A on Unit { ...B ...B } fragment B on Unit { "
     + many("id", 16) + " }", "repeats"),
    (f"{IDS} fragment A on Unit {{ parent {{ {many('id', 61)} }} }}", "repeats"),
    (doubling(30, "fragment F30 on Unit { id }"), "fields"),
    (doubling(30, "fragment F30 on Unit { ...F0 }"), "depth"),
    (f"{OPEN} ...A }} }} }} fragment A on Unit {{ ...B }} fragment B on Unit {{ ...A }}", "depth"),
    ("{ units { nodes { ...A } } } fragment A on Unit { parent { ...A } }", "depth"),
    ("{ units { nodes { id } } } fragment A on Unit { ...A }", "depth"),
    (chain(220), "depth"),
    (f"{OPEN} {'... { ' * 180} ...F0 {'} ' * 180} }} }} }} {within(8, 40)}", "depth"),
    ("{ units { nodes { id } } } fragment F on Query { " + many("units { nodes { id } }", 170)
     + " }", "fields"),
    ("{ units { nodes { id } } } fragment F on __Type { " + many("name", 1500) + " }", "fields"),
    ("{ " + many("k#: __schema { types { fields { type { name } } } }", 30) + " }", "fields"),
    (f"query A {{ me {{ level }} }} query B {OPEN} {many('k#: id', 61)} }} }} }}", "aliases"),
    ("{ me { level } } #" + "x" * 20_000, "length"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "what"), TOO_LARGE, ids=lambda one: one[:60])
def test_a_document_too_large(callers: Callers, query: str, what: str) -> None:
    since = time.process_time()
    answer = alike(callers, query)
    assert time.process_time() - since < SECONDS
    assert (answer.status_code, answer.json()["code"]) == (422, "query_too_large")
    assert answer.json()["what"] == what
    assert answer.json()["found"] > answer.json()["most"]


UNREADABLE = [
    "{ a " * 900 + "} " * 900,
    "{ units(where: {level: {in: " + "[" * 900 + "]" * 900 + "}}) { nodes { id } } }",
    "{ units(where: " + "{a: " * 600 + "1" + "}" * 600 + ") { nodes { id } } }",
    "{ units { " + many("nodes { id }", 600) + " } }",
    "query($a: " + "[" * 800 + "Int" + "]" * 800 + ") { units(first: $a) { nodes { id } } }",
    "{ units { nodes { " + many("id", 2500) + " } } }",
    "{ units { nodes { id " + many("@skip(if: true)", 400) + " } } }",
    doubling(30, ""),
    "{ units { nodes { id } } } " + many("fragment F# on Unit { id ...G ...G }", 150),
    "query(" + many("$a#: Int", 500) + ") { units { nodes { id } } }",
    "{ units(where: {code: {in: [" + many('"#"', 1900) + "]}}, x: 1) { nodes { id } } }",
    "{ units { nodes { id } } } " + many("query Q# { units { nodes { id } } }", 150),
]


@pytest.mark.parametrize("query", UNREADABLE, ids=lambda one: one[:60])
def test_a_document_that_cannot_be_read(callers: Callers, query: str) -> None:
    since = time.process_time()
    answer = alike(callers, query)
    assert time.process_time() - since < SECONDS
    assert answer.status_code in (400, 422)


LARGEST = [
    nest(10),
    "{ units(first: 1) { nodes { " + many("k#: id", 60) + " } } }",
    "{ units(first: 1) { nodes { " + many("id parent { id name code }", 60) + " } } }",
    "{ units(first: 1) { " + many("nodes { id name parent { id } children { id } }", 60) + " } }",
    "{ " + many("k#: unit(id: 1) { id name parent { id } }", 60) + " }",
    chain(100),
    "{ units(where: {code: {in: [" + many('"#"', 1500) + "]}}) { nodes { id } } }",
]


@pytest.mark.parametrize("query", LARGEST, ids=lambda one: one[:60])
def test_a_document_as_large_as_may_be(callers: Callers, query: str) -> None:
    since = time.process_time()
    assert "errors" not in alike(callers, query).json()
    assert time.process_time() - since < SECONDS


def test_the_schema_is_read_to_a_limited_depth(application: Application) -> None:
    viewer = application.national(Role.VIEWER)
    for query in (get_introspection_query(), get_introspection_query(specified_by_url=True,
                  directive_is_repeatable=True, schema_description=True)):  # fmt: skip
        assert viewer.ask(query)["data"]["__schema"]["types"]
    endless = "{ __schema { types { " + "fields { type { " * 6 + "name" + " } }" * 6 + " } } }"
    since = time.process_time()
    assert viewer.query(endless).status_code == 400
    beside = "{ __schema { types { fields { type { name } } } } me { level } }"
    assert viewer.query(beside).json()["what"] == "depth"
    assert time.process_time() - since < SECONDS


def test_too_many_rows_and_the_most_there_can_be(callers: Callers) -> None:
    refused = [
        "units(first: 100) { nodes { children(first: 50) { id } } }",
        "units(first: 100) { edges { node { children { children { id } } } } }",
        "units(first: 60) { a: nodes { ...F } edges { node { ...F } } }",
        "units(last: 100) { nodes { x: parent { children(first: 60) { id } } } }",
        'unit(id: "VN") { children(first: 500) { children(first: 20) { id } } }',
        'node(id: "VN") { ... on Unit { children(first: 500) { children(first: 20) { id } } } }',
    ]  # fmt: skip
    for query in refused:
        part = " fragment F on Unit { children(first: 50) { id } }" if "...F" in query else ""
        (fault,) = alike(callers, f"{{ {query} }}{part}").json()["errors"]
        assert fault["extensions"] == {"status": 422, "code": "too_many_rows", "most": 5000}
    fast_path_uses = ["units(first: 100) { nodes { children(first: 49) { id } } }",
             'unit(id: "VN") { children(first: 499) { children(first: 9) { id } } }']  # fmt: skip
    for query in fast_path_uses:
        assert "errors" not in alike(callers, f"{{ {query} }}").json()
    for first in (0, -1, 501):
        query = f'{{ unit(id: "VN") {{ children(first: {first}) {{ id }} }} }}'
        (fault,) = alike(callers, query).json()["errors"]
        assert (fault["extensions"]["code"], fault["extensions"]["most"]) == ("out_of_bounds", 500)
