"""Keys sent many times at once while the server is killed: each acts once, each answers alike."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx

from bench.trust_crash import kill_server_quietly
from bench.trust_ledger import MODELS, TYPE, Traffic
from bench.trust_server import Installation, installation, prepare
from bench.trust_terms import Terms, Verdict

COPIES, KEYS_AT_ONCE, KILLS = 8, 12, 5


def once(terms: Terms) -> Verdict:
    """So many keys, eight copies of each at the same time, and five ends of the server."""
    with installation(terms.folder / "once", prepare(terms.folder)) as place:
        place.start()
        place.ready()
        return asyncio.run(_once(place, place.token("approver"), terms))


@dataclass
class Observations:
    """The answers, key by key."""

    statuses: Counter[int] = field(default_factory=Counter)
    answers: dict[int, set[bytes]] = field(default_factory=dict)
    lost: int = 0
    done: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)


async def _once(place: Installation, token: str, terms: Terms) -> Verdict:
    async with Traffic(place.site, token) as traffic:
        await traffic.begin()
        await traffic.end()
        client, observed = traffic.client, Observations()
        before, unit = await _rows(client), await _commune(client)
        gate = asyncio.Semaphore(KEYS_AT_ONCE)
        kills = asyncio.create_task(_kill(place, observed, terms))
        await asyncio.gather(
            *(_copies(client, n, unit, observed, gate) for n in range(terms.times))
        )
        killed = await kills
        others = await _others(client, terms.times, unit)
        rows = await _rows(client) - before
    differing = sum(len(answers) != 1 for answers in observed.answers.values())
    figures: dict[str, Any] = {"keys": terms.times, "copies": COPIES, "kills": killed, "rows": rows}
    figures |= {"answers_differing": differing, "other_body": dict(others), "lost": observed.lost}
    figures |= {"statuses": dict(sorted(observed.statuses.items())), "seed": terms.seed}
    proper = set(observed.statuses) <= {201, 409, 503} and set(others) == {422}
    return Verdict("once", figures, rows == terms.times and not differing and proper)


async def _copies(
    client: httpx.AsyncClient,
    number: int,
    unit: str,
    observed: Observations,
    gate: asyncio.Semaphore,
) -> None:
    async with gate:
        sent = (_until_answered(client, number, unit, observed) for _ in range(COPIES))
        observed.answers[number] = set(await asyncio.gather(*sent))
        observed.done += 1
        observed.news.set()


async def _until_answered(
    client: httpx.AsyncClient, number: int, unit: str, observed: Observations
) -> bytes:
    while True:
        try:
            answer = await client.post(MODELS, json=_model(number, unit), headers=_key(number))
        except httpx.TransportError:
            observed.lost += 1
            await asyncio.sleep(0.2)
            continue
        observed.statuses[answer.status_code] += 1
        if answer.status_code == 201:
            return answer.content
        await asyncio.sleep(0.05)


async def _kill(place: Installation, observed: Observations, terms: Terms) -> int:
    """End the server hard while keys are under way, spread over the whole run."""
    dice = Random(terms.seed)
    for kill in range(KILLS):
        least = terms.times * (kill + 1) // (KILLS + 1)
        while observed.done < least:
            observed.news.clear()
            await observed.news.wait()
        await asyncio.sleep(dice.uniform(0, 0.3))
        await kill_server_quietly(place)
        terms.tell(f"once {observed.done}/{terms.times}: killed {kill + 1}")
    return KILLS


async def _others(client: httpx.AsyncClient, keys: int, unit: str) -> Counter[int]:
    """The same keys with another body."""
    found: Counter[int] = Counter()
    for number in range(keys):
        other = _model(number, unit) | {"name": "another"}
        answer = await client.post(MODELS, json=other, headers=_key(number))
        found[answer.status_code] += 1
    return found


async def _rows(client: httpx.AsyncClient) -> int:
    asked: Any = {"type": TYPE, "total": "exact", "limit": 1}
    found: int = (await client.get(MODELS, params=asked)).raise_for_status().json()["total"]
    return found


async def _commune(client: httpx.AsyncClient) -> str:
    asked: Any = {"level": "commune", "limit": 1, "fields": "code"}
    found = (await client.get("/api/v1/units", params=asked)).raise_for_status().json()
    code: str = found["items"][0]["code"]
    return code


def _model(number: int, unit: str) -> dict[str, Any]:
    return {"type": TYPE, "units": [unit], "name": f"once {number}"}


def _key(number: int) -> dict[str, str]:
    return {"idempotency-key": f"key-{number}"}
