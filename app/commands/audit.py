"""The audit: seal what waits, copy the chain to a file, verify such a copy without a database."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.bootstrap import require_migrated
from app.commands.common import CONSOLE, Data, audit_keys_of, fail, settings_of
from app.db.session import Database
from app.domain.audit import copies, seals, service
from app.domain.audit.keys import AuditKeys
from app.settings import Settings

cli = typer.Typer(no_args_is_help=True, help="The audit: seal it, copy it, verify a copy.")
Copy = Annotated[Path, typer.Argument(help="the copy", dir_okay=False)]


@cli.command()
def seal(data: Data = None) -> None:
    """Link all entries that wait to the chain, and sign its head."""
    settings = settings_of(data)
    with require_migrated(settings) as grounded:
        CONSOLE.print(f"sealed: {asyncio.run(_seal(grounded, audit_keys_of(settings)))}")


@cli.command()
def export(file: Copy, data: Data = None) -> None:
    """Copy the whole chain with its entries and its public keys to a file."""
    settings = settings_of(data)
    with require_migrated(settings) as grounded:
        CONSOLE.print(f"entries: {asyncio.run(_export(grounded, audit_keys_of(settings), file))}")


@cli.command()
def verify(
    file: Copy,
    witness: Annotated[
        Path | None, typer.Option(help="heads stored outside the database", dir_okay=False)
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(help="public keys you trust, instead of the copy's own")
    ] = None,
) -> None:
    """Verify a copy, far from any database; every fault is named."""
    try:
        trusted = AuditKeys.from_file(keys) if keys else None
        judge = copies.verify(file, trusted, witness)
    except (OSError, ValueError, LookupError) as reason:
        fail(f"This cannot be verified: {reason}")
    typer.echo(service.to_verification(judge).model_dump_json(indent=2))
    if judge.found:
        raise typer.Exit(1)


async def _seal(settings: Settings, keys: AuditKeys) -> int:
    database = Database.of(settings, size=1)
    try:
        return await seals.seal_all(database, keys, settings.witness)
    finally:
        await database.close()


async def _export(settings: Settings, keys: AuditKeys, file: Path) -> int:
    database = Database.of(settings, size=1)
    try:
        return await copies.export(database, keys, file)
    finally:
        await database.close()
