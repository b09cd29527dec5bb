"""Receipts are not guessed, and a wrong one is answered as late as a right one."""

import asyncio
import time
from random import Random
from statistics import median, quantiles
from typing import Any

import httpx

from app.domain.confidential.crypto.keyrings import write_key_file
from app.domain.tips.crypto.keys import generate_keys
from app.domain.tips.crypto.receipts import format_receipt
from bench.trust_anonymity import SWIFT, TIPS
from bench.trust_processes import surroundings
from bench.trust_server import Installation, installation, prepare
from bench.trust_terms import Terms, Verdict
from tests.application import LIGHT

KNOWN, PAIRS_IN, AT_ONCE = 100, 50, 8
CLOSE = 0.05
PLENTY = {name: value for name, value in SWIFT.items() if name != "BINHYEN_TIP_ANSWER_SECONDS"}


def receipts(terms: Terms) -> Verdict:
    """So many receipts at random among real ones; then hits and misses in turn, at full cost."""
    dice, figures = Random(terms.seed), dict[str, Any]()
    with _serving(terms, "guessing", SWIFT, LIGHT) as place:
        guessed = asyncio.run(_guess_at(place, terms, dice))
    with _serving(terms, "timing", PLENTY, None) as place:
        hits, misses = asyncio.run(_time(place, max(20, terms.times // PAIRS_IN), dice))
    apart = abs(median(hits) - median(misses)) / median(misses)
    figures = {"guesses": terms.times, "hits": guessed, "timed": f"{len(hits)}+{len(misses)}"}
    figures |= {
        "hit": _describe_times(hits),
        "miss": _describe_times(misses),
        "apart": f"{apart:.2%}",
    }
    return Verdict("receipts", figures | {"seed": terms.seed}, not guessed and apart <= CLOSE)


async def guesses(terms: Terms, client: httpx.AsyncClient) -> Verdict:
    """The first half alone, at any server, for machines that are too busy to be timed."""
    found = await _guess(client, terms, Random(terms.seed))
    return Verdict("guesses", {"guesses": terms.times, "hits": found}, not found)


def _describe_times(times: list[float]) -> str:
    return f"{median(times) * 1000:.1f}ms(p99={quantiles(times, n=100)[-1] * 1000:.1f})"


class _serving:
    """A server with tips in it, whose receipts cost little or all they do in production."""

    def __init__(
        self, terms: Terms, name: str, env: dict[str, str], cost: dict[str, int] | None
    ) -> None:
        self.cost = cost
        self.within = installation(
            terms.folder / name, prepare(terms.folder), env=surroundings(terms.folder, **env)
        )

    def __enter__(self) -> Installation:
        place = self.within.__enter__()
        (place.data / "tip-keys.json").unlink(missing_ok=True)
        write_key_file(place.data / "tip-keys.json", generate_keys(self.cost))
        place.start()
        place.ready()
        return place

    def __exit__(self, *failed: Any) -> None:
        self.within.__exit__(*failed)


async def _list_known(client: httpx.AsyncClient, most: int) -> list[str]:
    tip = {"text": "Có người lạ.", "unit_code": "19"}
    answers = [(await client.post(TIPS, json=tip)).raise_for_status() for _ in range(most)]
    return [answer.json()["receipt"] for answer in answers]


async def _guess_at(place: Installation, terms: Terms, dice: Random) -> int:
    async with httpx.AsyncClient(base_url=place.site, timeout=120) as client:
        return await _guess(client, terms, dice)


async def _guess(client: httpx.AsyncClient, terms: Terms, dice: Random) -> int:
    """Count the guesses that open anything; each real receipt does, to show that they could."""
    known = await _list_known(client, KNOWN)
    gate = asyncio.Semaphore(AT_ONCE)

    async def opens(receipt: str) -> bool:
        async with gate:
            answer = await client.post(f"{TIPS}/status", json={"receipt": receipt})
        assert answer.status_code in (200, 404), answer.text
        return answer.status_code == 200

    assert all(await asyncio.gather(*map(opens, known))), "the true ones open"
    hits = 0
    for begin in range(0, terms.times, 1000):
        some = [_draw(dice) for _ in range(min(1000, terms.times - begin))]
        hits += sum(await asyncio.gather(*map(opens, some)))
        terms.tell(f"receipts: {begin + len(some)} guessed")
    return hits


async def _time(place: Installation, pairs: int, dice: Random) -> tuple[list[float], list[float]]:
    hits, misses = list[float](), list[float]()
    async with httpx.AsyncClient(base_url=place.site, timeout=120) as client:
        known = await _list_known(client, 10)
        for _ in range(pairs):
            for receipt, times, status in (
                (dice.choice(known), hits, 200), (_draw(dice), misses, 404),
            ):  # fmt: skip
                begin = time.perf_counter()
                answer = await client.post(f"{TIPS}/status", json={"receipt": receipt})
                times.append(time.perf_counter() - begin)
                assert answer.status_code == status, answer.text
    return hits, misses


def _draw(dice: Random) -> str:
    return format_receipt("".join(dice.choice("0123456789") for _ in range(20)))
