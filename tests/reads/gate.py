"""A gate before the database, which can be shut: then the database is lost."""

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit


class Gate:
    """Passes bytes on to a database while it stands open."""

    def __init__(self, url: str) -> None:
        self.behind = urlsplit(url)
        self.server: asyncio.Server | None = None
        self.port = 0
        self.writers: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        """The address of the database, by way of the gate."""
        return self.behind._replace(
            netloc=f"{self.behind.netloc.rpartition(':')[0]}:{self.port}"
        ).geturl()

    async def open(self) -> None:
        self.server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        assert self.server is not None
        self.server.close()
        for writer in self.writers:
            writer.transport.abort()
        await self.server.wait_closed()
        await asyncio.sleep(0.05)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = self.behind.hostname, self.behind.port
        far_reader, far_writer = await asyncio.open_connection(host, port)
        self.writers |= {writer, far_writer}
        await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer))
        self.writers -= {writer, far_writer}


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while some := await reader.read(65536):
            writer.write(some)
            await writer.drain()
    with suppress(OSError):
        writer.close()
        await writer.wait_closed()
