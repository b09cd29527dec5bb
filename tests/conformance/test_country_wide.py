"""Rows of no unit hold for the whole country: only the country's own people write them."""

import pytest

from app.domain.actor import NATION_ONLY, allowed_levels
from app.domain.scope import EVERYBODY
from tests.conformance.cases import LINE_OF, RESOURCES, Case
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario

# read by everybody, and of no unit; the units themselves are the map, and each has its place
OF_NO_UNIT = [
    one
    for one in RESOURCES
    if one.shape.scope is EVERYBODY
    and "unit_id" not in one.shape.table.model_fields
    and one.path != "units"
]
CASES = [
    Case(f"{operation.method} /api/v1/{operation.path}", operation.permission, operation)
    for resource in OF_NO_UNIT
    for operation in resource.operations
    if not operation.is_query
]
BELOW = ("own_commune", "province_above", "own_village", "other_province")


def test_some_tables_hold_for_the_whole_country() -> None:
    """An empty list would prove nothing."""
    known = {"model-types", "model-review-rules", "deadline-rules", "retention-rules", "calendars"}
    assert known <= {one.path for one in OF_NO_UNIT}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_write_declares_that_it_is_the_country_s(case: Case) -> None:
    assert case.operation is not None
    assert allowed_levels(case.operation.function) == NATION_ONLY
    answers = {line: LINE_OF[case.name].answers[line] for line in BELOW}
    assert set(answers.values()) == {"403"}, "the oracle says so too"


@pytest.mark.parametrize("relation", BELOW)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_nobody_below_the_country_writes_it(scenario: Scenario, case: Case, relation: str) -> None:
    answer = prepare(scenario, case.cell(relation)).send()
    assert (answer.status_code, answer.json()["code"]) == (403, "for_the_country_only")
