"""Many who change one record at once: one succeeds, the others get an error that they came late."""

import asyncio
from collections import Counter
from typing import Any

import httpx

from bench.trust_ledger import MODELS, TYPE, Traffic
from bench.trust_server import Installation, installation, prepare
from bench.trust_terms import Terms, Verdict

WRITERS = 50


def races(terms: Terms) -> Verdict:
    """So many rounds of fifty writers on one row, and as many of two who launch one model."""
    with installation(terms.folder / "races", prepare(terms.folder)) as place:
        place.start()
        place.ready()
        return asyncio.run(_races(place, place.token("approver"), terms))


async def _races(place: Installation, token: str, terms: Terms) -> Verdict:
    async with Traffic(place.site, token) as traffic:
        await traffic.begin()
        await traffic.end()
        client = traffic.client
        row, wrong, statuses = await _model(client), 0, Counter[int]()
        for version in range(1, terms.times + 1):
            found = Counter(await _at_once(client, row, version))
            wrong += found != {200: 1, 412: WRITERS - 1}
            statuses += found
        twice = sum([await _two_survey(client) != [200, 412] for _ in range(terms.times)])
        version = (await client.get(f"{MODELS}/{row}")).raise_for_status().json()["version"]
    figures: dict[str, Any] = {"rounds": terms.times, "writers": WRITERS, "wrong_rounds": wrong}
    figures |= {"statuses": dict(statuses), "version": version, "launched_otherwise": twice}
    holds = not wrong and not twice and version == terms.times + 1
    return Verdict("races", figures | {"seed": terms.seed}, holds)


async def _at_once(client: httpx.AsyncClient, row: str, version: int) -> list[int]:
    async def change(number: int) -> int:
        said = {"households": version * 100 + number}
        answer = await client.patch(f"{MODELS}/{row}", json=said, headers=_tag(version))
        return answer.status_code

    return await asyncio.gather(*(change(number) for number in range(WRITERS)))


async def _two_survey(client: httpx.AsyncClient) -> list[int]:
    path = f"{MODELS}/{await _model(client)}"
    sent = (
        client.post(f"{path}/transitions", json={"action": "survey"}, headers=_tag(1))
        for _ in range(2)
    )
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*sent))
    asked: Any = {"expand": "transitions"}
    steps = (await client.get(path, params=asked)).raise_for_status().json()["transitions"]
    return statuses if len(steps) == 1 else []


async def _model(client: httpx.AsyncClient) -> str:
    asked: Any = {"level": "commune", "limit": 1, "fields": "code"}
    units = (await client.get("/api/v1/units", params=asked)).raise_for_status().json()["items"]
    data = {"type": TYPE, "units": [units[0]["code"]], "name": "raced for"}
    made: str = (await client.post(MODELS, json=data)).raise_for_status().json()["id"]
    return made


def _tag(version: int) -> dict[str, str]:
    return {"if-match": f'"{version}"'}
