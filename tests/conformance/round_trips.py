"""Round trips to PostgreSQL: how often the application waits for it."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from asyncpg import Connection

WAITS = ("_execute", "_executemany")  # what all other calls of the driver end in

BUDGET = 5  # BEGIN, what is decided on, the effect with its log, the answer, COMMIT
FILE = Path(__file__).with_suffix(".csv")  # the operations that take more, with how many


def load_budgets() -> dict[str, float]:
    """Load how many round trips those operations may take that need more than the others.

    Nothing stands where it depends on how many records an operation moves.
    """
    with FILE.open() as content:
        lines = list(csv.DictReader(content))
    return {line["operation"]: float(line["most"] or "inf") for line in lines}


@dataclass
class RoundTrips:
    """The calls of the driver so far; preparing a statement, once a connection, is none."""

    count: int = 0


@contextmanager
def count_round_trips() -> Iterator[RoundTrips]:
    """Count the calls of the driver while a block runs."""
    trips = RoundTrips()

    def counting(name: str) -> Any:
        call = getattr(Connection, name)

        async def count(self: Any, *args: Any, **more: Any) -> Any:
            trips.count += name != "execute" or len(args) == 1  # else it ends in `_execute`
            return await call(self, *args, **more)

        return count

    with patch.multiple(Connection, **{name: counting(name) for name in (*WAITS, "execute")}):
        yield trips
