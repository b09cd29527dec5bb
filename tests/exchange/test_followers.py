"""A follower's copy equals the lists, whatever happens at once, and when the map changes."""

from contextlib import suppress
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.db.session import Session, execute
from app.domain.actor import Actor, Level, Role
from app.domain.incidents.schemas import IncidentChange, IncidentCreate
from app.domain.incidents.service import change_incident, create_incident
from tests.api.records import make
from tests.api.test_reorganisations import PATH, merge
from tests.application import Application, runner
from tests.dice import make_dice
from tests.exchange.follower import Follower
from tests.give import Country
from tests.matrix.features.incidents import INCIDENT

Spare = tuple[Application, Country]
STEPS, WRITERS = 60, 6


class Writer:
    """A transaction under way, and the records that it holds."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self.session, self.actor = session, actor
        self.held: dict[str, int] = {}

    async def create(self, unit: UUID) -> None:
        data = IncidentCreate(unit=str(unit), title=f"Vụ {uuid4().hex[:6]}", **INCIDENT)
        self.held[str(await create_incident(self.session, self.actor, data))] = 1

    async def change(self, id: str, version: int) -> None:
        data = IncidentChange(title=f"Vụ {uuid4().hex[:6]}")
        await change_incident(self.session, self.actor, UUID(id), data, version)
        self.held[id] = version + 1

    async def end(self, how: str) -> dict[str, int]:
        """Commit, roll back, or lose the connection; return what stands now."""
        if how == "commit":
            await self.session.commit()
            return self.held
        if how == "kill":
            with suppress(Exception):
                await execute(self.session, text("SELECT pg_terminate_backend(pg_backend_pid())"))
        await self.session.rollback()
        return {}


class History:
    """Writers whose steps come in a random order, and end in any way, late or soon."""

    def __init__(self, spare: Spare, dice: Random) -> None:
        self.application, self.country = spare
        self.dice, self.open, self.known = dice, list[Writer](), dict[str, int]()
        self.actor = Actor("writer", frozenset({Role.RECORDER}), Level.PROVINCE, self.country["1"])

    async def step(self) -> None:
        if len(self.open) < WRITERS and self.dice.random() < 0.5:
            database = self.application.app.state.resources.database
            session = Session(database.connections, "BEGIN", **database._info)
            self.open.append(Writer(session, self.actor))
        if not self.open:
            return
        writer = self.dice.choice(self.open)
        if writer.held and self.dice.random() < 0.4:
            await self.end(writer)
            return
        held = {id for one in self.open for id in one.held}
        free = sorted(self.known.keys() - held)
        if free and self.dice.random() < 0.5:
            id = self.dice.choice(free)
            await writer.change(id, self.known[id])
        else:
            await writer.create(self.country[self.dice.choice(["1.1", "1.2.1"])])

    async def end(self, writer: Writer) -> None:
        self.open.remove(writer)
        self.known |= await writer.end(self.dice.choice(["commit"] * 3 + ["rollback", "kill"]))

    async def end_all(self) -> None:
        while self.open:
            await self.end(self.open[0])


@pytest.mark.parametrize("number", range(3))
def test_nothing_is_passed_over_while_writers_commit_late(spare: Spare, number: int) -> None:
    application, country = spare
    dice = make_dice(f"followers {number}")
    history = History(spare, dice)
    units = (Level.PROVINCE, "1"), (Level.COMMUNE, "1.1")
    followers = [
        Follower(application.caller(Role.VIEWER, level=level, unit=country[unit]), "incidents")
        for level, unit in units
    ]
    for _ in range(STEPS):
        runner().run(history.step())
        if dice.random() < 0.4:
            dice.choice(followers).follow()
    runner().run(history.end_all())
    for follower in followers:
        follower.catch_up()
        assert follower.differences() == []
    assert followers[0].told


@pytest.fixture
def followers_of_before(spare: Spare) -> list[Follower]:
    """Followers that had their copies before two communes became one, in another province."""
    application, country = spare
    admin = application.caller(
        Role.UNIT_ADMIN, Role.RECORDER, Role.APPROVER, level=Level.NATIONAL, unit=country[""]
    )
    for unit in ("2.1", "2.1.1", "2.2.2"):
        make(admin, "incidents", unit=str(country[unit]), title="Mất trộm", **INCIDENT)
        make(admin, "models", type="camera", name=f"Camera {unit}", units=[str(country[unit])])
    followed = ("incidents", "models", "units", "teams")
    followers = [
        Follower(application.caller(Role.VIEWER, level=level, unit=country[unit]), *followed)
        for level, unit in ((Level.PROVINCE, "1"), (Level.PROVINCE, "2"), (Level.NATIONAL, ""))
    ]
    draft = admin.post(PATH, _move_communes(country)).json()
    dry = admin.post(f"{PATH}/{draft['id']}/dry-run").json()
    assert dry["ready"], dry
    step: dict[str, Any] = {"action": "commit", "plan_hash": dry["plan_hash"]}
    assert admin.move(f"{PATH}/{draft['id']}", step).is_success
    return followers


def _move_communes(country: Country) -> dict[str, Any]:
    plan = merge(country, "2")
    plan["new_units"][0]["parent"] = str(country["1"])
    return plan


def test_followers_drop_and_take_what_a_reorganisation_moves(
    followers_of_before: list[Follower],
) -> None:
    for follower in followers_of_before:
        follower.catch_up()
        assert follower.differences() == []
    gained, lost, national = (
        {item["kind"] for item in one.told if item["id"] is None} for one in followers_of_before
    )
    scopes = {"scope_gained", "scope_lost"}
    assert (gained & scopes, lost & scopes) == ({"scope_gained"}, {"scope_lost"})
    assert not national & scopes
    assert followers_of_before[0].copies["incidents"]
    assert not followers_of_before[1].copies["incidents"]
