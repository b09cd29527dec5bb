"""Identity secrecy: no operation but the opening reveals an informant, to any role."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from graphql import GraphQLField, GraphQLInterfaceType, get_named_type, is_leaf_type

from app.api import guard
from app.domain.actor import Role
from tests.application import LOG, Application
from tests.give import Country
from tests.matrix import cells
from tests.matrix.cells import SCHEMA, Cell, ask
from tests.matrix.oracle import LINES
from tests.matrix.scenario import Scenario
from tests.matrix.tip_things import LEFT
from tests.matrix.walks import example

OPENING = "POST /api/v1/identity-requests/{id}/open"


@pytest.fixture(scope="module")
def scenario(spare: tuple[Application, Country]) -> Scenario:
    return Scenario(*spare)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[httpx.Response]]:
    """Collect every response; GraphQL returns whole rows."""
    seen: list[httpx.Response] = []
    answer_of = Application.answer

    async def answer_and_record(self: Application, *args: Any, **more: Any) -> httpx.Response:
        answer = await answer_of(self, *args, **more)
        seen.append(answer)
        return answer

    monkeypatch.setattr(Application, "answer", answer_and_record)
    monkeypatch.setattr(cells, "_select_fields", whole)
    cells._document.cache_clear()
    yield seen
    cells._document.cache_clear()


def whole(field: GraphQLField, more: str) -> str:
    """Select every scalar of a field."""
    kind = get_named_type(field.type)
    parts: Any = getattr(kind, "fields", {})
    if "nodes" in parts:
        nodes = plain(parts["nodes"])
        return f"{{ totalCount nodes {nodes} pageInfo {{ hasNextPage endCursor }} }}"
    return plain(field) if parts else ""


def plain(field: GraphQLField) -> str:
    """List the scalars of a type and of the types it is made of, without links."""
    kind = get_named_type(field.type)
    if isinstance(kind, GraphQLInterfaceType):
        return "{ id }"
    parts: dict[str, GraphQLField] = getattr(kind, "fields", {})
    leaves = [name for name, part in parts.items() if is_leaf_type(get_named_type(part.type))]
    return "{ " + " ".join(["__typename", *leaves]) + " }"


def tells(answers: list[httpx.Response]) -> bool:
    text = " ".join(answer.text + str(answer.headers) for answer in answers)
    return any(value in text for value in LEFT.values())


def test_no_other_operation_reveals_an_informant(
    scenario: Scenario, answers: list[httpx.Response]
) -> None:
    """Each operation of both layers, with all it returns, where permitted callers succeed.

    Of tips each role asks; elsewhere permitted ones, as the matrix shows that others get nothing.
    """
    covered, revealing, before = set[str](), set[tuple[str, Role]](), LOG.tell()
    for line in LINES:
        for layer in line.layers:
            covered.add(line.rest if layer == "REST" else line.graphql)
            for role in Role if "tip" in line.rest or "identity" in line.rest else line.may:
                answers.clear()
                ask(scenario, Cell(line, layer, frozenset({role}), example(line)))
                if tells(answers):
                    revealing.add((f"{layer} {line.rest}", role))
    assert covered == {way.name for way in guard.endpoints(scenario.application.app, SCHEMA)}
    layers, may = ("REST", "GraphQL"), (Role.TIP_OFFICER, Role.INVESTIGATOR)
    assert revealing == {(f"{layer} {OPENING}", role) for layer in layers for role in may}
    LOG.seek(before)
    logged = LOG.read()
    assert not any(value in logged for value in LEFT.values())


def test_public_routes_reveal_no_informant(
    scenario: Scenario, answers: list[httpx.Response]
) -> None:
    for name in guard.PUBLIC:
        method, path = name.split()
        scenario.application.nobody.send(method, path)
    assert len(answers) == len(guard.PUBLIC)
    assert not tells(answers)
