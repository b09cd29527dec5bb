"""How many statements each operation costs, as PostgreSQL itself has logged them."""

import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bench.asking import Ask
from bench.cases import COVERAGE, Case, all_cases
from bench.ground import Ground, new_ground
from bench.servers import OURS, PLAIN, Server, serving

LOGGED = re.compile(r"LOG:  (?:statement|execute [^:]+): +(\w+)")
AROUND = ("BEGIN", "COMMIT", "ROLLBACK")
FEW = 1000


@dataclass(frozen=True, slots=True)
class Count:
    """What one operation told the database, by the first word of each statement."""

    operation: str
    way: str
    reads: bool
    words: dict[str, int]

    @property
    def statements(self) -> int:
        """All but those that only open and close a transaction."""
        return sum(count for word, count in self.words.items() if word not in AROUND)

    @property
    def good(self) -> bool:
        """Ours reads in one statement, and nothing else."""
        return self.way != OURS or not self.reads or self.words == {"SELECT": 1}


def count_all(ground: Ground) -> list[Count]:
    """Every operation once on servers of its own, with all it says to the database logged."""
    ground.command("ALTER DATABASE binhyen SET log_statement = 'all'")
    with serving(ground.settings, OURS, PLAIN) as servers:
        counts = []
        for case in all_cases(ground, {**servers, "ordinary way": servers[OURS]}):
            if COVERAGE not in next(iter(case.asks.values()))[0].path:
                counts += _of_case(ground, servers, case)
        return [*counts, *_others(ground, servers[OURS])]


def _of_case(ground: Ground, servers: dict[str, Server], case: Case) -> list[Count]:
    counts = []
    for way in (OURS, PLAIN):
        ask, port = case.asks[way][0], servers[way].port
        words = _logged(ground, lambda ask=ask, port=port: ask.answer(port))
        counts.append(Count(case.title, way, not case.writes, words))
    return counts


def _others(ground: Ground, ours: Server) -> list[Count]:
    """Operations that only ours has."""
    commune = ground.fetch("SELECT code FROM unit_dated WHERE code = '00070'")
    raise NotImplementedError(commune)


def _logged(ground: Ground, act: Callable[[], object]) -> dict[str, int]:
    """What was logged while something was done for the second time."""
    act()
    begin = ground.log.stat().st_size
    act()
    with ground.log.open(encoding="utf-8") as log:
        log.seek(begin)
        return dict(Counter(word.upper() for word in LOGGED.findall(log.read())))
