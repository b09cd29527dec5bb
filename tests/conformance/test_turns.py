"""Turns of the database that a write takes, counted at the driver: few, and no more unnoticed.

Five are BEGIN with what comes first, the row, the writing of it with its log, the answer, COMMIT.
`turns.csv` lists the operations whose rules ask for more, such as what depends on the row.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from app.db.connections import Connections
from tests.conformance.cases import WRITES, Case
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario

FIVE = 5
MANY = ("calendars/", "unit-reorganisations/{id}/")  # as many as they move deadlines, or units
with Path(__file__).with_name("turns.csv").open(encoding="utf-8") as file:
    MORE = {row["operation"]: int(row["turns"]) for row in csv.DictReader(file)}
CASES = [
    case
    for case in WRITES
    if case.is_done and case.operation and case.operation.idempotent and case.operation.shape
    and not case.operation.path.startswith(MANY)
]  # fmt: skip


def test_only_operations_that_there_are_ask_for_more() -> None:
    assert set(MORE) <= {str(case) for case in CASES}


# the driver asks once for types that it does not know, such as lists of texts
ONCE_A_CONNECTION = re.compile(r"typeinfo_tree|current_setting\('jit'\)|set_config\('jit'")


@pytest.fixture
def turns(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """List the turns of the driver, a statement or several each, while the test lasts."""
    sent: list[str] = []
    take = Connections.take

    def note(query: Any) -> None:
        sent.append(query.query)

    async def take_noted(pool: Connections) -> Any:
        connection = await take(pool)
        connection.add_query_logger(note)
        lent.append(connection)
        return connection

    lent: list[Any] = []
    monkeypatch.setattr(Connections, "take", take_noted)
    yield sent
    for connection in lent:
        connection.remove_query_logger(note)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_write_takes_few_turns(scenario: Scenario, turns: list[str], case: Case) -> None:
    request = prepare(scenario, case.cell())
    turns.clear()
    answer = request.send(idempotency_key=uuid4().hex)
    assert answer.is_success, answer.text
    counted = [turn for turn in turns if not ONCE_A_CONNECTION.search(turn)]
    assert counted[0].startswith("BEGIN")
    assert counted[-1].endswith("COMMIT")
    assert len(counted) <= MORE.get(str(case), FIVE), counted
