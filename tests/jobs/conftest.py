"""A database of each module's own, its queue empty before each test."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.db.session import Database
from tests.give import Country
from tests.house import House, runner
from tests.jobs.ground import run


@dataclass(frozen=True)
class Place:
    """Where a queue is."""

    dsn: str
    database: Database


@pytest.fixture
def place(spare: tuple[House, Country]) -> Iterator[Place]:
    dsn = spare[0].app.state.house.settings.write_dsn
    database = Database.connect(dsn, size=4)
    runner().run(run(database, "DELETE FROM procrastinate_jobs"))
    yield Place(dsn, database)
    runner().run(database.close())
