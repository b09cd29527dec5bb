"""Installations that do lose what they acknowledged: on these the proofs must fail."""

import asyncio

import asyncpg
import httpx

from app.db.embedded.discovery import find_running_url
from bench.trust_crash import Crash, kill_postmaster, kill_server
from bench.trust_ledger import MODELS
from bench.trust_server import Installation


class Hasty(httpx.AsyncHTTPTransport):
    """Something before the server that says 201 by itself, and only then sends the model on."""

    def __init__(self) -> None:
        super().__init__(limits=httpx.Limits(max_connections=100))
        self._tasks: set[asyncio.Task[None]] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path != MODELS or request.method != "POST":
            return await super().handle_async_request(request)
        await asyncio.sleep(0.1)
        task = asyncio.create_task(self._send_on(request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return httpx.Response(201)

    async def _send_on(self, request: httpx.Request) -> None:
        try:
            await (await super().handle_async_request(request)).aread()
        except httpx.TransportError:
            return


async def forget(place: Installation) -> None:
    """Let PostgreSQL acknowledge commits up to ten seconds before they are written."""
    url = find_running_url(place.data)
    assert url
    connection = await asyncpg.connect(url, user="postgres")
    await connection.execute("ALTER SYSTEM SET synchronous_commit = off")
    await connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


HASTY = Crash("crash-server(hasty-201)", kill_server, transport=Hasty())
FORGETFUL = Crash("crash-postgres(synchronous_commit=off)", kill_postmaster, spoil=forget)
