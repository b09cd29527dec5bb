"""Permissions by role and place: the short form; the whole is `./run trust --only matrix`."""

from random import Random

import pytest

from tests.application import Application
from tests.dice import make_seed
from tests.give import Country
from tests.matrix import walks
from tests.matrix.features import SENSITIVE
from tests.matrix.mutants import held_by_policies, mutants, plant_nothing, survives
from tests.matrix.oracle import LINES, OPEN
from tests.matrix.scenario import Scenario
from tests.matrix.walks import Findings


@pytest.fixture(scope="module")
def scenario(spare: tuple[Application, Country]) -> Scenario:
    return Scenario(*spare)


def test_every_operation_is_written_down(scenario: Scenario) -> None:
    assert walks.lines_missing(scenario.application.app) == (set(), set())


def test_an_operation_that_nobody_wrote_down_is_noticed(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walks, "LINES", [line for line in LINES if line.about != "deadline"])
    names = {"GET /api/v1/deadlines", "GET /api/v1/deadlines/{id}"}
    names |= {"query deadlines", "query deadline"}
    assert walks.lines_missing(scenario.application.app) == (names, set())


def test_everybody_gets_what_was_written_down(scenario: Scenario) -> None:
    seed, found = make_seed("one role"), Findings()
    dice = Random(seed)
    walks.walk(scenario, walks.some_cells(dice), found)
    print(f"matrix cells={found.cells} open={found.open} wrong={len(found.wrong)} seed={seed}")
    assert found.cells > 1500
    assert (found.wrong, scenario.count_changed()) == ([], 0)


def test_nobody_gets_anything(scenario: Scenario) -> None:
    found = Findings()
    walks.walk_of_nobody(scenario, found)
    assert found.wrong == []


def test_several_roles_add_up(scenario: Scenario) -> None:
    seed, found = make_seed("several roles"), Findings()
    walks.walk(scenario, walks.of_several_roles(Random(seed)), found)
    assert found.wrong == [], f"seed={seed}"


def test_a_token_for_everything_but_this_does_not_do_it(scenario: Scenario) -> None:
    seed, found = make_seed("narrowed tokens"), Findings()
    cells = walks.of_narrowed_tokens(scenario.application.app, Random(seed))
    walks.walk(scenario, cells, found)
    assert found.wrong == [], f"seed={seed}"


def test_policies_alone_hold_what_is_sensitive(scenario: Scenario) -> None:
    seed = make_seed("policies")
    let_go = Random(seed).sample(held_by_policies(), 8)
    seen = [mutant.name for mutant in let_go if not survives(scenario, mutant)]
    assert seen == [], f"seed={seed}"


def test_without_policies_the_shapes_alone_hold_it(scenario: Scenario) -> None:
    let_go = Random(make_seed("shapes")).sample(held_by_policies(), 8)
    with scenario.without_policies(*SENSITIVE):
        assert survives(scenario, plant_nothing(let_go))
        assert not any(survives(scenario, mutant) for mutant in let_go)


def test_what_is_open_differs_from_the_oracle_as_it_says() -> None:
    written = {(*line.key, relation): line.answers[relation] for line in LINES
            for relation in line.relations}  # fmt: skip
    for where, (oracle, product) in OPEN.items():
        assert written[where] == oracle != product


def test_planted_faults_are_noticed(scenario: Scenario) -> None:
    """The last on this scenario: what a fault lets somebody do is done to it."""
    seed = make_seed("mutants")
    planted = Random(seed).sample(mutants(scenario), 12)
    assert survives(scenario, plant_nothing(planted))
    survivors = [mutant.name for mutant in planted if survives(scenario, mutant)]
    assert survivors == [], f"seed={seed}"
