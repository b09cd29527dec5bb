"""Migrations: up, down, up again, with data in it; and the tables are what the code says."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from alembic import command

from app.db.schema_version import alembic_config, newest
from app.ground import migrate
from app.settings import Settings
from tests.databases import drop, run
from tests.give import give_country
from tests.house import runner


@pytest.fixture
def url() -> Iterator[str]:
    """An empty database of this test's own."""
    name, server = f"migrations_{uuid4().hex[:8]}", os.environ["BINHYEN_TEST_DATABASE_URL"]
    runner().run(run(server, f'CREATE DATABASE "{name}"'))
    yield server.rpartition("/")[0] + f"/{name}"
    runner().run(drop(name))


def columns(url: str) -> set[tuple[str, ...]]:
    rows = runner().run(
        run(
            url,
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name <> 'alembic_version'",
        )
    )
    return {tuple(row) for row in rows}


def test_up_with_data_down_and_up_again_leaves_the_same_schema(url: str) -> None:
    migrate(Settings(database_url=url))
    first = columns(url)
    runner().run(give_country(url))
    command.downgrade(alembic_config(url), "base")
    assert columns(url) == set()
    migrate(Settings(database_url=url))
    assert columns(url) == first
    migrate(Settings(database_url=url))  # a second time changes nothing


def test_the_tables_are_what_the_code_says(url: str) -> None:
    migrate(Settings(database_url=url))
    command.check(alembic_config(url))


def test_each_migration_can_be_undone_alone(url: str) -> None:
    config = alembic_config(url)
    migrate(Settings(database_url=url))
    while newest_applied(url):
        command.downgrade(config, "-1")
    assert columns(url) == set()


def newest_applied(url: str) -> str | None:
    rows = runner().run(run(url, "SELECT version_num FROM alembic_version"))
    return rows[0]["version_num"] if rows else None


def test_the_newest_migration_is_known() -> None:
    assert newest()
