"""The keys of tips for production: three files, for three kinds of hands."""

import json
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.commands.common import fail
from app.domain.confidential.crypto.keyrings import rotate_keys, write_key_file
from app.domain.tips.crypto import keys

NAMES = ("tip-keys.json", "tip-reading-keys.json", "tip-custodian-keys.json")
cli = typer.Typer()


class RenewedKeys(StrEnum):
    """The key pair that is renewed."""

    CONTENT = keys.CONTENT
    CUSTODIAN = keys.CUSTODIAN


@cli.command("tip-keys")
def tip_keys(
    folder: Annotated[Path, typer.Argument(help="where the three files are put")],
    renew: Annotated[
        RenewedKeys | None, typer.Option(help="put a new key before those that are there")
    ] = None,
) -> None:
    """Write the keys of tips, in three files: to take tips in, to read them, to know informants."""
    paths = [folder / name for name in NAMES]
    if renew:
        _renew(paths[0], paths[1 if renew is RenewedKeys.CONTENT else 2], renew)
        return
    if there := [path.name for path in paths if path.exists()]:
        fail(f"{', '.join(there)} in {folder}: keys are never written over.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path, content in zip(paths, keys.split_keys(keys.generate_keys()), strict=True):
        write_key_file(path, content)
        typer.echo(path)


def _renew(taking: Path, opening: Path, use: RenewedKeys) -> None:
    """Write private keys first: nothing may be encrypted for a key that no one holds yet."""
    if missing := [path.name for path in (taking, opening) if not path.exists()]:
        fail(f"{', '.join(missing)} must be in {taking.parent} to renew the keys.")
    said, kept = (json.loads(path.read_text()) for path in (taking, opening))
    sealing, held = rotate_keys(said, kept, use)
    for path, content in ((opening, held), (taking, sealing)):
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        write_key_file(fresh, content)
        os.replace(fresh, path)
        typer.echo(path)
