"""Short form of the long proofs of `bench.trust`."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench.trust_terms import Terms, Verdict
from tests.dice import make_seed


def terms(times: int) -> Terms:
    """Prepared data are shared by all tests of a run; the seed is printed with the figures."""
    folder = Path(os.environ["BINHYEN_TEST_FOLDER"]) / "trust"
    folder.mkdir(exist_ok=True)
    return Terms(folder, times, make_seed("trust"))


def draw_until(
    found: Callable[[Verdict], bool], prove: Callable[[Terms], Verdict], of: Terms
) -> Verdict:
    """Repeat a drawn proof over a planted fault until it shows, 12 times at most.

    A fault shows only in some of the histories that are drawn; a proof that never sees it is blind.
    """
    for number in range(12):
        verdict = prove(replace(of, seed=of.seed + number))
        if found(verdict):
            break
    return verdict
