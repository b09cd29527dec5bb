"""A country of their own for tests of evaluations."""

from collections.abc import Iterator

import pytest

from tests.application import Application, runner
from tests.conftest import copy_database
from tests.criteria.scenario import Programme
from tests.give import give_country


@pytest.fixture(scope="package")
def programme(worker: str) -> Iterator[Programme]:
    """A country in which no other test makes villages: shares of them are counted."""
    url = copy_database("empty", f"criteria_{worker}")
    country = runner().run(give_country(url))
    with Application.on(url) as application:
        yield Programme(application, country)
