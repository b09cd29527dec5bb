"""The keys of an installation: made all at once; and those that sign tokens, replaced unnoticed."""

import shlex
from pathlib import Path
from typing import Annotated, Any

import typer
from cryptography.fernet import Fernet

from app.commands.common import Data, fail, settings_of
from app.commands.tip_keys import NAMES
from app.domain.auth import keys

LONGEST = 1440  # minutes: the longest life that a token of development can have
SIGNING, AUDIT, AUDIT_PUBLIC = "signing-keys.json", "audit-key.json", "audit-public-key.json"
SERVER, WORKER = "server.env", "worker.env"  # the settings that name the keys
cli = typer.Typer(no_args_is_help=True, help="The keys of an installation.")


@cli.command("create")
def create(
    folder: Annotated[Path, typer.Argument(help="where the keys are put")],
) -> None:
    """Make every key that production needs, and the settings that name them; replace none."""
    files = [SIGNING, AUDIT, AUDIT_PUBLIC, *NAMES, SERVER, WORKER]
    if there := [name for name in files if (folder / name).exists()]:
        fail(f"{', '.join(there)} in {folder}: keys are never written over.")
    folder = folder.resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    seal_key = Fernet.generate_key().decode()
    for name, content in _contents().items():
        _write(folder / name, content)
    _write_text(folder / SERVER, _settings(folder, AUDIT_PUBLIC, seal_key))
    _write_text(folder / WORKER, _settings(folder, AUDIT, seal_key))
    for name in files:
        typer.echo(folder / name)


def _contents() -> dict[str, Any]:
    """Return the contents of the key files."""
    from app.domain.audit.keys import PUBLIC
    from app.domain.audit.keys import new_key as new_audit_key
    from app.domain.tips.crypto import keys as tip_keys

    audit = new_audit_key()
    public = {name: audit[name] for name in PUBLIC}
    tips = tip_keys.split_keys(tip_keys.generate_keys())
    return {
        SIGNING: {"keys": [keys.new_key()]},
        AUDIT: {"keys": [audit]},
        AUDIT_PUBLIC: {"keys": [public]},
    } | dict(zip(NAMES, tips, strict=True))


def _settings(folder: Path, audit: str, seal_key: str) -> str:
    """Return the settings that name the keys, as lines of an environment file."""
    files = {"SIGNING_KEYS": SIGNING, "AUDIT_KEY": audit}
    files |= dict(zip(("TIP_KEYS", "TIP_READING_KEYS", "TIP_CUSTODIAN_KEYS"), NAMES, strict=True))
    lines = [f"BINHYEN_{name}={shlex.quote(str(folder / file))}" for name, file in files.items()]
    return "\n".join([*lines, f"BINHYEN_SEAL_KEY={seal_key}", ""])


def _write(path: Path, content: Any) -> None:
    from app.domain.records.key_files import write_secret

    write_secret(path, content)


def _write_text(path: Path, text: str) -> None:
    path.touch(0o600, exist_ok=False)
    path.write_text(text, encoding="utf-8")


@cli.command("rotate")
def rotate(data: Data = None) -> None:
    """Sign with a new key from now on; servers notice by themselves. Print its name."""
    typer.echo(keys.rotate(settings_of(data).keys_file))


@cli.command("prune")
def prune(data: Data = None) -> None:
    """Drop the keys whose last token has expired; print their names."""
    settings = settings_of(data)
    long = settings.environment == "development"
    longest = (
        LONGEST if long else max(settings.access_token_minutes, settings.machine_token_minutes)
    )
    for name in keys.prune(settings.keys_file, minutes=longest):
        typer.echo(name)
