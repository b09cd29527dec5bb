"""Figures over maps that are redrawn: the sum of their records and of their parts."""

import os
import subprocess
import sys

from bench.trust_terms import Terms, Verdict

TEST = "tests/domain/units/test_figures_of_redrawn_maps.py"
OF_ONE = 100  # examples as the other tests of maps count them


def redrawn_figures(terms: Terms) -> Verdict:
    """Check every indicator after so many random chains of reorganisations."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-q", TEST],
        env=os.environ | {"BINHYEN_EXAMPLES": str(terms.times * OF_ONE)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    terms.tell(run.stdout[-2000:] if run.returncode else "")
    told: dict[str, object] = {"chains": terms.times, "exit": run.returncode}
    return Verdict("redrawn-figures", told, run.returncode == 0)
