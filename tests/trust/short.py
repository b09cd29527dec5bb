"""Short form of the long proofs of `bench.trust`."""

import os
from pathlib import Path

from bench.trust_terms import Terms
from tests.dice import make_seed


def terms(times: int) -> Terms:
    """Prepared data are shared by all tests of a run; the seed is printed with the figures."""
    folder = Path(os.environ["BINHYEN_TEST_FOLDER"]) / "trust"
    folder.mkdir(exist_ok=True)
    return Terms(folder, times, make_seed("trust"))
