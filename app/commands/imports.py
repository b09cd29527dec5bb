"""Import a file of rows from the command line, through the services of the product."""

import asyncio
from base64 import b64encode
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.bootstrap import require_migrated
from app.commands.common import Data, UnitOption, actor_of, fail, settings_of
from app.db.session import Database
from app.db.tables.imports import DataImport, ImportRowState, ImportState
from app.domain.actor import Actor, Role
from app.domain.exchange.imports import queries, service
from app.domain.exchange.imports.context import ImportContext
from app.domain.exchange.imports.schemas import FileFormat, ImportCreate, ImportTransition
from app.domain.exchange.imports.stored_rows import StoredRow
from app.domain.exchange.imports.worker import take_all_parts
from app.domain.exchange.job_actors import enter
from app.domain.records.files.pool import FilePool
from app.features import resources
from app.settings import Settings

cli = typer.Typer(no_args_is_help=True)
FORMATS = {f".{one.value}": one for one in FileFormat}
ROLES = [Role.RECORDER, Role.APPROVER, Role.UNIT_ADMIN]
MAX_SHOWN = 50
Outcome = tuple[DataImport, list[StoredRow]]


@cli.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX or NDJSON")],
    resource: Annotated[str, typer.Option("--as", help="resource, as in its path: models")],
    unit: UnitOption = "VN",
    data: Data = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="check, and write no record")] = False,
    skip_faults: Annotated[bool, typer.Option(help="leave rows with faults out")] = False,
) -> None:
    """Import the rows of a file as records of a resource; a row with a fault stops all of them."""
    if (kind := FORMATS.get(file.suffix.lower())) is None:
        fail(f"{file.name}: the ending is one of {', '.join(FORMATS)}.")
    content = b64encode(file.read_bytes()).decode()
    wanted = ImportCreate(resource=resource, format=kind, content=content)
    with require_migrated(settings_of(data)) as grounded:
        whole, faults = asyncio.run(_import(grounded, unit, wanted, dry_run, skip_faults))
    for row in faults[:MAX_SHOWN]:
        place = " ".join(filter(None, (row.sheet, f"{row.cell_column or ''}{row.row_number}")))
        typer.echo(f"{place}: {row.message_en}")
    typer.echo(
        f"{whole.state.value}: {whole.row_count} rows, {whole.created_count} created, "
        f"{whole.refused_count} with faults; import {whole.id}"
    )
    if whole.refused_count:
        raise typer.Exit(1)


async def _import(
    settings: Settings, unit: str, wanted: ImportCreate, dry_run: bool, skip_faults: bool
) -> Outcome:
    actor = await actor_of(settings, unit, ROLES)
    database, pool = Database.of(settings, size=2), FilePool()
    context = ImportContext.of(resources(), settings.import_days)
    try:
        async with database.write_transaction() as session:
            await enter(session, actor)
            id = await service.create_import(session, actor, wanted, context, pool)
        await take_all_parts(database, context, pool, id)
        if not dry_run:
            await _commit(database, actor, context, pool, id, skip_faults)
        async with database.read_transaction() as session:
            whole = await queries.find_import(session, id)
            assert whole is not None
            refused = ImportRowState.REFUSED
            return whole, await queries.list_rows(session, id, refused, most=MAX_SHOWN)
    finally:
        await pool.close()
        await database.close()


async def _commit(
    database: Database, actor: Actor, context: ImportContext, files: FilePool, id: UUID,
    skip_faults: bool,
) -> None:  # fmt: skip
    """Commit what was previewed, unless a fault is to stop it."""
    async with database.write_transaction() as session:
        await enter(session, actor)
        whole = await queries.lock_import(session, id)
        if whole.state is not ImportState.PREVIEWED or (whole.refused_count and not skip_faults):
            return
        data = ImportTransition(action="commit", plan_hash=whole.plan_hash, skip_faults=skip_faults)
        await service.transition_import(session, actor, id, data, whole.version, context)
    await take_all_parts(database, context, files, id)
