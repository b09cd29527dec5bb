"""The queue's tables are those that the pinned library ships: no upgrade without a migration."""

import os
from collections.abc import Iterator
from uuid import uuid4

import asyncpg
import pytest
from procrastinate.schema import SchemaManager

from tests.application import runner
from tests.databases import drop
from tests.jobs.conftest import Place

SEEN = {
    "columns": """
        SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default
        FROM information_schema.columns WHERE table_name LIKE 'procrastinate%'""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid::regclass::text LIKE 'procrastinate%'""",
    "indexes": """
        SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'procrastinate%'""",
    "functions": """
        SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE 'procrastinate%'""",
    "triggers": """
        SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE tgrelid::regclass::text LIKE 'procrastinate%' AND NOT tgisinternal""",
    "enums": """
        SELECT t.typname, e.enumlabel, e.enumsortorder::text FROM pg_enum e
        JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname LIKE 'procrastinate%'""",
    "composites": """
        SELECT c.relname, a.attname, a.attnum::text, format_type(a.atttypid, a.atttypmod)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relkind = 'c' AND c.relname LIKE 'procrastinate%'""",
}


@pytest.fixture
def fresh_url() -> Iterator[str]:
    """A database with nothing but what the library ships."""
    name, server = f"shipped_{uuid4().hex[:8]}", os.environ["BINHYEN_TEST_DATABASE_URL"]
    url = server.rpartition("/")[0] + f"/{name}"
    runner().run(_execute(server, f'CREATE DATABASE "{name}"'))
    runner().run(_execute(url, SchemaManager.get_schema()))
    yield url
    runner().run(drop(name))


@pytest.mark.parametrize("kind", SEEN)
def test_what_is_installed_is_what_the_library_ships(
    kind: str, place: Place, fresh_url: str
) -> None:
    wanted = runner().run(_read_catalogue(fresh_url, SEEN[kind]))
    assert len(wanted) > 1
    assert runner().run(_read_catalogue(place.dsn, SEEN[kind])) == wanted


async def _execute(url: str, script: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(script)
    finally:
        await connection.close()


async def _read_catalogue(url: str, question: str) -> list[tuple[str, ...]]:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(question)
    await connection.close()
    return sorted(tuple(map(str, row)) for row in rows)
