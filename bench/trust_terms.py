"""Input and result of every proof."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Terms:
    """Conditions of a proof: its folder, repetitions, dice, and the listener to its progress."""

    folder: Path
    times: int
    seed: int
    tell: Callable[[str], None] = lambda _: None


@dataclass(frozen=True)
class Verdict:
    """One line of figures, and whether they hold."""

    name: str
    figures: dict[str, object]
    holds: bool

    def __str__(self) -> str:
        told = " ".join(f"{name}={value}" for name, value in self.figures.items())
        return f"{self.name} {told}  {'PASS' if self.holds else 'FAIL'}"


def seconds(number: float) -> str:
    return f"{number:.2f}s"


class Skipped(Exception):
    """A proof that cannot be given on this machine; says why."""
