"""The application behind a real server on this machine, for what only happens on a wire."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from app.server.http_protocol import TimeoutHttpProtocol
from app.server.processes import bind
from tests.application import Application


@asynccontextmanager
async def serve(application: Application) -> AsyncIterator[int]:
    """The port it listens on."""
    config = uvicorn.Config(
        application.app,
        lifespan="off",
        log_level="warning",
        server_header=False,
        access_log=False,
        http=TimeoutHttpProtocol,
    )
    server = uvicorn.Server(config)
    with bind("127.0.0.1", 0) as layer:
        layer.listen(512)
        task = asyncio.create_task(server.serve([layer]))
        while not server.started:  # noqa: ASYNC110 -- it tells in no other way
            await asyncio.sleep(0.01)
        try:
            yield layer.getsockname()[1]
        finally:
            server.should_exit = True
            await task


async def exchange(port: int, *parts: bytes, pause: float = 0) -> bytes:
    """Send these bytes, part by part, and read until the server closes or says nothing more."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in parts:
        writer.write(part)
        await writer.drain()
        await asyncio.sleep(pause)
    said = b""
    try:
        async with asyncio.timeout(3):
            while some := await reader.read(65536):
                said += some
                if b"\r\n\r\n" in said and said.endswith(b"}"):
                    break
    finally:
        writer.close()
    return said
