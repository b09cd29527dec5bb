"""The small country, and callers in it."""

import pytest

from tests.application import Application
from tests.forces.give import Scenario
from tests.give import Country


@pytest.fixture
def scenario(application: Application, country: Country) -> Scenario:
    return Scenario(application, country)
