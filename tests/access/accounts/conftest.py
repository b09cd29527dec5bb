"""A application of its own for each module, for grants and maps are changed in it."""

import pytest

from tests.access.accounts.give import Town
from tests.application import Application
from tests.give import Country


@pytest.fixture
def town(spare: tuple[Application, Country]) -> Town:
    return Town(*spare)
