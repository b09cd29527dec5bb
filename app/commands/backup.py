"""Back up an installation, and restore it."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.bootstrap import provide_database
from app.commands.common import CONSOLE, Data, audit_keys_of, fail, settings_of
from app.settings import OwnerSettings

cli = typer.Typer()
Folder = Annotated[Path, typer.Argument(help="folder of the backup", file_okay=False)]


@cli.command()
def backup(
    folder: Folder,
    keys: Annotated[
        Path | None, typer.Option(help="copy the keys too, into this other folder")
    ] = None,
    data: Data = None,
) -> None:
    """Write the database and the stored contents to a new folder; keys to another one, if any."""
    from app.backup.backup import as_superuser, back_up, copy_keys

    settings = settings_of(data, OwnerSettings)
    if keys and keys.resolve().is_relative_to(folder.resolve()):
        fail("Keys are stored apart from the backup: what it holds is sealed by them.")
    with provide_database(settings) as grounded:
        embedded = settings.database_url is None
        made = asyncio.run(back_up(as_superuser(grounded, embedded=embedded), folder))
        copied = copy_keys(grounded, keys) if keys else []
    rows, contents = sum(made.rows.values()), sum(map(len, made.contents.values()))
    CONSOLE.print(f"{rows} rows, {contents} contents, {len(copied)} keys.")
    if made.missing:
        fail(f"The storage lacks contents that rows name: {made.missing}")


@cli.command()
def restore(
    folder: Folder,
    witness: Annotated[
        Path | None, typer.Option(help="heads stored outside the database", dir_okay=False)
    ] = None,
    data: Data = None,
) -> None:
    """Restore a backup into an empty database and storage, as the owner, and verify it."""
    from app.backup import restore as restoring

    settings = settings_of(data, OwnerSettings)
    with provide_database(settings) as grounded:
        manifest, faults = asyncio.run(restoring.restore(grounded, folder))
        links, broken = asyncio.run(
            restoring.verify_audit(grounded, manifest, audit_keys_of(grounded), witness)
        )
    CONSOLE.print(f"{sum(manifest.rows.values())} rows; {links} entries of the audit verified.")
    if faults := [*faults, *broken]:
        fail("\n".join(["What came back is not what was backed up:", *faults]))
