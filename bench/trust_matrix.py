"""The matrix of permissions: each cell of it, and every fault that can be planted."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from random import Random

from app.bootstrap import migrate
from app.db.embedded.lifecycle import Embedded
from app.logs import set_up_logs
from app.settings import Settings
from bench.trust_terms import Terms, Verdict
from tests.application import Application, runner
from tests.give import give_country
from tests.matrix import walks
from tests.matrix.mutants import held_by_policies, mutants, plant_nothing, survives
from tests.matrix.scenario import Scenario
from tests.matrix.walks import Findings


def matrix(terms: Terms) -> Verdict:
    """All that the short form in the tests takes a sample of."""
    dice, found = Random(terms.seed), Findings()
    with provide_scenario(terms, "matrix") as scenario:
        app = scenario.application.app
        missing = [name for names in walks.lines_missing(app) for name in names]
        walks.walk(scenario, walks.every_cell(), found)
        walks.walk_of_nobody(scenario, found)
        for _ in range(terms.times):
            walks.walk(scenario, walks.of_several_roles(dice), found)
            walks.walk(scenario, walks.of_narrowed_tokens(app, dice), found)
        touched = scenario.count_changed()
        open_to = [one.name for one in held_by_policies() if not survives(scenario, one)]
        planted = mutants(scenario)
        alive = [mutant.name for mutant in planted if survives(scenario, mutant)]
        sound = survives(scenario, plant_nothing(planted))
    terms.tell("\n  ".join([*missing, *found.wrong[:20], *alive, *open_to]))
    figures = {"cells": found.cells, "wrong": len(found.wrong), "open": found.open}
    figures |= {"touched": touched, "unwritten": len(missing), "mutants": len(planted)}
    figures |= {"without_shapes": len(open_to)}
    figures |= {"killed": len(planted) - len(alive), "seed": terms.seed}
    holds = sound and not (missing or found.wrong or touched or alive or open_to)
    return Verdict("matrix", {**figures}, holds)


@contextmanager
def provide_scenario(terms: Terms, name: str) -> Iterator[Scenario]:
    """A small country in a PostgreSQL of its own."""
    os.environ["BINHYEN_TEST_FOLDER"] = str(terms.folder)
    set_up_logs(StringIO())
    server = Embedded(terms.folder / name)
    try:
        url = server.start()
        migrate(Settings(database_url=url))
        country = runner().run(give_country(url))
        with Application.on(url) as application:
            yield Scenario(application, country)
    finally:
        server.stop()
