"""The land that all reading is tried on, in a database of its own: nobody else writes there."""

from collections.abc import Iterator

import pytest

from tests.conftest import _copied
from tests.give import Country
from tests.house import House, runner
from tests.reading.facts import Facts, read_facts
from tests.reading.give import give_land


@pytest.fixture(scope="session")
def land_url(worker: str) -> str:
    return _copied("empty", f"land_{worker}")


@pytest.fixture(scope="session")
def country(land_url: str) -> Country:
    return runner().run(give_land(land_url))


@pytest.fixture(scope="session")
def facts(land_url: str, country: Country) -> Facts:
    return runner().run(read_facts(land_url))


@pytest.fixture(scope="session")
def house(land_url: str, country: Country) -> Iterator[House]:
    with House.on(land_url) as house:
        yield house


@pytest.fixture(scope="session")
def ordinary(land_url: str, country: Country) -> Iterator[House]:
    """The same house, which never takes the short way for GraphQL."""
    with House.on(land_url, bypass=False) as house:
        yield house
