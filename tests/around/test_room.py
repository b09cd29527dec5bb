"""There is room for so many requests at once; the next gets a refusal, and nobody meets a 500."""

import asyncio
import itertools
import json
from typing import Any

import asyncpg
import httpx
import pytest

from app.api.middleware.concurrency_limit import ConcurrencyLimit
from app.api.middleware.refusals import SECONDS
from app.api.middleware.request_kinds import RequestKind
from app.domain.actor import Role
from tests.application import LOG, Application, runner
from tests.around.server import exchange, serve
from tests.around.test_sizes import head

ROOM, CROWD = 8, 120
PROBLEM = "application/problem+json"


def test_a_crowd_is_refused_at_once_and_those_inside_are_answered(atlas_url: str) -> None:
    """A lock makes every read slow; it is opened once the crowd has been refused."""
    runner().run(asyncio.sleep(SECONDS))  # what earlier tests counted has been logged
    begin = LOG.tell()
    with Application.on(atlas_url, most_at_once=ROOM) as application:
        told, after = runner().run(_crowd(application, atlas_url))
    refused = [answer for answer in told if answer.status_code == 503]
    assert sorted({answer.status_code for answer in told}) == [200, 503]
    assert len(refused) == CROWD - ROOM
    for answer in refused:
        assert answer.headers["content-type"] == PROBLEM
        assert answer.json()["code"] == "overloaded"
        assert answer.headers["retry-after"] == "2"
    assert after == 200
    application.app.state.refusals.flush()
    lines = [json.loads(line) for line in LOG.getvalue()[begin:].splitlines()]
    assert not [line for line in lines if line.get("status") == 503]
    counted = [line["count"] for line in lines if line["event"] == "requests_refused"]
    assert sum(counted) == len(refused)
    assert len(counted) < len(refused) / 10  # a line a second, not a line each


async def _crowd(application: Application, url: str) -> tuple[list[httpx.Response], int]:
    headers = application.national(Role.VIEWER).headers
    lock = await asyncpg.connect(url)
    limits = httpx.Limits(max_connections=CROWD + 1)
    async with serve(application) as port, httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", headers=headers, limits=limits, timeout=30
    ) as client:  # fmt: skip
        waiting = lock.transaction()
        await waiting.start()
        await lock.execute("LOCK TABLE unit_version, unit IN ACCESS EXCLUSIVE MODE")

        crowd = [asyncio.create_task(client.get("/api/v1/units")) for _ in range(CROWD)]
        for told in itertools.islice(asyncio.as_completed(crowd), CROWD - ROOM):
            await told
        assert (await client.get("/health/live")).status_code == 200
        await waiting.rollback()
        found = await asyncio.gather(*crowd)
        after = await client.get("/api/v1/units")
    await lock.close()
    return found, after.status_code


FLOODS = [
    ("GET", "/api/v1/units", RequestKind.OTHER),
    ("POST", "/graphql", RequestKind.GRAPHQL),
    ("POST", "/oauth/authorize", RequestKind.SIGN_IN),
    ("POST", "/api/v1/documents/1/attachments", RequestKind.FILES),
    ("GET", "/api/v1/public/tips/counter", RequestKind.OTHER),
    ("POST", "/api/v1/public/tips/status", RequestKind.RECEIPTS),
    ("POST", "/api/v1/public/tips/attachments", RequestKind.TIP_FILES),
]


@pytest.mark.parametrize(("method", "path", "kind"), FLOODS)
def test_no_flood_takes_the_slots_of_the_intake(method: str, path: str, kind: RequestKind) -> None:
    """Hand tips in and answer probes, however many others come."""
    stays = asyncio.Event()
    worked, refused = [], []

    async def work(scope: Any, receive: Any, send: Any) -> None:
        worked.append(scope["path"])
        if scope["path"] == path:
            await stays.wait()

    async def flood() -> None:
        limit = ConcurrencyLimit(work, most=ROOM, citizens=ROOM)

        async def send(message: Any) -> None:
            refused.append(message)

        async def ask(method: str, path: str) -> None:
            scope = {"type": "http", "method": method, "path": path, "headers": []}
            await limit(scope, _receive, send)

        crowd = [asyncio.create_task(ask(method, path)) for _ in range(CROWD)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert 0 < worked.count(path) <= ROOM
        assert len(refused) == 2 * (CROWD - worked.count(path))  # a start and a body, at once
        done = len(refused)
        for free in ("/api/v1/public/tips", "/health/live", "/health/ready", "/metrics"):
            await ask("POST", free)
            assert worked[-1] == free
        assert len(refused) == done
        stays.set()
        await asyncio.gather(*crowd)
        assert limit.at_work.slots[kind].taken == 0

    runner().run(flood())


async def _receive() -> Any:
    return {"type": "http.request", "body": b""}


def test_those_who_send_slowly_keep_nobody_out_but_each_other(atlas_url: str) -> None:
    with Application.on(atlas_url, most_at_once=3, body_seconds=1) as application:
        viewer = application.national(Role.VIEWER)
        half = head(viewer, "/graphql", "content-length: 50")

        async def visit() -> tuple[list[bytes], bytes, int]:
            async with serve(application) as port:
                slow = [asyncio.create_task(exchange(port, half, b"{")) for _ in range(2)]
                await asyncio.sleep(0.2)
                third = await exchange(port, half, b"{")
                read = await application.answer("GET", "/api/v1/units", headers=viewer.headers)
                return await asyncio.gather(*slow), third, read.status_code

        slow, third, read = runner().run(visit())
        assert read == 200
        assert third.startswith(b"HTTP/1.1 503 ")
        assert [one[:13] for one in slow] == [b"HTTP/1.1 408 "] * 2
        assert viewer.query("{ me { level } }").status_code == 200


def test_slow_readers_hold_no_slot(atlas_url: str) -> None:
    with Application.on(atlas_url, most_at_once=1) as application:
        headers = application.national(Role.VIEWER).headers
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]

        async def visit() -> int:
            unread, read = asyncio.Event(), asyncio.Event()

            async def send(message: Any) -> None:
                if message["type"] == "http.response.body":
                    unread.set()
                    await read.wait()

            async def receive() -> Any:
                return {"type": "http.request", "body": b""}

            scope = {
                "type": "http", "method": "GET", "path": "/api/v1/units", "headers": raw,
                "raw_path": b"/api/v1/units", "root_path": "", "query_string": b"",
            }  # fmt: skip
            slow = asyncio.create_task(application.app(scope, receive, send))
            await unread.wait()
            next_one = await application.answer("GET", "/api/v1/units", headers=headers)
            read.set()
            await slow
            return next_one.status_code

        assert runner().run(visit()) == 200


def test_places_are_given_back_however_a_request_ends(atlas_url: str) -> None:
    with Application.on(atlas_url, most_at_once=1, body_seconds=0.2) as application:
        viewer = application.national(Role.VIEWER)
        half = head(viewer, "/graphql", "content-length: 50")

        async def visit() -> None:
            async with serve(application) as port:
                for _ in range(3):
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.write(half)
                    await writer.drain()
                    writer.close()  # leaves in the middle
                    await asyncio.sleep(0.05)
                    await exchange(port, half)  # is too slow

        runner().run(visit())
        for path in ("/api/v1/units", "/nothing", "/api/v1/units?limit=x", "/api/v1/units"):
            assert viewer.get(path).status_code in (200, 404, 400, 422)
        kind = {"content-type": "application/json"}
        for _ in range(3):
            viewer.send("POST", "/graphql", content=b"x" * 300_000, headers=kind)
        assert viewer.query("{ me { level } }").status_code == 200
