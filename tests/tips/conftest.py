"""Fixtures of tips: applications with officers, deadlines and retention rules."""

from collections.abc import Iterator

import pytest

from app.domain.deadlines.shipped_rules import load_deadline_rules
from tests.conftest import _copied
from tests.give import Country, give_country
from tests.house import House, runner
from tests.tips import expiry_scenario as kept
from tests.tips.scenario import TipScenario


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
def scenario(house: House, country: Country, house_url: str) -> TipScenario:
    return TipScenario(house, country, house_url)


@pytest.fixture(scope="module")
def keeping(spare: tuple[House, Country]) -> kept.ExpiryScenario:
    """Provide a country whose tips expire after two years, identities after 90 days."""
    scenario = kept.ExpiryScenario(*spare)
    runner().run(scenario.enter_terms())
    return scenario


@pytest.fixture(scope="session")
def clocked(house: House, country: Country) -> House:
    """Provide the application with the deadline rules loaded."""

    async def load() -> None:
        async with house.behind() as session:
            await load_deadline_rules(session)

    runner().run(load())
    return house
