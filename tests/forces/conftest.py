"""The small country, and callers in it."""

import pytest

from tests.forces.give import Ground
from tests.give import Country
from tests.house import House


@pytest.fixture
def ground(house: House, country: Country) -> Ground:
    return Ground(house, country)
