"""Rounds: each measures every way in turn, so that all meet the same noise."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench import cpu
from bench.cases import Case
from bench.measurement import MAX_FOREIGN, Meter, Round

FEWEST = 3  # good rounds, below which the figures say little


@dataclass(slots=True)
class Rounds:
    """The rounds of a case: those that count, and those that were rejected."""

    good: list[Round] = field(default_factory=list)
    rejected: list[Round] = field(default_factory=list)

    @property
    def counted_rounds(self) -> list[Round]:
        """The rounds that count; all there are when the machine was too busy for enough of them."""
        return self.good if len(self.good) >= FEWEST else self.good + self.rejected


def measure(meter: Meter, cases: list[Case], report: Callable[[str], None]) -> dict[str, Rounds]:
    """As many good rounds of every case as were wanted, or as fit into the time."""
    found = {case.name: Rounds() for case in cases}
    for case in cases:
        report(f"warming up: {case.title}")
        meter.round(case)
    for case in _turns(meter, cases, found):
        case_rounds = found[case.name]
        counts = f"{len(case_rounds.good)} good rounds, {len(case_rounds.rejected)} rejected"
        report(f"{case.title}: {counts}")
        while meter.plan.patient and not meter.over and cpu.busiest() > MAX_FOREIGN / 2:
            time.sleep(1)
        one = meter.round(case)
        good = all(sample.good for sample in one.values())
        (case_rounds.good if good else case_rounds.rejected).append(one)
    return found


def _turns(meter: Meter, cases: list[Case], found: dict[str, Rounds]) -> Iterator[Case]:
    """Round after round the cases that still lack good ones."""
    while wanting := [case for case in cases if len(found[case.name].good) < meter.plan.rounds]:
        for case in wanting:
            tried = len(found[case.name].good) + len(found[case.name].rejected)
            if tried < FEWEST or not meter.over:
                yield case
        if meter.over and all(len(one.counted_rounds) >= FEWEST for one in found.values()):
            return
