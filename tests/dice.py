"""Random numbers of the tests: new with every commit, the same for everybody who tests it."""

import os
import subprocess
from pathlib import Path
from random import Random

SEED = "BINHYEN_TEST_SEED"


def choose_seed(chosen: str | None = None) -> str:
    """Return the chosen seed, or the one that the commit gives."""
    if given := chosen or os.environ.get(SEED):
        return given
    command = ["git", "rev-parse", "--short=12", "HEAD"]
    root = Path(__file__).parents[1]
    try:
        found = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "0"  # an archive without history
    return found.stdout.strip()


def make_dice(name: str) -> Random:
    """Return the dice of one use; another use throws others, in whatever order they run."""
    return Random(f"{os.environ[SEED]} {name}")


def make_seed(name: str) -> int:
    """Return a number for proofs that throw dice of their own."""
    return make_dice(name).randrange(10_000)
