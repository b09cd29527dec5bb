"""The demo stays in databases of its own, and production serves none of them."""

import pytest
from sqlalchemy import text

from app.db.session import execute
from app.demo.ownership import (
    DemoInProduction,
    NotADemoDatabase,
    claim_database,
    holds_demo,
    refuse_demo,
)
from app.settings import Settings
from tests.access.login.give import give_person
from tests.application import Application, runner
from tests.conftest import copy_database
from tests.give import Country, give_country


@pytest.fixture(scope="module")
def empty(worker: str) -> str:
    return copy_database("empty", f"ownership_{worker}")


def production(application: Application) -> Settings:
    settings: Settings = application.app.state.resources.settings
    return settings.model_copy(update={"environment": "production"})


def test_the_demo_marks_an_empty_database_and_production_refuses_it(empty: str) -> None:
    with Application.on(empty) as application:
        database = application.app.state.resources.database

        async def claim() -> None:
            await refuse_demo(database, production(application))
            async with database.write_transaction() as session:
                await claim_database(session)
            async with database.write_transaction() as session:
                await claim_database(session)  # its own already
                assert await holds_demo(session)

        runner().run(claim())
        with pytest.raises(DemoInProduction, match="BINHYEN_DATABASE_URL"):
            runner().run(refuse_demo(database, production(application)))
        runner().run(refuse_demo(database, application.app.state.resources.settings))


def test_the_demo_refuses_a_database_with_records(worker: str) -> None:
    url = copy_database("empty", f"owned_{worker}")
    country: Country = runner().run(give_country(url))
    with Application.on(url) as application:
        database = application.app.state.resources.database
        give_person(application, country["1.1"])

        async def claim() -> None:
            async with database.write_transaction() as session:
                await claim_database(session)

        with pytest.raises(NotADemoDatabase, match="--no-demo"):
            runner().run(claim())
        runner().run(refuse_demo(database, production(application)))


@pytest.mark.parametrize(
    "planted",
    [
        "INSERT INTO account (id, login, name, unit_id, failures) "
        "SELECT gen_random_uuid(), 'tiepnhan.xa', 'tiepnhan.xa', id, 0 FROM unit LIMIT 1",
        "INSERT INTO client (id, client_id, name, kind, unit_id, redirect_uris) "
        "SELECT gen_random_uuid(), 'demo-app', 'x', 'public', id, '{}' FROM unit LIMIT 1",
    ],
)
def test_demo_accounts_without_a_mark_are_found_too(worker: str, planted: str) -> None:
    url = copy_database("empty", f"planted_{worker}_{len(planted)}")
    runner().run(give_country(url))
    with Application.on(url) as application:
        database = application.app.state.resources.database

        async def plant() -> None:
            async with application.behind() as session:
                await execute(session, text(planted))

        runner().run(plant())
        with pytest.raises(DemoInProduction):
            runner().run(refuse_demo(database, production(application)))
