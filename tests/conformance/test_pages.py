"""Pages of every declared resource: a walk in each order meets each row once, in both APIs."""

from app.api.graphql.types import SHAPES
from app.domain.resources import Resource
from tests.application import Caller
from tests.conformance.cases import RESOURCES, Case
from tests.conformance.test_reads import EACH, Filters, asker
from tests.matrix.scenario import Scenario
from tests.reads.give import GIVEN  # those with few rows here have many there
from tests.reads.lists import List, walk_at_rest, walk_backward, walk_forward
from tests.reads.neutral_questions import camel, literal, plain


def order_list(resource: Resource, order: str, filters: Filters) -> List:
    """Return a list in one of its orders, as both layers name it."""
    where = ", ".join(
        f"{camel(name)}: {{{operation}: {literal(value)}}}"
        for (name, operation), value in filters.items()
    )
    params = {name: plain(value) for (name, _), value in filters.items()} | {"order": order}
    more = f", orderBy: {order.upper()}"
    return List(camel(resource.list_name), resource.path, f"{{{where}}}", params, more)


@EACH
def test_a_walk_in_each_order_meets_each_row_once(
    scenario: Scenario, resource: Resource, case: Case
) -> None:
    caller, kept = asker(scenario, case)
    for order in resource.shape.orders:
        of = order_list(resource, order, kept)
        check_walks(caller, of)
        assert len(of.ids(caller)) > 1 or resource.shape.name in GIVEN, "walked nowhere"


def check_walks(caller: Caller, of: List) -> None:
    ids = of.ids(caller)
    assert len(ids) == len(set(ids))
    size = max(1, len(ids) // 4)
    for walk in (walk_forward, walk_backward, walk_at_rest):
        assert walk(caller, of, size) == ids, walk.__name__


def test_everything_with_a_scope_is_a_resource() -> None:
    """The rest is reached by links alone, and is as visible as the record that it belongs to."""
    placed = {name for name, shape in SHAPES.items() if shape.scope is not None}
    assert placed <= {resource.shape.name for resource in RESOURCES}
