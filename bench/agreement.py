"""Comparison of all ways: they must give the same rows in the same order, with the same values."""

import re
from datetime import UTC, datetime
from typing import Any

from bench.cases import Case
from bench.request import Ask
from bench.scenario import Scenario
from bench.servers import OURS, Server

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:")
ITS_OWN = {"next", "endCursor"}  # each way writes its cursors as it likes
NEW = {"id", "created_at", "changed_at", "reference", "name"}  # of a row that was just made


class Disagreement(Exception):
    """Two ways answered the same question differently."""


def check(case: Case, servers: dict[str, Server], scenario: Scenario) -> None:
    """Put every question of a case to every way, and compare."""
    for number, ask in enumerate(case.asks[OURS]):
        ours = read_content(case, ask.answer(servers[OURS].port), servers, scenario)
        for name, asks in case.asks.items():
            answer = asks[number].answer(servers[name].port)
            if (theirs := read_content(case, answer, servers, scenario)) != ours:
                raise Disagreement(f"{ask.path}\n{OURS}: {ours}\n{name}: {theirs}")


def read_content(case: Case, answer: Any, servers: dict[str, Server], scenario: Scenario) -> Any:
    """Return the content of an answer; after a write also what can be read of it."""
    if not case.writes:
        return _plain(answer, set())
    again = Ask(f"/api/v1/models/{answer['id']}?expand=hosts,type", scenario.officer)
    written = again.answer(servers[OURS].port)
    assert answer["reference"] == written["reference"]
    assert answer["name"] == written["name"]
    return _plain(answer, NEW), _plain({**written, "type": written["type"]["code"]}, NEW)


def _plain(value: Any, without: set[str]) -> Any:
    """JSON in which each moment is written one way, and a cursor only says that there is one."""
    if isinstance(value, dict):
        return {
            name: bool(part) if name in ITS_OWN else _plain(part, without)
            for name, part in value.items()
            if name not in without
        }
    if isinstance(value, list):
        return [_plain(part, without) for part in value]
    if isinstance(value, str) and MOMENT.match(value):
        return datetime.fromisoformat(value).astimezone(UTC)
    return value
