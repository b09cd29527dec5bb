"""Migrations: up, down one by one with data in it, up again; the schema is what the files say."""

import os
from collections.abc import Iterator
from uuid import uuid4

import asyncpg
import pytest
from alembic import command

from app.bootstrap import DatabaseUnusable, migrate
from app.db.schema_dump import dump_schema
from app.db.schema_version import MIGRATIONS, alembic_config, head_revision
from app.settings import Settings
from tests.application import runner
from tests.databases import drop, run
from tests.give import give_country

GOLDEN = MIGRATIONS / "schema.sql"
# Whatever is ours or the queue's, under any name; extensions stay.
LEFT = """
SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace
AND relname NOT LIKE 'alembic_version%'
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT typname FROM pg_type t WHERE typnamespace = 'public'::regnamespace
AND typname !~ 'alembic_version'
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid IN (t.oid, t.typelem) AND d.deptype = 'e')
"""


@pytest.fixture
def url() -> Iterator[str]:
    """An empty database of this test's own."""
    name, server = f"migrations_{uuid4().hex[:8]}", os.environ["BINHYEN_TEST_DATABASE_URL"]
    runner().run(run(server, f'CREATE DATABASE "{name}"'))
    yield server.rpartition("/")[0] + f"/{name}"
    runner().run(drop(name))


async def schema(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return await dump_schema(connection)
    finally:
        await connection.close()


def dump(url: str) -> str:
    return runner().run(schema(url))


def newest_applied(url: str) -> str | None:
    rows = runner().run(run(url, "SELECT version_num FROM alembic_version"))
    return rows[0]["version_num"] if rows else None


def test_up_with_data_down_one_by_one_and_up_again_builds_the_same_schema(url: str) -> None:
    empty = dump(url)
    migrate(Settings(database_url=url))
    first = dump(url)
    runner().run(give_country(url))
    steps = 0
    while newest_applied(url):
        command.downgrade(alembic_config(url), "-1")
        steps += 1
    assert steps == len(list((MIGRATIONS / "versions").glob("*.py")))
    assert runner().run(run(url, LEFT)) == []
    assert dump(url) == empty
    migrate(Settings(database_url=url))
    assert dump(url) == first
    migrate(Settings(database_url=url))  # a second time changes nothing
    assert dump(url) == first


def test_the_schema_is_what_the_golden_file_and_the_code_say(url: str) -> None:
    migrate(Settings(database_url=url))
    assert dump(url) == GOLDEN.read_text(encoding="utf-8"), "after a migration: ./run schema"
    command.check(alembic_config(url))


DRIFT = [
    "ALTER TABLE team ADD COLUMN more text",
    "ALTER TABLE team ALTER COLUMN name DROP NOT NULL",
    "ALTER TABLE model_type ALTER COLUMN sort_key TYPE text COLLATE pg_catalog.default",
    "ALTER TABLE team ALTER COLUMN name SET DEFAULT 'x'",
    "ALTER TABLE team RENAME CONSTRAINT pk_team TO pk_teams",
    "ALTER TABLE team DROP CONSTRAINT ck_team_established_has_date",
    "DROP INDEX ix_tip_overdue",
    "CREATE VIEW more AS SELECT 1 AS one",
    "CREATE OR REPLACE FUNCTION today() RETURNS date LANGUAGE sql STABLE AS 'SELECT date(now())'",
    "DROP TRIGGER audit_wait ON audit_entry",
    "ALTER TABLE tip NO FORCE ROW LEVEL SECURITY",
    "ALTER POLICY seen_select ON tip_hold USING (true)",
    "ALTER POLICY owner_select ON tip TO PUBLIC",
    "GRANT DELETE ON tip TO binhyen_runtime",
    "GRANT SELECT (private_key) ON tip_receipt TO binhyen_runtime",
    "GRANT EXECUTE ON FUNCTION tip_of_receipt TO PUBLIC",
    "GRANT CREATE ON SCHEMA public TO binhyen_intake",
]


def test_every_kind_of_drift_shows(application_url: str) -> None:
    """Each change is made in a transaction and taken back; the text must differ meanwhile."""

    async def find_unseen() -> list[str]:
        connection = await asyncpg.connect(application_url)
        try:
            before = await dump_schema(connection)
            return [change for change in DRIFT if await _dump_with(connection, change) == before]
        finally:
            await connection.close()

    assert runner().run(find_unseen()) == []


async def _dump_with(connection: asyncpg.Connection, change: str) -> str:
    trial = connection.transaction()
    await trial.start()
    try:
        await connection.execute(change)
        return await dump_schema(connection)
    finally:
        await trial.rollback()


def test_a_database_of_another_version_is_refused_in_a_sentence(url: str) -> None:
    runner().run(run(url, "CREATE TABLE alembic_version (version_num varchar(32))"))
    runner().run(run(url, "INSERT INTO alembic_version VALUES ('of_tomorrow')"))
    with pytest.raises(DatabaseUnusable, match=r"another version of this program: .*of_tomorrow"):
        migrate(Settings(database_url=url))


def test_the_newest_migration_is_known() -> None:
    assert head_revision()
