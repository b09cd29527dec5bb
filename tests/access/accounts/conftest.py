"""A house of its own for each module, for grants and maps are changed in it."""

import pytest

from tests.access.accounts.give import Town
from tests.give import Country
from tests.house import House


@pytest.fixture
def town(spare: tuple[House, Country]) -> Town:
    return Town(*spare)
