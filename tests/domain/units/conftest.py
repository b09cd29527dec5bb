"""A database for the tests that redraw the map: each works in a transaction that is taken back."""

from collections.abc import Iterator

import pytest

from app.db.session import Database
from tests.application import runner
from tests.conftest import copy_database
from tests.domain.units.give import Land


@pytest.fixture(scope="session")
def map_url(worker: str) -> str:
    """A copy of an empty database."""
    return copy_database("empty", f"map_{worker}")


@pytest.fixture(scope="session")
def database(map_url: str) -> Iterator[Database]:
    found = Database.connect(map_url, size=3)
    yield found
    runner().run(found.close())


class TakenBack(Exception):
    """Ends a transaction of which nothing is to stay."""


@pytest.fixture
def land(database: Database) -> Iterator[Land]:
    """A land of its own for each test."""
    taken = database.write_transaction()
    yield Land(runner().run(taken.__aenter__()))
    runner().run(taken.__aexit__(TakenBack, TakenBack(), None))
