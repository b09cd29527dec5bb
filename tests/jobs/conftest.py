"""A database of each module's own, its queue empty before each test."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.db.session import Database
from tests.application import Application, runner
from tests.give import Country
from tests.jobs.scenario import run


@dataclass(frozen=True)
class Place:
    """Place of a queue."""

    dsn: str
    database: Database


@pytest.fixture
def place(spare: tuple[Application, Country]) -> Iterator[Place]:
    dsn = spare[0].app.state.resources.settings.write_dsn
    database = Database.connect(dsn, size=4)
    runner().run(run(database, "DELETE FROM procrastinate_jobs"))
    yield Place(dsn, database)
    runner().run(database.close())
