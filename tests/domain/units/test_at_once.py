"""A change of the map and ordinary work at the same time: one waits for the other."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import text

from app.db.session import Database, Session, execute
from app.db.tables.units import UnitReorganisation
from app.domain.actor import Role
from app.domain.programme_models import service as models
from app.domain.programme_models.schemas import ModelCreate
from app.domain.records import kit as records
from app.domain.records import map_lock_queries, map_locks
from app.domain.scope import BY_UNIT
from app.domain.units.errors import UnitClosed
from app.domain.units.reorganisations import service
from app.domain.units.reorganisations.schemas import ReorganisationCommit
from tests.application import runner
from tests.conftest import copy_database
from tests.domain.units.give import Land, astray
from tests.domain.units.test_reorganisations import DAY, EVE, merge

WAITING = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@pytest.fixture
def shared_database(worker: str) -> Iterator[Database]:
    """A database of which several sessions see the same."""
    found = Database.connect(copy_database("empty", f"race_{worker}"), size=3)
    yield found
    runner().run(found.close())


@contextmanager
def at(database: Database, land: Land | None = None) -> Iterator[Land]:
    """A land in a transaction that is committed: a new one, or one that is there."""
    taken = database.write_transaction()
    session = runner().run(taken.__aenter__())
    if land is None:
        land = Land(session)
    land.session = session
    yield land
    runner().run(taken.__aexit__(None, None, None))


async def record(database: Database, land: Land, unit: str, day: date) -> None:
    data = ModelCreate(
        type="to_hoa_giai", units=[str(land.units[unit])], name="Mới", launched_on=day
    )

    async def attempt() -> None:
        async with database.write_transaction() as session:
            await models.create_model(session, land.actor(Role.RECORDER), data)

    await map_locks.retry_while_map_changes(attempt)


async def commit(database: Database, land: Land) -> None:
    async with database.write_transaction() as session:
        await commit_in(session, land)


async def commit_in(session: Session, land: Land) -> None:
    actor, draft = land.actor(), land.units["draft"]
    dry = await service.dry_run(session, actor, draft)
    data = ReorganisationCommit(plan_hash=dry.plan_hash)
    await service.commit_reorganisation(session, actor, draft, data)


async def redraw(database: Database, land: Land, unit: str, day: date) -> None:
    """Commit the draft while somebody records something for a unit."""
    async with database.write_transaction() as session:
        await commit_in(session, land)
        recording = asyncio.create_task(record(database, land, unit, day))
        await asyncio.wait([recording], timeout=0.3)
        while database.connections.in_use > 1:  # noqa: ASYNC110 - between its attempts it has none
            await asyncio.sleep(0.01)
        assert not recording.done()
    await recording


@pytest.mark.parametrize(
    ("unit", "place"), [("A1", ("A", "X", None)), ("A1-1", ("A", "X", "A1-1"))]
)
def test_what_is_recorded_meanwhile_lies_where_the_new_map_says(
    shared_database: Database, unit: str, place: tuple[str, str, str | None]
) -> None:
    with at(shared_database) as land:
        land.units["draft"] = land.draft(**merge())

    land.run(redraw(shared_database, land, unit, EVE))

    with at(shared_database, land):
        assert land.place(land.units[unit], "model") == place
        assert astray(land) == 0


def test_what_is_recorded_meanwhile_for_a_closing_unit_is_refused(
    shared_database: Database,
) -> None:
    with at(shared_database) as land:
        land.units["draft"] = land.draft(**merge())

    with pytest.raises(UnitClosed):
        land.run(redraw(shared_database, land, "A1", DAY))


def test_elsewhere_nobody_waits(shared_database: Database) -> None:
    with at(shared_database) as land:
        land.units["draft"] = land.draft(**merge())

    async def both() -> None:
        async with shared_database.write_transaction() as session:
            await commit_in(session, land)
            await asyncio.wait_for(record(shared_database, land, "B1", DAY), timeout=5)

    land.run(both())


def test_a_change_of_the_map_waits_for_those_who_write_there(shared_database: Database) -> None:
    with at(shared_database) as land:
        land.units["draft"] = land.draft(**merge())

    async def both() -> None:
        async with shared_database.write_transaction() as session:
            await map_locks.lock_units(session, [land.units["A2"]])
            await session.connect()  # from now on
            change = asyncio.create_task(commit(shared_database, land))
            while not (await execute(session, text(WAITING))).scalar_one():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            assert not change.done()
            with pytest.raises(map_locks.MapChanging):  # nobody new comes before it
                async with shared_database.write_transaction() as other:
                    await map_locks.lock_units(other, [land.units["A1"]])
        await change

    land.run(both())


def test_a_wait_that_is_too_long_ends_with_a_refusal(
    shared_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_locks, "MAX_WAIT", 0.1)
    with at(shared_database) as land:
        pass

    async def both() -> None:
        async with shared_database.write_transaction() as session:
            await map_lock_queries.lock_provinces(session, [land.units["A"]])
            with pytest.raises(map_locks.MapBusy):
                await record(shared_database, land, "A1", DAY)

    land.run(both())


def test_a_dry_run_does_not_wait_for_who_has_the_draft_in_hand(shared_database: Database) -> None:
    """A commit holds the draft and then waits for the map, which a dry run holds."""
    with at(shared_database) as land:
        draft = land.draft(**merge())

    async def both() -> bool:
        async with (
            shared_database.write_transaction() as first,
            shared_database.write_transaction() as second,
        ):
            assert await records.get(
                first, land.actor(), UnitReorganisation, draft, scope=BY_UNIT, lock_map=False
            )
            trial = service.dry_run(second, land.actor(), draft)
            return (await asyncio.wait_for(trial, timeout=5)).ready

    assert land.run(both())
