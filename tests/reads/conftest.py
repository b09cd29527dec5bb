"""The land that all reads are tried on, in a database of its own: nobody else writes there."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.api.graphql.fast_path import FastPath
from app.domain.actor import Role
from tests.application import Application, runner
from tests.conftest import copy_database
from tests.give import Country
from tests.reads.facts import Facts, read_facts
from tests.reads.give import give_land
from tests.reads.two_ways import Callers


@pytest.fixture(scope="session")
def land_url(worker: str) -> str:
    return copy_database("empty", f"land_{worker}")


@pytest.fixture(scope="session")
def country(land_url: str) -> Country:
    return runner().run(give_land(land_url))


@pytest.fixture(scope="session")
def facts(land_url: str, country: Country) -> Facts:
    return runner().run(read_facts(land_url))


@pytest.fixture(scope="session")
def application(land_url: str, country: Country) -> Iterator[Application]:
    with Application.on(land_url) as application:
        yield application


@pytest.fixture(scope="session")
def ordinary(land_url: str, country: Country) -> Iterator[Application]:
    """The same application, which never takes the short way for GraphQL."""
    with Application.on(land_url, bypass=False) as application:
        yield application


@pytest.fixture
def callers(application: Application, ordinary: Application) -> Callers:
    """A statistician of the whole country at the application of the short way, and at the other."""
    return application.national(Role.STATISTICIAN), ordinary.national(Role.STATISTICIAN)


@pytest.fixture
def fast_path_uses(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Record for each question if it took the short way."""
    seen: list[bool] = []
    answer = FastPath.answer

    async def answer_and_record(self: FastPath, *args: Any) -> bytes | None:
        found = await answer(self, *args)
        seen.append(found is not None)
        return found

    monkeypatch.setattr(FastPath, "answer", answer_and_record)
    return seen
