"""The feed of changes: the copy of a follower equals the lists, whatever ends how, and when.

Writers work at once; each of their transactions commits soon or late, is rolled back, or loses its
connection. Followers read on meanwhile. Then the map changes, and each drops and takes its part.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from sqlalchemy import text

from app.db.session import Database, Session, execute
from app.domain.actor import Actor, Level, Role
from app.domain.exchange.changes import queries
from app.domain.incidents.schemas import IncidentChange, IncidentCreate
from app.domain.incidents.service import change_incident, create_incident
from bench.trust_matrix import provide_scenario
from bench.trust_terms import Terms, Verdict
from tests.api.test_reorganisations import PATH, merge
from tests.application import runner
from tests.exchange.follower import Follower
from tests.matrix.features.incidents import INCIDENT
from tests.matrix.scenario import Scenario

WRITERS, EACH = 32, 6  # transactions at once, and of each writer in a history
HASTY = queries.STATE.replace("pg_snapshot_xmin", "pg_snapshot_xmax")
PLACES = ("1.1", "1.2.1", "2.1", "2.2.2")
KILL = text("SELECT pg_terminate_backend(pg_backend_pid())")


def changes(terms: Terms) -> Verdict:
    """Play so many histories, and change the map after the last one."""
    return _prove(terms, "changes")


def hasty(terms: Terms) -> Verdict:
    """Control: the feed goes on to what has committed, past what is still under way."""
    with patch.object(queries, "STATE", HASTY):
        return _prove(terms, "control-changes")


class Writers:
    """Writers in one country, and the incidents that stand."""

    def __init__(self, scenario: Scenario, dice: Random) -> None:
        self.scenario, self.dice = scenario, dice
        state = scenario.application.app.state.resources
        self.info = state.database._info
        self.database = Database.connect(state.settings.write_dsn, size=WRITERS)
        self.free: dict[str, int] = {}
        self.ended = {"commit": 0, "rollback": 0, "kill": 0}
        roles = frozenset({Role.RECORDER})
        self.actor = Actor("writer", roles, Level.NATIONAL, scenario.country[""])

    async def write(self) -> None:
        """Write some transactions, one after the other."""
        for _ in range(EACH):
            session = Session(self.database.connections, "BEGIN", **self.info)
            taken = [self.free.popitem() for _ in range(min(1, len(self.free)))]
            written = dict(taken)
            for id, version in taken:
                title = IncidentChange(title=f"Vụ {uuid4().hex[:6]}")
                await change_incident(session, self.actor, UUID(id), title, version)
                written[id] = version + 1
            await asyncio.sleep(self.dice.random() * 0.1)
            unit = str(self.scenario.country[self.dice.choice(PLACES)])
            new = IncidentCreate(unit=unit, title=f"Vụ {uuid4().hex[:6]}", **INCIDENT)
            written[str(await create_incident(session, self.actor, new))] = 1
            await asyncio.sleep(self.dice.random() * 0.2)
            how = self.dice.choice(["commit"] * 4 + ["rollback", "kill"])
            self.free |= written if await self._end(session, how) else dict(taken)

    async def _end(self, session: Session, how: str) -> bool:
        self.ended[how] += 1
        if how == "commit":
            await session.commit()
            return True
        if how == "kill":
            with suppress(Exception):
                await execute(session, KILL)
        await session.rollback()
        return False


def _play(writers: Writers, followers: Sequence[Follower]) -> list[str]:
    """Let all write at once while followers read on; return what differs in the end."""

    async def start() -> list[asyncio.Task[None]]:
        return [asyncio.create_task(writers.write()) for _ in range(WRITERS)]

    tasks = runner().run(start())
    while not all(task.done() for task in tasks):
        writers.dice.choice(followers).follow()
        runner().run(asyncio.sleep(0.01))
    for task in tasks:
        task.result()
    return _compare(followers)


def _compare(followers: Sequence[Follower]) -> list[str]:
    for one in followers:
        one.catch_up()
    return [found for one in followers for found in one.differences()]


def _change_map(scenario: Scenario) -> None:
    """Let two communes of a province become one of the other province."""
    country, roles = scenario.country, (Role.UNIT_ADMIN, Role.APPROVER)
    admin = scenario.application.caller(*roles, level=Level.NATIONAL, unit=country[""])
    plan = merge(country, "2")
    plan["new_units"][0]["parent"] = str(country["1"])
    draft = admin.post(PATH, plan).json()
    dry = admin.post(f"{PATH}/{draft['id']}/dry-run").json()
    step: dict[str, Any] = {"action": "commit", "plan_hash": dry["plan_hash"]}
    answer = admin.move(f"{PATH}/{draft['id']}", step)
    assert answer.is_success, answer.text


def _follow(scenario: Scenario) -> list[Follower]:
    """Take the copies of followers at every level, in both provinces."""
    places = ((Level.NATIONAL, ""), (Level.PROVINCE, "1"), (Level.PROVINCE, "2"),
              (Level.COMMUNE, "1.1"))  # fmt: skip
    callers = [
        scenario.application.caller(Role.VIEWER, level=level, unit=scenario.country[unit])
        for level, unit in places
    ]
    return [Follower(one, "incidents") for one in callers]


def _prove(terms: Terms, name: str) -> Verdict:
    differ = 0
    with provide_scenario(terms, name) as scenario:
        writers, followers = Writers(scenario, Random(terms.seed)), _follow(scenario)
        for number in range(terms.times):
            differ += len(_play(writers, followers))
            terms.tell(f"changes {number + 1}/{terms.times}: {differ} differ, {writers.ended}")
        _change_map(scenario)
        after = len(_compare(followers))
        told = sum(item["id"] is None for one in followers for item in one.told)
        runner().run(writers.database.close())
    figures: dict[str, object] = {
        "histories": terms.times, "writers": WRITERS, **writers.ended, "differ": differ,
        "differ_after_map": after, "told_of_map": told, "seed": terms.seed,
    }  # fmt: skip
    return Verdict(name, figures, not differ and not after and told > 0)
