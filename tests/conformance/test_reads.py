"""Reads of every declared resource: filters, orders, and the same rows in both API layers."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import pytest

from app.db.query.shape import Shape
from app.domain.resources import Resource
from tests.application import Caller
from tests.conformance.cases import LISTS, RESOURCES, Case
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario
from tests.reads.neutral_questions import NeutralQuestion, Tree, as_at_rest, camel, list_plain

Filters = dict[tuple[str, str], Any]
EACH = pytest.mark.parametrize(
    ("resource", "case"), [*zip(RESOURCES, LISTS, strict=True)], ids=[str(one) for one in LISTS]
)


def asker(scenario: Scenario, case: Case) -> tuple[Caller, Filters]:
    """Somebody who may read the list, and what keeps it from growing while it is read."""
    request = prepare(scenario, case.cell("own_commune"))
    return request.who, {(name, "eq"): value for name, value in request.request.where.items()}


def both(caller: Caller, question: NeutralQuestion, resource: Resource) -> list[Any]:
    """Ask in both layers, which have to answer alike; the rows."""
    path, parameters = question.at_rest()
    rest = caller.get(path, **parameters)
    assert rest.status_code == 200, rest.text
    found = caller.ask(question.in_graphql())
    assert "errors" not in found, found
    page = found["data"][camel(resource.list_name)]
    rows: list[Any] = rest.json()["items"]
    assert rows == as_at_rest(question.shape, page["nodes"])
    assert rest.json()["total"] == page["totalCount"]
    return rows


@EACH
def test_both_layers_read_the_same_rows(scenario: Scenario, resource: Resource, case: Case) -> None:
    (caller, kept), name = asker(scenario, case), resource.shape.name
    plain = list_plain(resource.shape)
    tree: Tree = {field: {} for field in plain if resource.shape.fields[field].needs is None}
    rows = both(caller, NeutralQuestion(name, tree, filters=kept, limit=50), resource)
    assert rows, "nothing lies there to be read"
    again = caller.get(f"/api/v1/{resource.path}/{rows[0]['id']}", fields=",".join(tree))
    assert again.json() == rows[0]


@EACH
def test_every_order_answers(scenario: Scenario, resource: Resource, case: Case) -> None:
    caller, kept = asker(scenario, case)
    for order in resource.shape.orders:
        question = NeutralQuestion(
            resource.shape.name, {"id": {}}, filters=kept, order=order, limit=50
        )
        both(caller, question, resource)


@EACH
def test_every_filter_answers(scenario: Scenario, resource: Resource, case: Case) -> None:
    caller, kept = asker(scenario, case)
    for narrowed in _filter_rows(resource.shape, scenario):
        filters = kept | narrowed
        both(caller, NeutralQuestion(resource.shape.name, {"id": {}}, filters=filters), resource)


def _filter_rows(shape: Shape, scenario: Scenario) -> Iterator[Filters]:
    """Each declared filter with each of its comparisons."""
    for name, one in shape.filters.items():
        for comparison in one.allows:
            value = _value(bool if comparison == "is_null" else one.type, scenario)
            if name == "type" and one.known:
                value = "camera"  # a type that exists
            yield {(name, comparison): [value, value] if comparison == "in" else value}


def _value(kind: Any, scenario: Scenario) -> Any:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    known: dict[Any, Any] = {
        str: str(scenario.country["1.1"]), UUID: scenario.country["1.1"], bool: True, int: 1,
        date: date(2025, 7, 1), datetime: "2025-07-01T00:00:00+07:00",
    }  # fmt: skip
    return known[kind]


@EACH
def test_a_field_that_nobody_knows_is_refused(
    scenario: Scenario, resource: Resource, case: Case
) -> None:
    caller, _ = asker(scenario, case)
    for unknown in ({"fields": "id,nonsense"}, {"nonsense": "1"}, {"order": "nonsense"}):
        answer = caller.get(f"/api/v1/{resource.path}", **unknown)
        assert answer.status_code in (400, 422), answer.text
