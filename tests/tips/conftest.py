"""Fixtures of tips: applications with officers, deadlines and retention rules."""

from collections.abc import Iterator

import pytest

from app.domain.deadlines.shipped_rules import load_deadline_rules
from tests.application import Application, runner
from tests.conftest import copy_database
from tests.give import Country, give_country
from tests.tips import expiry_scenario as expiry
from tests.tips.scenario import TipScenario


@pytest.fixture(scope="session")
def application_url(worker: str) -> str:
    return copy_database("empty", f"tips_{worker}")


@pytest.fixture(scope="session")
def country(application_url: str) -> Country:
    return runner().run(give_country(application_url))


@pytest.fixture(scope="session")
def application(application_url: str, country: Country) -> Iterator[Application]:
    with Application.on(application_url) as application:
        yield application


@pytest.fixture
def scenario(application: Application, country: Country, application_url: str) -> TipScenario:
    return TipScenario(application, country, application_url)


@pytest.fixture(scope="module")
def keeping(spare: tuple[Application, Country]) -> expiry.ExpiryScenario:
    """Provide a country whose tips expire after two years, identities after 90 days."""
    scenario = expiry.ExpiryScenario(*spare)
    runner().run(scenario.enter_terms())
    return scenario


@pytest.fixture(scope="session")
def deadline_application(application: Application, country: Country) -> Application:
    """Provide the application with the deadline rules loaded."""

    async def load() -> None:
        async with application.behind() as session:
            await load_deadline_rules(session)

    runner().run(load())
    return application
