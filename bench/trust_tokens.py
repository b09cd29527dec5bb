"""Tokens that nobody may come in with: none does, none breaks anything, none costs a statement."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from random import Random
from typing import Any

import asyncpg
import httpx

from app.db.embedded.discovery import find_running_url
from bench.forged_tokens import Forger
from bench.trust_server import installation, prepare
from bench.trust_terms import Terms, Verdict

AT_ONCE, BATCH, LONG = 16, 500, 60_000
QUERY = {"query": "{ units { nodes { id } } }"}
Send = Callable[..., Awaitable[httpx.Response]]
# When each connection of the application has last begun a statement.
CENSUS = """
SELECT pid, query_start::text FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
AND pid <> pg_backend_pid() AND query NOT ILIKE '%procrastinate%'
"""


async def knock(send: Send, token: str) -> list[int | str]:
    """Return the answers of both layers; a server may hang up on what is too long to read."""
    headers = {b"authorization": b"Bearer " + token.encode("utf-8")}
    answers: list[int | str] = []
    for method, path, body in (("GET", "/api/v1/units", None), ("POST", "/graphql", QUERY)):
        how = {"headers": headers, "json": body}
        answers.append(await _answer(send, method, path, how=how, again=len(token) <= LONG))
    return answers


async def _answer(send: Send, *request_line: str, how: Any, again: bool) -> int | str:
    """Return a status; try once more where the connection was just ending for what came before."""
    try:
        return (await send(*request_line, **how)).status_code
    except httpx.TransportError:
        return await _answer(send, *request_line, how=how, again=False) if again else "hung up"


class Watch:
    """Count the connections of the application that did anything since a moment."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    async def last_activity(self) -> set[tuple[int, str]]:
        return {tuple(row) for row in await self.connection.fetch(CENSUS)}


async def assault(send: Send, url: str, tokens: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Knock at both layers with each token; count what must be nothing."""
    answers: Counter[int | str] = Counter()
    wrong: Counter[str] = Counter()
    gate = asyncio.Semaphore(AT_ONCE)
    connection = await asyncpg.connect(url)
    watch = Watch(connection)

    async def one(kind: str, token: str) -> None:
        async with gate:
            found = await knock(send, token)
        answers.update(found)
        if not {*found} <= (REFUSED | TOO_LONG if len(token) > LONG else REFUSED):
            wrong[kind] += 1

    before, waiting = await watch.last_activity(), list(tokens)
    for start in range(0, len(waiting), BATCH):
        await asyncio.gather(*(one(*token) for token in waiting[start : start + BATCH]))
    touched = await watch.last_activity() - before
    await connection.close()
    return {
        "tokens": len(waiting),
        "accepted": sum(n for status, n in answers.items() if str(status)[0] in "23"),
        "5xx": sum(n for status, n in answers.items() if str(status)[0] == "5"),
        "other": sum(wrong.values()),
        "database": len(touched),
        "answers": json.dumps({str(k): n for k, n in answers.items()}).replace(" ", ""),
        **({"kinds": ",".join(sorted(wrong))} if wrong else {}),
    }


REFUSED: set[int | str] = {401, 400, 431}
TOO_LONG: set[int | str] = {"hung up"}
NOTHING = ("accepted", "5xx", "other", "database")


def tokens(terms: Terms) -> Verdict:
    """Mangled tokens of every kind at both layers of a real server."""
    return asyncio.run(_tokens(terms, good=False))


def good_token(terms: Terms) -> Verdict:
    """Control: one good token among them, which must be seen by every figure."""
    return asyncio.run(_tokens(terms, good=True))


async def _tokens(terms: Terms, *, good: bool) -> Verdict:
    with installation(terms.folder / "tokens", prepare(terms.folder)) as place:
        # without jobs: every query in the database comes from a request
        await asyncio.to_thread(place.start, "--no-demo", "--no-worker")
        await asyncio.to_thread(place.ready)
        token = await asyncio.to_thread(place.token, "viewer")
        url = find_running_url(place.data)
        assert url
        key = json.loads((place.data / "signing-keys.json").read_text())["keys"][0]
        made = list(Forger(key, token, Random(terms.seed)).tokens(terms.times))
        async with httpx.AsyncClient(base_url=place.site, timeout=60) as client:
            await client.get("/health/ready")
            figures = await assault(
                client.request, url, [*made, *([("good", token)] if good else [])]
            )
    holds = not any(figures[name] for name in NOTHING)
    name = "tokens(one-good)" if good else "tokens"
    return Verdict(name, figures | {"seed": terms.seed}, holds)
