"""Fixtures of reintegration cases: a country with the shipped deadline rules."""

from collections.abc import Iterator

import pytest

from app.domain.deadlines.shipped_rules import load_deadline_rules
from tests.application import Application, runner
from tests.conftest import copy_database
from tests.give import Country, give_country
from tests.reintegration.cohorts import give_cohort
from tests.reintegration.scenario import CaseScenario, Wall


@pytest.fixture(scope="session")
def application_url(worker: str) -> str:
    return copy_database("empty", f"cases_{worker}")


@pytest.fixture(scope="session")
def country(application_url: str) -> Country:
    return runner().run(give_country(application_url))


@pytest.fixture(scope="session")
def application(application_url: str, country: Country) -> Iterator[Application]:
    async def load(application: Application) -> None:
        async with application.behind() as session:
            await load_deadline_rules(session)

    with Application.on(application_url) as application:
        runner().run(load(application))
        yield application


@pytest.fixture
def scenario(application: Application, country: Country) -> CaseScenario:
    return CaseScenario(application, country)


@pytest.fixture
def cohort(scenario: CaseScenario) -> CaseScenario:
    return give_cohort(scenario)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    return Wall(monkeypatch)
