"""Reach of an application: nothing that another application of the same person has registered."""

from dataclasses import replace

import pytest

from app.domain.actor import OWN_CLIENT
from tests.application import Caller
from tests.conformance.cases import ALL, Case
from tests.matrix.cells import ask
from tests.matrix.oracle import GOOD
from tests.matrix.scenario import STANDS, Scenario, level_of

BOUND = {"webhook_endpoint", "webhook_delivery"}
CASES = [one for one in ALL if one.line.about in BOUND]


def _come_by(scenario: Scenario, case: Case, client: str) -> Caller:
    """The same person in the same roles, who uses another application."""
    cell = case.cell()
    unit, level = (
        scenario.country[STANDS[cell.relation][0]],
        level_of(cell.relation, scenario.country),
    )
    return scenario.application.caller(*cell.roles, level=level, unit=unit, client=client)


@pytest.mark.parametrize("layer", ["REST", "GraphQL"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_another_application_of_the_same_person_finds_nothing(
    scenario: Scenario, case: Case, layer: str
) -> None:
    cell = replace(case.cell(), layer=layer)
    found = ask(scenario, cell, _come_by(scenario, case, "another"))
    assert found.kind in ("404", "none")


@pytest.mark.parametrize("layer", ["REST", "GraphQL"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_without_an_application_a_person_manages_all_of_theirs(
    scenario: Scenario, case: Case, layer: str
) -> None:
    cell = replace(case.cell(), layer=layer)
    assert ask(scenario, cell, _come_by(scenario, case, OWN_CLIENT)).kind in GOOD
