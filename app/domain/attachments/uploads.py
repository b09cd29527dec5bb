"""Uploads: into an anonymous temporary file, inspected, then stored or discarded."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from app.domain.attachments import names
from app.domain.attachments.errors import FileRefused, FileTooLarge
from app.domain.attachments.media_types import media_type_of


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
    name: str, chunks: AsyncIterator[bytes], most: int
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
        kind = await asyncio.to_thread(media_type_of, file, size, file_name)
        file.seek(0)
        yield Upload(file, file_name, kind, size, digest.hexdigest())
