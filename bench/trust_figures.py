"""Figures of any day, after numbers, steps, corrections and voids in any order."""

from random import Random

from app.domain.actor import Level, Role
from bench.trust_matrix import provide_scenario
from bench.trust_terms import Terms, Verdict
from tests.histories import History

MOVES, LOOKS = 25, 6  # of each history
LATE = "2024-01-01"


def figures(terms: Terms) -> Verdict:
    """Make so many histories; compare the figures of days with what was only ever added."""
    return _prove(terms, "figures", None)


def figures_of_today(terms: Terms) -> Verdict:
    """Control: what is compared is what the entries say of a later day."""
    return _prove(terms, "control-figures", LATE)


def _prove(terms: Terms, name: str, meant_on: str | None) -> Verdict:
    dice, wrong, moves = Random(terms.seed), list[str](), set[str]()
    with provide_scenario(terms, name) as scenario:
        commune = scenario.country["1.1"]
        caller = scenario.application.caller(Role.APPROVER, level=Level.COMMUNE, unit=commune)
        for _ in range(terms.times):
            history = History(caller, str(commune), dice)
            moves |= {history.take() for _ in range(MOVES)}
            wrong += [line for _ in range(LOOKS) for line in history.compare(meant_on)]
    terms.tell("\n  ".join(wrong[:10]))
    told: dict[str, object] = {"histories": terms.times, "moves": len(moves)}
    told |= {"looks": terms.times * LOOKS, "wrong": len(wrong), "seed": terms.seed}
    return Verdict(name, told, not wrong)
