"""The map: villages from a table."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from app.bootstrap import require_migrated
from app.commands.common import Data, fail, settings_of
from app.db.session import Database
from app.demo.programme_models import national_actor
from app.domain.actor import Role
from app.domain.records.files.pool import FilePool
from app.domain.records.files.reader import XLSX
from app.domain.units import imports
from app.domain.units.schemas import ImportOptions
from app.domain.units.village_table import read_villages
from app.settings import Settings

cli = typer.Typer(no_args_is_help=True, help="The map: villages from a table.")


@cli.command("import-villages")
def import_villages(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX or NDJSON")],
    data: Data = None,
    commit: Annotated[
        bool, typer.Option(help="write; without it the import is only tried")
    ] = False,
) -> None:
    """Put villages on the map from a table with columns parent, name, kind, code, valid_from."""
    kinds = {".csv": "text/csv", ".xlsx": XLSX, ".ndjson": "application/x-ndjson"}
    if file.suffix.lower() not in kinds:
        fail(f"{file.name}: the ending is one of {', '.join(kinds)}.")
    with require_migrated(settings_of(data)) as grounded:
        found = asyncio.run(
            _import(grounded, kinds[file.suffix.lower()], file.read_bytes(), commit)
        )
    typer.echo(found.model_dump_json(indent=2))
    if found.faults:
        raise typer.Exit(1)


async def _import(settings: Settings, kind: str, content: bytes, commit: bool) -> Any:
    database = Database.of(settings, size=1)
    pool, options = FilePool(), ImportOptions(dry_run=not commit)
    try:
        rows = await read_villages(pool, kind, content)
        async with database.write_transaction() as session:
            actor = await national_actor(session, Role.UNIT_ADMIN)
            return await imports.import_villages(session, actor, rows, options)
    finally:
        await pool.close()
        await database.close()
