"""The front of GraphQL: the token first, few faults, bounded caches, and a price for services."""

import asyncio
import gc
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from graphql import get_named_type, parse

from app import features
from app.api.deps import AppState
from app.api.graphql import document
from app.api.graphql.context import MAX_SESSIONS
from app.api.graphql.document import MAX_BYTES, DocumentCache, estimate_bytes
from app.api.graphql.faults import MAX_FAULTS, MAX_LENGTH, DocumentFaults
from app.api.graphql.limits import MAX_COST, MOST_ALIASES, QueryTooLarge
from app.api.graphql.schema import build_schema
from app.domain.actor import Role
from app.domain.operations import Operation
from tests.application import Application
from tests.reads.test_large_documents import LARGEST, TOO_LARGE, UNREADABLE, many
from tests.reads.two_ways import Callers, alike

HOSTILE = [
    "{ " + many("nope#", 490) + " }",
    "{ units { nodes { " + many("nope#", 490) + " } } }",
    "query(" + many("$a#: Nope#", 300) + ") { units { nodes { id } } }",
    "{ units { nodes { " + "x" * 19_000 + " } } }",
    "{ units(where: {code: {eq: \"\"\"" + "line\n" * 3000 + "\"\"\"}}, nope: 1) { nodes { id } } }",
    *(query for query, _ in TOO_LARGE),
    *UNREADABLE,
]  # fmt: skip
SCHEMA = build_schema()._schema
SERVICES = [one for one in features.operations() if one.public_name in {
    *SCHEMA.query_type.fields, *SCHEMA.mutation_type.fields  # type: ignore[union-attr]
}]  # fmt: skip


def test_nothing_is_parsed_for_nobody(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    def record(text: str, **more: Any) -> Any:
        parsed.append(text)
        return parse(text, **more)

    monkeypatch.setattr(document, "parse", record)
    for number, query in enumerate(HOSTILE):
        answer = application.nobody.query(f"{query} # {number}")
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
        assert len(answer.content) < 1000
    assert parsed == []
    application.national(Role.VIEWER).query(HOSTILE[0])
    assert len(parsed) == 1


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: query[:40])
def test_faults_are_few_and_short(callers: Callers, query: str) -> None:
    answer = alike(callers, query)
    assert answer.status_code in (400, 422)
    faults = answer.json()["errors"] if answer.status_code == 400 else [answer.json()]
    assert 0 < len(faults) <= MAX_FAULTS
    for fault in faults:
        said = fault.get("message", "")
        assert len(said) <= MAX_LENGTH + 1
        assert "\n" not in said
        assert len(fault.get("locations", ())) <= MAX_FAULTS
    assert len(answer.content) < 4000


def test_faults_of_variables_are_few_and_short(callers: Callers) -> None:
    query = "query($w: UnitWhere) { units(where: $w) { nodes { id } } }"
    given = {"w": {"code": {"in": [5] * 2000}, **{f"nope{n}": "x" * 5000 for n in range(20)}}}
    answer = alike(callers, query, given)
    assert 0 < len(answer.json()["errors"]) <= MAX_FAULTS
    assert len(answer.content) < 4000


def test_no_fault_is_cached_and_valid_documents_within_bounds() -> None:
    cache = DocumentCache(SCHEMA)
    for query in HOSTILE:
        with pytest.raises((DocumentFaults, QueryTooLarge)):
            cache.read(query, None)
    assert (len(cache.cache), cache.cache.bytes) == (0, 0)
    cache.cache.max_bytes = MAX_BYTES // 8  # full after fewer of them
    for number in range(15):
        for query in LARGEST[:4]:
            cache.read(f"{query} # {number}", None)
    assert 0 < cache.cache.bytes <= MAX_BYTES // 8
    assert 0 < len(cache.cache) < 60


@pytest.mark.parametrize("query", LARGEST, ids=lambda query: query[:40])
def test_the_size_of_a_document_is_not_underestimated(query: str) -> None:
    cache = DocumentCache(SCHEMA)
    cache.read(query, None)  # what is made once for a schema is made
    tracemalloc.start()
    try:
        found = cache.read(f"{query} # again", None)
        gc.collect()
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert estimate_bytes(query, found.whole) >= used


@pytest.mark.parametrize("operation", SERVICES, ids=lambda one: one.public_name)
def test_a_service_has_its_price(operation: Operation) -> None:
    """As many calls as the price allows are taken, and not one more: of every service field."""
    most, cache = min(MAX_COST // operation.price, MOST_ALIASES), DocumentCache(SCHEMA)
    dear = operation.price * (most + 1) > MAX_COST
    for count in (most, most + 1):
        query = _calls(operation, count)
        try:
            cache.read(query, None)
        except DocumentFaults:
            refused: str | None = None  # arguments are missing: it was judged small enough
        except QueryTooLarge as error:
            refused = error.facts["what"]
        else:
            refused = None
        assert refused == (("cost" if dear else "aliases") if count > most else None)


def _calls(operation: Operation, count: int) -> str:
    roots = SCHEMA.query_type if operation.is_query else SCHEMA.mutation_type
    assert roots
    leaf = not hasattr(get_named_type(roots.fields[operation.public_name].type), "fields")
    word = f"k#: {operation.public_name}" + ("" if leaf else " { __typename }")
    return ("{ " if operation.is_query else "mutation { ") + many(word, count) + " }"


def test_a_fragment_hides_no_price() -> None:
    cache = DocumentCache(SCHEMA)
    calls = many("k#: modelTally { __typename }", 3)
    for query in (
        f"{{ ...A ...B }} fragment A on Query {{ {calls} }} "
        f"fragment B on Query {{ {calls.replace('k', 'j')} }}",
        f"{{ ... {{ {calls} }} ... on Query {{ {calls.replace('k', 'j')} }} }}",
    ):
        with pytest.raises(QueryTooLarge) as refused:
            cache.read(query, None)
        assert refused.value.facts["what"] == "cost"


def test_all_roots_of_a_request_share_its_rows(callers: Callers) -> None:
    deep = "units(first: 100) { nodes { children(first: 24) { id } } }"
    assert "errors" not in alike(callers, f"{{ a: {deep} b: {deep} }}").json()
    body = alike(callers, f"{{ a: {deep} b: {deep} c: units(first: 1) {{ totalCount }} }}").json()
    assert (body["data"]["c"], body["errors"][0]["path"]) == (None, ["c"])
    assert body["errors"][0]["extensions"]["code"] == "too_many_rows"


def test_a_request_holds_few_connections_at_a_time(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, most = 0, 0
    reading = AppState.reading

    @asynccontextmanager
    async def watch(self: AppState, actor: Any) -> AsyncIterator[Any]:
        nonlocal held, most
        held += 1
        most = max(most, held)
        await asyncio.sleep(0)
        try:
            async with reading(self, actor) as session:
                yield session
        finally:
            held -= 1

    monkeypatch.setattr(AppState, "reading", watch)
    ask = 'k#: modelCoverage(id: "camera", unit: "91") { covered }'
    found = application.national(Role.STATISTICIAN).ask("{ " + many(ask, 5) + " }")
    assert "errors" not in found
    assert most == MAX_SESSIONS
