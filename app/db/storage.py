"""Storage of attachment contents: a folder or a bucket, each content under its hash."""

import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Self
from urllib.parse import unquote, urlsplit

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from app.db.disk_space import STORAGE, is_storage_full, report_full
from app.settings import Settings

LOG = structlog.get_logger()
FOLDER = "attachments"
CHUNK = 262_144
OWN_ERRORS = re.compile(r"[0-9a-f]{64}")
PATIENCE: Any = {"connect_timeout": "5s", "timeout": "60s"}


class StorageError(Exception):
    """The storage does not answer, or does not have what should be there."""


class Storage:
    """Contents by their SHA-256; the same content is there once."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @cached_property
    def _store(self) -> Any:
        """Open the store on first use: a process that stores nothing needs no writable place."""
        return self._make()

    @classmethod
    def of(cls, settings: Settings, part: str = "") -> Self:
        """Return the storage that the settings name, or a named part of it."""
        if settings.storage is None:
            return cls.in_folder(settings.data / (part or FOLDER))
        place = urlsplit(settings.storage)
        if place.scheme == "file":
            return cls.in_folder(Path(unquote(place.path)) / part)
        prefix = "/".join(filter(None, (place.path.strip("/"), part)))
        return cls(lambda: _bucket(settings, place.netloc, prefix))

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        return cls(lambda: LocalStore(folder.resolve(), mkdir=True))

    async def put(self, sha256: str, file: IO[bytes]) -> None:
        """Store a content, whole or not at all."""
        try:
            await obstore.put_async(self._store, _key(sha256), file)
        except (BaseError, OSError) as error:
            raise _storage_error("put", error) from None

    async def get(self, sha256: str) -> AsyncIterator[bytes]:
        """Return a content in chunks; a missing one is noticed before the first chunk is read."""
        try:
            found = await obstore.get_async(self._store, _key(sha256))
        except (BaseError, OSError) as error:
            raise _storage_error("get", error) from None
        return _pieces(found)

    async def delete(self, sha256: str) -> None:
        """Delete a content."""
        try:
            await obstore.delete_async(self._store, _key(sha256))
        except (BaseError, OSError) as error:
            raise _storage_error("delete", error) from None

    async def list(self) -> AsyncIterator[tuple[str, datetime]]:
        """List the hashes of all contents, each with the time of its last write."""
        try:
            async for some in obstore.list(self._store):
                for one in some:
                    name = one["path"].rpartition("/")[2]
                    if OWN_ERRORS.fullmatch(name) and one["path"] == _key(
                        name
                    ):  # not of another part
                        yield name, one["last_modified"]
        except (BaseError, OSError) as error:
            raise _storage_error("list", error) from None


async def _pieces(found: Any) -> AsyncIterator[bytes]:
    async for piece in found.stream(min_chunk_size=CHUNK):
        yield bytes(piece)


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _bucket(settings: Settings, bucket: str, prefix: str) -> S3Store:
    given: dict[str, Any] = {"region": settings.storage_region}
    client: Any = dict(PATIENCE)
    if endpoint := settings.storage_endpoint:
        given["endpoint"] = endpoint
        client["allow_http"] = endpoint.startswith("http://")
    if settings.storage_key_id and settings.storage_secret:
        given["access_key_id"] = settings.storage_key_id.get_secret_value()
        given["secret_access_key"] = settings.storage_secret.get_secret_value()
    return S3Store(bucket, prefix=prefix or None, client_options=client, **given)


def _storage_error(what: str, error: Exception) -> StorageError:
    if is_storage_full(error):
        report_full(STORAGE)
    LOG.error("storage_failed", what=what, error=type(error).__name__)
    return StorageError(what)
