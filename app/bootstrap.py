"""Bootstrap: a database, its schema, the map, and optionally the demo."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import asyncpg
from pydantic import SecretStr

from app.db.embedded.discovery import find_running_url
from app.db.embedded.lifecycle import Embedded
from app.settings import Settings

# what only some commands need is imported where they need it: a token is not to load the demo
Progress = Callable[[str, int, int], None]


class DatabaseUnusable(Exception):
    """The database that was named cannot be used."""


@contextmanager
def provide_database(settings: Settings, *, alone: bool = False) -> Iterator[Settings]:
    """Settings with a database that answers: the given one, a running one, or one of our own.

    Who serves asks to be `alone`: it brings its own and keeps it up.
    """
    found = settings.database_url and settings.database_url.get_secret_value()
    found = found or (None if alone else find_running_url(settings.data))
    if found:
        asyncio.run(_check_connection(found))
        yield _export_environment(settings, found)
        return
    embedded = Embedded(settings.data)
    try:
        url = embedded.start()
        embedded.watch()
        yield _export_environment(settings, url)
    finally:
        embedded.stop()


@contextmanager
def require_migrated(settings: Settings) -> Iterator[Settings]:
    """As `database_for`, of an installation that has been started before."""
    from app.db.schema_version import head_revision

    with provide_database(settings) as grounded:
        if asyncio.run(_schema(grounded)) != head_revision():
            raise DatabaseUnusable(
                "Nothing is set up here for this version yet: start it with ./run."
            )
        yield grounded


async def _schema(settings: Settings) -> str | None:
    """Return the version that the database is at; None where it has none, or no roles yet."""
    from app.db.pooler import open_transaction

    try:
        async with open_transaction(settings) as connection:
            found: str = await connection.fetchval("SELECT version_num FROM alembic_version")
            return found
    except (asyncpg.UndefinedTableError, asyncpg.InvalidParameterValueError):
        return None
    except asyncpg.InsufficientPrivilegeError as error:
        if "set role" not in str(error):  # half migrated: the grants are to come
            return None
        raise DatabaseUnusable(
            f"The login of BINHYEN_DATABASE_URL may not act in BINHYEN_DATABASE_ROLE: {error}"
        ) from None


async def _check_connection(url: str) -> None:
    try:
        connection = await asyncpg.connect(url, timeout=10)
    except ValueError:  # it may repeat a part of the address, which holds a password
        raise DatabaseUnusable("The address of the database cannot be read.") from None
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as reason:
        raise DatabaseUnusable(f"The database does not answer: {reason}") from None
    await connection.close()


def _export_environment(settings: Settings, url: str) -> Settings:
    """The worker processes read the same settings from the environment."""
    os.environ["BINHYEN_DATABASE_URL"] = url
    os.environ["BINHYEN_DATA"] = str(settings.data)
    return settings.model_copy(update={"database_url": SecretStr(url)})


def migrate(settings: Settings) -> None:
    """Bring the schema up to this code; only the owner of the database can, where it is behind."""
    from alembic import command
    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError

    from app.db.errors import permission_message
    from app.db.schema_version import alembic_config, head_revision

    with suppress(DatabaseUnusable):  # the migration names what is wrong with the login
        if asyncio.run(_schema(settings)) == head_revision():
            return
    try:
        command.upgrade(alembic_config(settings.write_dsn), "head")
    except (DBAPIError, asyncpg.PostgresError) as error:  # a script's error comes as it is
        if (why := permission_message(error)) is None:
            raise
        raise DatabaseUnusable(f"The database cannot be migrated: {why}") from None
    except CommandError as error:  # it has come to a version that this code does not know
        raise DatabaseUnusable(
            f"The database is of another version of this program: {error}"
        ) from None


async def load_reference_data(
    settings: Settings, progress: Progress, *, demo: bool, stated: bool = True
) -> None:
    """Load missing reference data: map, deadline rules, types, retention terms, demo.

    Without `stated`, the demo has its records, and not what its sources state beside them.
    """
    from app.db.session import Database
    from app.demo.ownership import claim_database
    from app.demo.programme_models import load_demo
    from app.domain.confidential.retention.shipped_rules import load_retention
    from app.domain.criteria.shipped_sets import load_criteria
    from app.domain.deadlines.shipped_rules import load_deadline_rules
    from app.domain.programme_models.shipped_types import load_types
    from app.domain.units.shipped_map import load_map

    database = Database.of(settings, size=2)
    try:
        async with database.write_transaction() as session:
            await load_map(session, progress)
            await load_deadline_rules(session)
            await load_types(session)
            await load_retention(session)
            await load_criteria(session)
        if demo:
            async with database.write_transaction() as session:
                await claim_database(session)
            await load_demo(database, progress, stated=stated)
    finally:
        await database.close()
