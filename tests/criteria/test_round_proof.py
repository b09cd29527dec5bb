"""The proof of a round sees each decision that its answers do not give; `./run trust` is long."""

from contextlib import nullcontext
from random import Random

from bench.trust_evaluation_round import HeldRound, approve_all
from tests.criteria.scenario import Programme
from tests.dice import make_seed


def test_each_area_is_decided_by_its_answers_and_a_planted_fault_shows(
    programme: Programme,
) -> None:
    dice = Random(make_seed("round"))
    for fault, is_blind in ((nullcontext(), False), (approve_all(), True)):
        held = HeldRound(programme)
        with fault:
            held.run(dice)
        found = held.body.get(f"{held.path}/completeness").json()
        assert [one["state"] for one in found["by_state"]] == ["decided"]
        assert held.count_wrong() == (len(held.failing) if is_blind else 0)
