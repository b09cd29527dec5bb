"""Houses in which the terms of keeping are in force, or the clocks of the law."""

import pytest

from app.domain.records.deadlines.shipped import load_clocks
from tests.give import Country
from tests.house import House, runner
from tests.tips.keeping import Ground


@pytest.fixture(scope="module")
def keeping(spare: tuple[House, Country]) -> Ground:
    """A small country whose tips are kept for two years, identities for 90 days."""
    ground = Ground(*spare)
    runner().run(ground.enter_terms())
    return ground


@pytest.fixture(scope="session")
def clocked(house: House, country: Country) -> House:
    """The house, once the rules of clocks are loaded."""

    async def load() -> None:
        async with house.behind() as session:
            await load_clocks(session)

    runner().run(load())
    return house
