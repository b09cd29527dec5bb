"""Steps of an evaluation wait for the database a fixed number of times, one or many at once.

Every write waits five times; a step reads its round besides, a decision the answers too.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from bench.relay import Relay
from tests.application import Application, Caller, runner
from tests.conftest import copy_database
from tests.criteria.scenario import AREA, FULL, ROUNDS, Programme
from tests.give import give_country

MAX_TRIPS = {"return": 7, "decide": 7}  # all others: 6
NAMED = [{"criterion": "policies", "reason": "Thiếu minh chứng"}]
Land = tuple[Programme, Relay]


@pytest.fixture(scope="module")
def land(worker: str) -> Iterator[Land]:
    """A country whose application reaches the database through a relay that counts."""
    url = copy_database("empty", f"round_trips_{worker}")
    country, address = runner().run(give_country(url)), urlsplit(url)
    relay = Relay(address.hostname or "127.0.0.1", address.port or 5432)
    port = runner().run(relay.start())
    name = address.netloc.rpartition("@")[0]
    through = f"{name}@127.0.0.1:{port}" if name else f"127.0.0.1:{port}"
    with Application.on(urlunsplit(address._replace(netloc=through))) as application:
        yield Programme(application, country), relay


def count(relay: Relay, send: Callable[[], Any]) -> int:
    before = relay.turns
    answer = send()
    assert answer.status_code == 200, answer.text
    return relay.turns - before


def post(who: Caller, path: str, body: Any, version: int) -> Callable[[], Any]:
    headers = {"if-match": f'"{version}"'}
    return lambda: who.send("POST", path, json=body, headers=headers)


def walk(land: Land, path: str) -> dict[str, int]:
    """Take an evaluation from its answers over a return to the decision; count each call."""
    programme, relay = land
    found, version = dict[str, int](), 1
    steps: list[tuple[str, str, Any]] = [
        ("answers", "answers", {"answers": FULL}), ("assess", "", {}), ("submit", "", {}),
        ("verify", "", {}), ("return", "", {"criteria": NAMED}),
        ("answers again", "answers", {"answers": FULL[:1]}), ("assess", "", {}),
        ("submit", "", {}), ("verify", "", {}), ("decide", "", {}), ("publish", "", {}),
    ]  # fmt: skip
    for name, at, data in steps:
        body = data if at else {"action": name} | data
        send = post(programme.approver, f"{path}/{at or 'transitions'}", body, version)
        found[name] = max(count(relay, send), found.get(name, 0))
        version = programme.approver.get(path).json()["version"]
    return found


def test_a_step_waits_for_the_database_six_times_and_a_decision_seven(land: Land) -> None:
    programme, _ = land
    held = programme.open(programme.publish(*AREA))
    first, second = (programme.register(held, f"1.1.{n}") for n in (1, 2))
    walk(land, first)  # statements are prepared and rules are read
    found = walk(land, second)
    print(found)
    assert not {name: n for name, n in found.items() if n > MAX_TRIPS.get(name, 6)}, found


def test_steps_of_many_wait_no_more_often_than_one(land: Land) -> None:
    programme, relay = land
    counts = []
    for units in (("1.1.1",), ("1.1.1", "1.1.2", "1.1.3")):
        held = programme.open(programme.publish(*AREA))
        paths = [programme.register(held, unit) for unit in units]
        rows = [programme.approver.get(path).json() for path in paths]
        for row, path in zip(rows, paths, strict=True):
            post(programme.approver, f"{path}/answers", {"answers": FULL}, row["version"])()
        named = [
            {"id": row["id"], "version": programme.approver.get(path).json()["version"]}
            for row, path in zip(rows, paths, strict=True)
        ]
        body = {"action": "assess", "evaluations": named}
        path = f"{ROUNDS}/{held['id']}/steps"
        counts.append(count(relay, partial(programme.approver.post, path, body)))
    print(counts)
    assert counts[1] <= counts[0], counts
