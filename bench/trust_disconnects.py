"""Clients that leave in the middle of a request: no connection of the pool stays behind."""

import asyncio
import json
import time
from collections import Counter
from random import Random
from typing import Any

import asyncpg

from app.db.embedded.discovery import find_running_url
from bench.trust_ledger import MODELS, TYPE, Traffic
from bench.trust_processes import surroundings
from bench.trust_readers import LIST
from bench.trust_server import Installation, installation, prepare
from bench.trust_terms import Terms, Verdict, seconds

POOL, AT_ONCE = 4, 32
MAX_CONNECTIONS = 2 * POOL + 1  # one pool reads, one writes; one tells whether it is ready
CENSUS = """
SELECT state, count(*) FROM pg_stat_activity
WHERE usename = 'binhyen' AND pid <> pg_backend_pid() GROUP BY state
"""


def leaving(terms: Terms) -> Verdict:
    """Requests of three kinds whose client closes the socket at a random moment."""
    return asyncio.run(_leaving(terms, leak=False))


def leaking(terms: Terms) -> Verdict:
    """Control: one connection of the application is left in a transaction."""
    return asyncio.run(_leaving(terms, leak=True))


async def _leaving(terms: Terms, *, leak: bool) -> Verdict:
    small = surroundings(terms.folder, BINHYEN_POOL_SIZE=str(POOL), BINHYEN_WORKER="0")
    with installation(terms.folder / "leaving", prepare(terms.folder), env=small) as place:
        await asyncio.to_thread(place.start)
        await asyncio.to_thread(place.ready)
        token = await asyncio.to_thread(place.token, "approver")
        async with Traffic(place.site, token) as traffic:
            await traffic.begin()
            await traffic.end()
            left = await _leave_often(place, token, terms)
            url = find_running_url(place.data)
            assert url
            found = await _census(url, leak=leak)
            answers = await _answers(traffic)
        failed = place.output().count('"event": "failed"')
    figures = {
        "requests": terms.times,
        **left,
        "connections": found.total(),
        "most": MAX_CONNECTIONS,
    }
    figures |= {"not_idle": found.total() - found["idle"], "failed": failed, **answers}
    holds = found.total() <= MAX_CONNECTIONS and found.total() == found["idle"] and not failed
    name = "leaving(one-leak)" if leak else "leaving"
    return Verdict(name, figures | {"seed": terms.seed}, holds and not answers["refused"])


async def _leave_often(place: Installation, token: str, terms: Terms) -> dict[str, object]:
    dice, gate, kept = Random(terms.seed), asyncio.Semaphore(AT_ONCE), Counter[str]()
    requests = _requests(token)

    async def one(number: int) -> None:
        async with gate:
            request = requests[number % len(requests)](number)
            kept[await _leave(place.port, request, dice)] += 1

    await asyncio.gather(*(one(number) for number in range(terms.times)))
    return {"cut_short": kept["cut short"], "unread": kept["unread"]}


def _requests(token: str) -> list[Any]:
    head = f"host: x\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n"

    def post(path: str, body: Any) -> bytes:
        told = json.dumps(body)
        return f"POST {path} HTTP/1.1\r\n{head}content-length: {len(told)}\r\n\r\n{told}".encode()

    def model(number: int) -> bytes:
        name = f"left-{number}"
        return post(MODELS, {"type": TYPE, "units": ["VN"], "name": name, "reference": name})

    return [
        lambda _: f"GET {MODELS}?limit=100&expand=unit HTTP/1.1\r\n{head}\r\n".encode(),
        lambda _: post("/graphql", {"query": LIST}),
        model,
    ]


async def _leave(port: int, request: bytes, dice: Random) -> str:
    """Send some or all of a request, wait a moment, and close without reading an answer."""
    whole = dice.random() < 0.7
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request if whole else request[: dice.randrange(1, len(request))])
    await asyncio.sleep(dice.uniform(0, 0.08))
    if dice.random() < 0.5:
        writer.transport.abort()
    else:
        writer.close()
    return "unread" if whole else "cut short"


async def _census(url: str, *, leak: bool) -> Counter[str]:
    """The connections of the application by what they do, once all has had time to settle."""
    stray, mine = await asyncpg.connect(url), await asyncpg.connect(url)
    if leak:
        await stray.execute("BEGIN")
    else:
        await stray.close()
    begin = time.monotonic()
    while True:
        found = Counter(dict(await mine.fetch(CENSUS)))
        if found.total() == found["idle"] or time.monotonic() - begin > 10:
            break
        await asyncio.sleep(0.2)
    await stray.close()
    await mine.close()
    return found


async def _answers(traffic: Traffic) -> dict[str, Any]:
    """The server still answers, more callers at once than a pool with leaks could serve."""
    begin = time.monotonic()
    ask = (traffic.client.get(MODELS, params={"limit": 1}) for _ in range(4 * MAX_CONNECTIONS))
    found = Counter(answer.status_code for answer in await asyncio.gather(*ask))
    return {"answers": found[200], "refused": found.total() - found[200],
            "in": seconds(time.monotonic() - begin)}  # fmt: skip
