"""The manifest of a backup: what it holds, by which a restore knows that it is whole."""

import json
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Any, Self

from app.backup.programs import BackupFailed

MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"
PARTS = {"attachments": "", "tips": "tips"}  # a folder of the backup, and the part of the storage
CONTENTS = {"attachments": "attachment", "tips": "tip_attachment"}
COUNT_TABLES = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""
LAST_HEAD = """
SELECT position, encode(hash, 'hex') AS hash FROM audit_link ORDER BY position DESC LIMIT 1
"""


@dataclass
class Manifest:
    """The version, the rows of each table, the head of the audit, and the contents stored."""

    schema: str
    postgres: int
    taken_at: str
    rows: dict[str, int]
    audit: dict[str, Any] | None
    contents: dict[str, list[str]]
    missing: dict[str, list[str]] = field(default_factory=dict)
    dump_sha256: str = ""

    def write(self, folder: Path) -> None:
        """Write the manifest last: a folder without one is no backup."""
        self.dump_sha256 = digest(folder / DUMP)
        text = json.dumps(asdict(self), indent=1)
        (folder / MANIFEST).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest, and verify that the dump is the one that it was written for."""
        try:
            found = cls(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as reason:
            raise BackupFailed(f"{folder} holds no whole backup: {reason}") from None
        if digest(folder / DUMP) != found.dump_sha256:
            raise BackupFailed(f"{folder / DUMP} is not the dump that the manifest names.")
        return found


async def describe(connection: Any, schema: str, taken_at: str) -> Manifest:
    """Describe a database as it is in the transaction of a connection."""
    tables = [row["relname"] for row in await connection.fetch(COUNT_TABLES)]
    rows = {name: await connection.fetchval(f'SELECT count(*) FROM "{name}"') for name in tables}
    head = await connection.fetchrow(LAST_HEAD)
    contents = {}
    for folder, table in CONTENTS.items():
        found = await connection.fetch(f"SELECT DISTINCT sha256 FROM {table} ORDER BY sha256")
        contents[folder] = [row["sha256"] for row in found]
    major = connection.get_server_version().major
    return Manifest(schema, major, taken_at, rows, dict(head) if head else None, contents)


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
