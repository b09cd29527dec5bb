"""A house of its own, in which the terms of keeping are in force."""

import pytest

from tests.give import Country
from tests.house import House, runner
from tests.tips.keeping import Ground


@pytest.fixture(scope="module")
def keeping(spare: tuple[House, Country]) -> Ground:
    """A small country whose tips are kept for two years, identities for 90 days."""
    ground = Ground(*spare)
    runner().run(ground.enter_terms())
    return ground
