"""A key for each record, in a folder outside the database and its backups.

A record whose key was destroyed opens nowhere again, from no backup of the database either.
"""

import json
import os
from asyncio import to_thread
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.domain.confidential.crypto.keyrings import (
    Keyring,
    generate_key_pair,
    load_keyring,
    write_key_file,
)


@dataclass(frozen=True, slots=True)
class KeyStore:
    """The keys of one kind of record: a file for each, readable by its owner alone."""

    folder: Path
    use: str

    async def create_key(self, id: UUID) -> Keyring:
        """Make the key of a new record; on the disk before anything is sealed with it."""
        return await to_thread(self._create, id)

    async def find_key(self, id: UUID) -> Keyring | None:
        """Find the key of a record; None where it was destroyed, or lies on another server."""
        return await to_thread(self._load, id)

    async def destroy_key(self, id: UUID) -> None:
        """Destroy the key of a record; once more does no harm."""
        await to_thread(self._destroy, id)

    def _create(self, id: UUID) -> Keyring:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_key_file(self._file(id), {self.use: [generate_key_pair(self.use)]})
        self._sync(self._file(id))
        self._sync(self.folder)
        found = self._load(id)
        assert found, "it was written just now"
        return found

    def _load(self, id: UUID) -> Keyring | None:
        try:
            pairs = json.loads(self._file(id).read_text())[self.use]
        except FileNotFoundError:
            return None
        return load_keyring(self.use, pairs, self._file(id))

    def _destroy(self, id: UUID) -> None:
        if self.folder.exists():
            self._file(id).unlink(missing_ok=True)
            self._sync(self.folder)

    def _file(self, id: UUID) -> Path:
        return self.folder / f"{id}.json"

    def _sync(self, path: Path) -> None:
        """Bring a file or a folder to the disk: a key that is lost seals for good."""
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
