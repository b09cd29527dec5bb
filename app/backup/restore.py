"""Restore into an empty database, as its owner, and verify that all came back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg

from app.backup.contents import check_contents, copy_in
from app.backup.manifest import DUMP, Manifest, describe
from app.backup.programs import BackupFailed, run_program
from app.db.schema_version import MIGRATIONS
from app.db.session import Database
from app.domain.audit import service as audit
from app.domain.audit.keys import AuditKeys
from app.domain.audit.verification import What
from app.domain.audit.witness import read_heads
from app.settings import Settings

EMPTY = """
SELECT NOT EXISTS (SELECT FROM pg_class
  WHERE relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace)
"""
OPTIONS = ("--no-owner", "--no-comments", "--exit-on-error", "--schema=public")
# Transactions are counted from the start again, so cursors of the feed of changes end here.
NEW_ERA = """
UPDATE outbox SET transaction_id = 0;
UPDATE change_feed SET era = gen_random_uuid(), forgotten_until = 0;
"""
EXTENSIONS = "CREATE EXTENSION IF NOT EXISTS btree_gist; CREATE EXTENSION IF NOT EXISTS pg_trgm"


@asynccontextmanager
async def _connect(settings: Settings) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(settings.write_dsn, timeout=10, statement_cache_size=0)
    try:
        yield connection
    finally:
        await connection.close()


async def restore(settings: Settings, folder: Path) -> tuple[Manifest, list[str]]:
    """Restore a backup, and return it with what differs from it in the database.

    Nothing is written unless the backup is whole and the database empty. Rows are counted
    before the policies come, which hide some from the owner too.
    """
    manifest = Manifest.read(folder)
    check_contents(folder, manifest)
    async with _connect(settings) as connection:
        major = max(await _prepare(connection), manifest.postgres)
    for section in ("pre-data", "data"):
        _run(settings, major, folder, section)
    async with _connect(settings) as connection:
        found = await describe(connection, manifest.schema, manifest.taken_at)
        await connection.execute(NEW_ERA)
    _run(settings, major, folder, "post-data")
    await copy_in(settings, folder, manifest)
    return manifest, _compare(manifest, found)


async def _prepare(connection: Any) -> int:
    """Make what the dump takes for granted; return the version of the server."""
    if not await connection.fetchval(EMPTY):
        raise BackupFailed("The database is not empty: restore into a new one.")
    await connection.execute((MIGRATIONS / "sql" / "roles.sql").read_text(encoding="utf-8"))
    await connection.execute(EXTENSIONS)
    major: int = connection.get_server_version().major
    return major


def _run(settings: Settings, major: int, folder: Path, section: str) -> None:
    options = (*OPTIONS, f"--section={section}", str(folder / DUMP))
    run_program("pg_restore", major, settings.write_dsn, *options)


def _compare(manifest: Manifest, found: Manifest) -> list[str]:
    faults = [
        f"{name}: {found.rows.get(name)} rows, {count} in the backup"
        for name, count in manifest.rows.items()
        if found.rows.get(name) != count
    ]
    faults += [f"the audit ends at {found.audit}"] if found.audit != manifest.audit else []
    return faults + [
        f"{name}: {len(lost)} contents were missing when the backup was taken"
        for name, lost in manifest.missing.items()
    ]


async def verify_audit(
    settings: Settings, manifest: Manifest, keys: AuditKeys, witness: Path | None
) -> tuple[int, list[str]]:
    """Verify the whole chain against the head of the backup and stored heads.

    Return how many entries are linked, and every fault. What had not been sealed when the backup
    was taken waits for the next seal, which is no fault.
    """
    published = {head.position: head.head for head in read_heads(witness)} if witness else {}
    if manifest.audit:
        published[manifest.audit["position"]] = bytes.fromhex(manifest.audit["hash"])
    database = Database.connect(settings.write_dsn, size=1)
    try:
        async with database.read_transaction() as session:
            judge = await audit.verify_chain(session, keys.verify, 1, None, published)
    finally:
        await database.close()
    faults = [fault for fault in judge.faults if fault.what is not What.UNSEALED]
    return judge.links, [f"audit: {fault.what} at {fault.position}" for fault in faults]
