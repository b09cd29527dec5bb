"""One country for all conformance tests of a worker, with something of every kind in it."""

from collections.abc import Iterator

import pytest

from tests.application import Application, runner
from tests.conftest import copy_database
from tests.give import give_country
from tests.matrix.scenario import Scenario


@pytest.fixture(scope="session")
def scenario(worker: str) -> Iterator[Scenario]:
    url = copy_database("empty", f"conformance_{worker}")
    country = runner().run(give_country(url))
    with Application.on(url) as application:
        yield Scenario(application, country)
