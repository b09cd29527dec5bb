"""A database with the shipped calendar and rules, and a small country to run deadlines in."""

from collections.abc import Iterator

import pytest

from app.db.session import Database
from app.domain.actor import Actor, Level, Role
from app.domain.deadlines.shipped_rules import load_deadline_rules
from tests.application import VIET_NAM, runner
from tests.conftest import copy_database
from tests.give import Country, give_country


@pytest.fixture(scope="session")
def deadlines_url(worker: str) -> str:
    return copy_database("empty", f"clocks_{worker}")


@pytest.fixture(scope="session")
def land(deadlines_url: str) -> Country:
    return runner().run(give_country(deadlines_url))


@pytest.fixture(scope="session")
def database(deadlines_url: str, land: Country) -> Iterator[Database]:
    found = Database.connect(deadlines_url, size=5)
    runner().run(_load(found))
    yield found
    runner().run(found.close())


async def _load(database: Database) -> None:
    async with database.write_transaction() as session:
        await load_deadline_rules(session)


@pytest.fixture(scope="session")
def officer() -> Actor:
    return Actor("officer", frozenset({Role.TIP_OFFICER}), Level.NATIONAL, VIET_NAM, "tests")


@pytest.fixture(scope="session")
def admin() -> Actor:
    return Actor("admin", frozenset({Role.UNIT_ADMIN}), Level.NATIONAL, VIET_NAM, "tests")
