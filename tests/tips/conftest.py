"""Houses in which tips lie: with officers to handle them, with terms after which they go."""

from collections.abc import Iterator

import pytest

from app.domain.deadlines.shipped import load_deadline_rules
from tests.conftest import _copied
from tests.give import Country, give_country
from tests.house import House, runner
from tests.tips import keeping as kept
from tests.tips.ground import Ground


@pytest.fixture(scope="session")
def house_url(worker: str) -> str:
    return _copied("empty", f"tips_{worker}")


@pytest.fixture(scope="session")
def country(house_url: str) -> Country:
    return runner().run(give_country(house_url))


@pytest.fixture(scope="session")
def house(house_url: str, country: Country) -> Iterator[House]:
    with House.on(house_url) as house:
        yield house


@pytest.fixture
def ground(house: House, country: Country, house_url: str) -> Ground:
    return Ground(house, country, house_url)


@pytest.fixture(scope="module")
def keeping(spare: tuple[House, Country]) -> kept.Ground:
    """A small country whose tips are kept for two years, identities for 90 days."""
    ground = kept.Ground(*spare)
    runner().run(ground.enter_terms())
    return ground


@pytest.fixture(scope="session")
def clocked(house: House, country: Country) -> House:
    """The house, once the rules of clocks are loaded."""

    async def load() -> None:
        async with house.behind() as session:
            await load_deadline_rules(session)

    runner().run(load())
    return house
