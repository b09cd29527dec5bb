"""The schema of the database, as text."""

import asyncio
from difflib import unified_diff
from typing import Annotated

import typer

from app.bootstrap import require_migrated
from app.commands.common import Data, fail, settings_of
from app.db.pooler import open_transaction
from app.db.schema_dump import dump_schema
from app.db.schema_version import MIGRATIONS
from app.settings import OwnerSettings, Settings

cli = typer.Typer()


@cli.command()
def schema(
    data: Data = None,
    check: Annotated[
        bool, typer.Option(help="print what differs from the migrations; fail if anything does")
    ] = False,
) -> None:
    """Print the schema of the database, as `migrations/schema.sql` has it."""
    with require_migrated(settings_of(data, OwnerSettings)) as grounded:
        found = asyncio.run(_dump(grounded))
    if not check:
        print(found, end="")
    elif differences := _compare(found):
        print(*differences, sep="\n")
        fail("The schema is not what the migrations build.")


async def _dump(settings: Settings) -> str:
    async with open_transaction(settings) as connection:
        return await dump_schema(connection)


def _compare(found: str) -> list[str]:
    wanted = (MIGRATIONS / "schema.sql").read_text(encoding="utf-8").splitlines()
    return list(unified_diff(wanted, found.splitlines(), "migrations", "database", lineterm=""))
