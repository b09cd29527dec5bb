"""Overload is refused, not suffered: ten times the load, while tips come in and probes ask."""

import asyncio
from time import perf_counter
from typing import Any

import httpx

from app.domain.confidential.crypto.keyrings import write_key_file
from app.domain.tips.crypto.keys import generate_keys
from bench.overload_client import AnswerTimes, press
from bench.trust_anonymity import SWIFT, TIPS
from bench.trust_processes import surroundings
from bench.trust_server import Installation, installation, prepare
from bench.trust_terms import Terms, Verdict
from tests.application import LIGHT

CALLERS, TIMES = 40, 10
ACCEPTED_SECONDS, REFUSED_SECONDS, READY_SECONDS, ANSWERED = 1.0, 0.05, 1.0, 0.999
KEPT = 0.3  # of the accepted answers a second; the rest of the processor refuses
TIP = {"text": "Có người lạ.", "unit_code": "19"}


def overload(terms: Terms) -> Verdict:
    """A load that the server carries, then ten times as many callers, for so many seconds."""
    return _run(terms, "overload")


def without_limit(terms: Terms) -> Verdict:
    """Control: every request is let in."""
    return _run(terms, "overload(no-limit)", BINHYEN_MOST_AT_ONCE="1000000")


def _run(terms: Terms, name: str, **more: str) -> Verdict:
    env = surroundings(terms.folder, **SWIFT, **more)
    with installation(terms.folder / name, prepare(terms.folder), env=env) as place:
        (place.data / "tip-keys.json").unlink(missing_ok=True)
        write_key_file(place.data / "tip-keys.json", generate_keys(LIGHT))
        place.start()
        place.ready()
        token = place.token("viewer")
        figures, holds = asyncio.run(_press(place, token, terms.times))
        lines = place.log.read_text(errors="replace").splitlines()
    refusals = sum('"requests_refused"' in line for line in lines)
    one_by_one = sum('"status": 503' in line for line in lines)
    figures |= {"refusal_lines": refusals, "one_by_one": one_by_one}
    return Verdict(name, figures, holds and not one_by_one)


async def _press(place: Installation, token: str, seconds: float) -> tuple[dict[str, Any], bool]:
    head = f"host: x\r\nauthorization: Bearer {token}\r\n\r\n"
    request = f"GET /api/v1/units?limit=20 HTTP/1.1\r\n{head}".encode()
    await press(place.port, request, callers=8, seconds=2)  # all is compiled and connected
    usual = await press(place.port, request, callers=CALLERS, seconds=seconds)
    beside = asyncio.create_task(_ask_beside(place, seconds))
    many = await press(place.port, request, callers=CALLERS * TIMES, seconds=seconds)
    ready, tips = await beside
    rates = [taken.count(200) / seconds for taken in (usual, many)]
    figures = {
        "usual": f"{rates[0]:.0f}/s", "tenfold": f"{rates[1]:.0f}/s",
        "refused": f"{many.count(503) / seconds:.0f}/s",
        "accepted_p99": _ms(many.share(0.99, 200)), "refused_p99": _ms(many.share(0.99, 503)),
        "ready": f"{ready.count(200)}/{_total(ready)}", "ready_most": _ms(ready.share(1, 200)),
        "tips": f"{tips.count(201)}/{_total(tips)}", "tips_p99": _ms(tips.share(0.99, 201)),
    }  # fmt: skip
    holds = (
        many.count(503) > 0
        and rates[1] >= KEPT * rates[0]
        and many.share(0.99, 200) <= ACCEPTED_SECONDS
        and many.share(0.99, 503) <= REFUSED_SECONDS
        and ready.count(200) == _total(ready)
        and ready.share(1, 200) <= READY_SECONDS
        and tips.count(201) >= ANSWERED * _total(tips) > 0
    )
    return figures, holds


async def _ask_beside(place: Installation, seconds: float) -> tuple[AnswerTimes, AnswerTimes]:
    """Ask whether the server is ready, and hand tips in, all the while."""
    ready, tips, until = AnswerTimes(), AnswerTimes(), perf_counter() + seconds
    async with httpx.AsyncClient(base_url=place.site, timeout=30) as client:

        async def repeat(method: str, path: str, taken: AnswerTimes, **more: Any) -> None:
            while perf_counter() < until:
                begin = perf_counter()
                answer = await client.request(method, path, **more)
                taken.add(answer.status_code, perf_counter() - begin)
                await asyncio.sleep(0.1)

        await asyncio.gather(
            repeat("GET", "/health/ready", ready),
            *(repeat("POST", TIPS, tips, json=TIP) for _ in range(4)),
        )
    return ready, tips


def _total(taken: AnswerTimes) -> int:
    return sum(map(taken.count, taken.by_status))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f}ms"
