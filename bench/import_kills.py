"""Let a worker take the parts of an import, and kill it in the middle of it, again and again."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg

TOO_LONG, PAUSE = 90.0, 0.02  # seconds without anything new
# one statement sees one moment: what a part has done is there wholly, or not at all
STATE = """
SELECT i.state, i.created_count,
  (SELECT count(*) FROM data_import_row r WHERE r.import_id = i.id AND r.state = 'created'),
  (SELECT count(*) FROM team t WHERE t.reference LIKE %(mark)s || '-%%')
FROM data_import i WHERE i.id = %(id)s
"""
DOUBLED = """
SELECT count(*) - count(DISTINCT reference) FROM team WHERE reference LIKE %(mark)s || '-%%'
"""
WHOLE = """
SELECT count(*) FROM data_import_row r JOIN team t ON t.id = r.record_id
WHERE r.import_id = %(id)s AND r.state = 'created' AND t.reference = r.cells->>'reference'
  AND t.name = r.cells->>'name' AND t.kind = r.cells->>'kind'
  AND t.counted_size = (r.cells->>'counted_size')::float AND r.faults IS NULL
"""


@dataclass(frozen=True)
class KillPlan:
    """The kills of workers that commit an import, and how long its parts are."""

    kills: int
    part_rows: int
    dice: random.Random
    environment: dict[str, str]
    fault: str = ""
    tell: Callable[[str], None] = lambda _: None


@dataclass
class Outcome:
    """An import as it was seen while its workers were killed, and at its end."""

    state: str = ""
    created: int = 0
    killed: int = 0
    halves: int = 0  # moments at which a part was there by halves
    whole_rows: int = 0  # whose result names the record that has their values
    doubled: int = 0
    looked: int = 0
    uneven: list[tuple[int, int, int]] = field(default_factory=list)


class ImportWorkers:
    """Processes that work, forked by one that has loaded the product."""

    def __init__(self, plan: KillPlan) -> None:
        words = [sys.executable, "-m", "bench.import_workers", str(plan.part_rows)]
        self.parent = subprocess.Popen(
            [*words, *([plan.fault] * bool(plan.fault))], env=plan.environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._read() == "ready"
        self.pid = self._start()

    def _read(self) -> str:
        assert self.parent.stdout
        return self.parent.stdout.readline().strip()

    def _start(self) -> int:
        assert self.parent.stdin
        self.parent.stdin.write("\n")
        self.parent.stdin.flush()
        return int(self._read())

    def kill(self) -> None:
        """Kill the worker with no chance to say anything, and start another."""
        os.kill(self.pid, signal.SIGKILL)
        self.pid = self._start()

    def end(self) -> None:
        """End them all."""
        self.parent.communicate(timeout=30)


def commit_under_kills(plan: KillPlan, dsn: str, id: str, mark: str, rows: int) -> Outcome:
    """Watch an import that is being committed, and kill its worker so many times on the way."""
    found, workers, given = Outcome(), ImportWorkers(plan), {"id": id, "mark": mark}
    try:
        with psycopg.connect(dsn, autocommit=True) as connection:
            _watch(plan, workers, connection, found, given, rows)
            found.whole_rows = _count(connection, WHOLE, given)
            found.doubled = _count(connection, DOUBLED, given)
    finally:
        workers.end()
    return found


def _watch(
    plan: KillPlan, workers: ImportWorkers, connection: psycopg.Connection, found: Outcome,
    given: dict[str, str], rows: int,
) -> None:  # fmt: skip
    last, since = -1, time.monotonic()
    while time.monotonic() - since < TOO_LONG:
        _look(connection, found, given, plan.part_rows, rows)
        if found.created > last:
            last, since = found.created, time.monotonic()
        if found.state != "committing":
            return
        if found.killed < plan.kills and last >= rows * (found.killed + 1) // (plan.kills + 2):
            time.sleep(plan.dice.uniform(0, 0.4))
            workers.kill()
            found.killed += 1
            plan.tell(f"imports {last}/{rows}: killed {found.killed}")
        time.sleep(PAUSE)


def _look(
    connection: psycopg.Connection, found: Outcome, given: dict[str, str], part: int, rows: int
) -> None:
    row = connection.execute(STATE, given).fetchone()
    assert row, "the import is there"
    found.state, found.created, *counts = row
    found.looked += 1
    parts = found.created % part == 0 or found.created == rows
    if any(count != found.created for count in counts) or not parts:
        found.halves += 1
        found.uneven.append((found.created, *counts))


def _count(connection: psycopg.Connection, sql: str, given: dict[str, str]) -> int:
    row = connection.execute(sql, given).fetchone()
    assert row
    return int(row[0])
