"""Small numbers and foreign units: random sets of questions, and a product that hides nothing."""

import os
import subprocess
import sys

from bench.trust_terms import Terms, Verdict

TEST = "tests/figures/test_suppression.py::test_no_set_of_questions_tells_a_small_number"
OF_ONE = 4  # examples as the test counts them


def suppression(terms: Terms) -> Verdict:
    """Ask so many questions: no number of 1 to 4 is printed, and none follows from the answers."""
    return _ask(terms, "suppression")


def nothing_hidden(terms: Terms) -> Verdict:
    """Control: the product takes no number for a small one."""
    return _ask(terms, "control-suppression", "-p", "bench.planted_suppression")


def _ask(terms: Terms, name: str, *plugin: str) -> Verdict:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-q", *plugin, TEST],
        env=os.environ | {"BINHYEN_EXAMPLES": str(terms.times * OF_ONE)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    terms.tell(run.stdout[-2000:] if run.returncode else "")
    if run.returncode not in (0, 1):
        raise RuntimeError(f"the test did not run: {run.stderr[-500:]}")
    told: dict[str, object] = {"questions": terms.times, "exit": run.returncode}
    return Verdict(name, told, run.returncode == 0)
