"""The small country with the clocks of the law."""

import pytest

from app.domain.records.deadlines.shipped import load_clocks
from tests.give import Country
from tests.house import House, runner


@pytest.fixture(scope="session")
def clocked(house: House, country: Country) -> House:
    """The house, once the rules of clocks are loaded."""

    async def load() -> None:
        async with house.behind() as session:
            await load_clocks(session)

    runner().run(load())
    return house
