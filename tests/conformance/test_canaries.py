"""Words about a person are found nowhere outside the seal; the long form is `./run trust`."""

from dataclasses import replace
from random import Random

from bench.trust_canaries import CanarySweep, judge, without_seal
from bench.trust_canary_life import live_through
from tests.application import LOG
from tests.dice import make_seed
from tests.matrix.scenario import Scenario
from tests.trust.short import terms

SEALED = 8  # tables with words of a case


def test_canaries_in_every_text_of_cases_are_found_nowhere(scenario: Scenario) -> None:
    settings, seed = scenario.application.app.state.resources.settings, make_seed("canaries")
    of = replace(terms(1), seed=seed, folder=settings.data)
    sweep = CanarySweep(scenario, Random(seed))
    sweep.run(purge=False)  # others use these cases too
    found = judge("canaries", sweep, settings.write_dsn, LOG.getvalue(), of)
    print(found)
    assert found.holds, found
    assert sweep.planted > 100
    assert len(sweep.accepted) >= 10, sweep.accepted
    with without_seal():  # the control: the same search finds what is not sealed
        live_through(scenario, sweep.plant, purge=False)
    control = judge("control-canaries", sweep, settings.write_dsn, "", of)
    print(control)
    assert control.figures["found"] == SEALED, control
