"""Back up: the database in one snapshot, then the contents that its rows name."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from app.backup.contents import copy_out
from app.backup.manifest import DUMP, Manifest, describe
from app.backup.programs import BackupFailed, run_program
from app.db.embedded.server import ROLE, SUPERUSER
from app.settings import Settings

READS_ALL = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
NO_RIGHTS = (
    "This login does not see every row under row-level security. An administrator of the server "
    "runs: CREATE ROLE binhyen_backup LOGIN BYPASSRLS PASSWORD '…'; GRANT pg_read_all_data TO "
    "binhyen_backup; and BINHYEN_DATABASE_URL names that login for a backup."
)


async def back_up(settings: Settings, folder: Path) -> Manifest:
    """Write a backup into a new folder; a folder without a manifest is none."""
    _make_folder(folder)
    connection = await asyncpg.connect(settings.write_dsn, timeout=10, statement_cache_size=0)
    try:
        manifest = await _dump(connection, settings.write_dsn, folder)
    finally:
        await connection.close()
    await copy_out(settings, folder, manifest)
    manifest.write(folder)
    return manifest


def _make_folder(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise BackupFailed(f"{folder} is not empty.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


async def _dump(connection: Any, url: str, folder: Path) -> Manifest:
    """Dump the very snapshot that the manifest describes."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        if not await connection.fetchval(READS_ALL):
            raise BackupFailed(NO_RIGHTS)
        schema = await connection.fetchval("SELECT version_num FROM alembic_version")
        manifest = await describe(connection, schema, datetime.now(UTC).isoformat())
        snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
        options = ("--format=custom", f"--snapshot={snapshot}", f"--file={folder / DUMP}")
        run_program("pg_dump", manifest.postgres, url, *options)
    return manifest


def as_superuser(settings: Settings, *, embedded: bool) -> Settings:
    """Return the settings of the login that sees every row of an embedded database."""
    if not embedded:
        return settings
    theirs = settings.write_dsn.replace(f"//{ROLE}:", f"//{SUPERUSER}:", 1)
    return settings.model_validate(settings.model_dump() | {"database_url": theirs})


def copy_keys(settings: Settings, folder: Path) -> list[str]:
    """Copy the key files into a folder of their own, for their owner only; return their names."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = [settings.keys_file, settings.audit_key_file, *settings.tip_key_files]
    files += [] if settings.seal_key else [settings.data / "seal-key"]
    copied = []
    for file in dict.fromkeys(files):
        if file.exists():
            goal = folder / file.name
            goal.touch(0o600, exist_ok=False)
            goal.write_bytes(file.read_bytes())
            copied.append(file.name)
    if settings.seal_key:
        goal = folder / "seal-key"
        goal.touch(0o600, exist_ok=False)
        goal.write_text(settings.seal_key.get_secret_value(), encoding="ascii")
        copied.append(goal.name)
    return copied
