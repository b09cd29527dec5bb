"""Uploads: into an anonymous temporary file, inspected, then stored or discarded."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from app.domain.attachments import names
from app.domain.attachments.errors import FileTooLarge
from app.domain.attachments.faults import FAULTS, FileRefused, KindNotTaken
from app.domain.attachments.inspection import KIND
from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.pool import FilePool

TASK = "app.domain.attachments.inspection:inspect"


@dataclass(frozen=True, slots=True)
class Upload:
    """An inspected file that may be stored."""

    file: IO[bytes]
    file_name: str
    media_type: str
    size: int
    sha256: str


@asynccontextmanager
async def receive_upload(
    files: FilePool, name: str, chunks: AsyncIterator[bytes], most: int
) -> AsyncIterator[Upload]:
    """Take in a file, of which nothing is left anywhere when it is refused."""
    file_name, size, digest = names.clean_name(name), 0, sha256()
    with tempfile.TemporaryFile() as file:
        async for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise FileTooLarge(most=most)
            digest.update(chunk)
            file.write(chunk)
        if not size:
            raise FileRefused("empty")
        file.flush()
        file.seek(0)
        kind = await _inspect(files, file, size, file_name)
        file.seek(0)
        yield Upload(file, file_name, kind, size, digest.hexdigest())


async def _inspect(files: FilePool, file: IO[bytes], size: int, name: str) -> str:
    """Return the media type of a file, as a limited process finds it."""
    try:
        answer, _ = await files.run(TASK, file, size, name=name)
    except Refused as refusal:
        if refusal.code == KIND:
            raise KindNotTaken() from None
        raise FileRefused(refusal.code if refusal.code in FAULTS else "unreadable") from None
    media_type: str = answer["media_type"]
    return media_type
