"""Number of statements that each operation costs, as PostgreSQL itself has logged them."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from bench.cases import COMMUNES, all_cases
from bench.request import Ask
from bench.scenario import Scenario, new_database
from bench.servers import ORDINARY, OURS, PLAIN, Server, serving

LOGGED = re.compile(r"LOG:  (?:statement|execute [^:]+):\s+(\w+)")
AROUND = {"BEGIN", "COMMIT", "ROLLBACK"}
WORDS = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "SET", "BEGIN", "COMMIT", "ROLLBACK")
ENOUGH = 2_000  # models; the number of statements does not hang on it


@dataclass(frozen=True, slots=True)
class Operation:
    """Something one way can do; `ask` makes ready whatever must be there first."""

    title: str
    way: str
    ask: Callable[[], Ask]
    one_statement: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """Statements of an operation, counted by the first word of each."""

    operation: Operation
    words: dict[str, int]

    @property
    def statements(self) -> int:
        """All but those that only open and close a transaction."""
        return sum(count for word, count in self.words.items() if word not in AROUND)

    @property
    def good(self) -> bool:
        """Return whether an operation for one statement took one, with nothing around it."""
        return not self.operation.one_statement or self.words == {"SELECT": 1}

    def to_dict(self) -> dict[str, Any]:
        operation = {"operation": self.operation.title, "way": self.operation.way}
        return operation | {"statements": self.statements, "words": self.words}


def count_all(scenario: Scenario) -> list[Count]:
    """Every operation once, on servers whose statements are all logged."""
    scenario.command("ALTER DATABASE binhyen SET log_statement = 'all'")
    with serving(scenario.settings, OURS, PLAIN) as servers:
        servers[ORDINARY] = servers[OURS]
        operations = [*_bench_operations(scenario, servers), *_others(scenario, servers[OURS])]
        return [
            Count(one, _count_logged(scenario, servers[one.way], one.ask)) for one in operations
        ]


def _bench_operations(scenario: Scenario, servers: dict[str, Server]) -> Iterator[Operation]:
    """The operations that are also measured."""
    for case in all_cases(scenario, servers):
        for way in (OURS, PLAIN):
            if asks := case.asks.get(way):
                single = way == OURS and not case.writes and PLAIN in case.asks
                yield Operation(case.title, way, lambda first=asks[0]: first, single)  # type: ignore[misc]


def _others(scenario: Scenario, ours: Server) -> Iterator[Operation]:
    """Operations that only we have."""
    token, commune = scenario.officer, scenario.fetch(COMMUNES)[0]["code"]
    village = {"parent": commune, "name": "Thôn @@@@@@@@"}
    model = {"type": "bench_camera", "units": [commune], "name": "Camera giám sát số @@@@@@@@"}

    def survey() -> Ask:
        made = Ask("/api/v1/models", token, model).answer(ours.port)
        return Ask(
            f"/api/v1/models/{made['id']}/transitions",
            token,
            {"action": "survey"},
            {"if-match": '"1"'},
        )

    yield Operation("REST: take a model one step on", OURS, survey)
    yield Operation("REST: make a village", OURS, lambda: Ask("/api/v1/units", token, village))


def _count_logged(scenario: Scenario, server: Server, ask: Callable[[], Ask]) -> dict[str, int]:
    """Return the log of an operation that had been run before."""
    ask().answer(server.port)
    ready = ask()
    time.sleep(0.1)
    begin = scenario.log.stat().st_size
    ready.answer(server.port)
    time.sleep(0.1)  # the plain way ends its transaction when it has answered
    with scenario.log.open(encoding="utf-8") as log:
        log.seek(begin)
        return dict(Counter(word.upper() for word in LOGGED.findall(log.read())))


def print_counts(console: Console, counts: list[Count]) -> None:
    """A line for each operation, with the statements by their first word."""
    table = Table("operation", "way", "statements", "of which, and around them", box=SIMPLE)
    for count in counts:
        words = ", ".join(f"{count.words[word]} {word}" for word in WORDS if word in count.words)
        style = "" if count.good else "bold red"
        cells = (count.operation.title, count.operation.way, str(count.statements), words)
        table.add_row(*cells, style=style)
    console.print(table)


def main() -> None:
    """Count on a database of its own, and fail where a read takes more than one statement."""
    with new_database(ENOUGH) as scenario:
        counts = count_all(scenario)
    print_counts(Console(), counts)
    raise SystemExit(not all(count.good for count in counts))


if __name__ == "__main__":
    main()
