"""Writers that note what was acknowledged to them, and the comparison with what is there."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

WRITERS, HANG = 16, 15.0
TYPE = "so_cai"
MODELS = "/api/v1/models"


@dataclass
class Ledger:
    """Record of what was sent and acknowledged, and of how and when the rest was refused."""

    sent: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    streak: list[float] = field(default_factory=list)  # acknowledged since the last refusal
    refused: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    retried: int = 0
    slowest: float = 0.0
    closed: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def acknowledge(self, reference: str) -> None:
        self.acknowledged.add(reference)
        self.streak.append(time.monotonic())
        self.news.set()

    def refuse(self, how: str) -> None:
        self.refused.append(time.monotonic())
        self.answers[how] += 1
        self.streak.clear()
        self.news.set()

    async def flows(self) -> None:
        """Wait until something more is acknowledged."""
        known = len(self.acknowledged)
        await self._until(lambda: len(self.acknowledged) > known)

    async def until_recovered(self, since: float) -> float:
        """Wait until some are refused, then none any more; when the first was served again."""
        await self._until(lambda: bool(self.refused) and self.refused[-1] > since)
        await self._until(lambda: len(self.streak) >= WRITERS)
        return self.streak[0] - since

    async def _until(self, true: Callable[[], bool], patience: float = 240) -> None:
        async with asyncio.timeout(patience):
            while not true():
                self.news.clear()
                await self.news.wait()

    def improper(self) -> Counter[str]:
        """Answers that no outage excuses: neither a 503 as promised nor a lost connection."""
        excused = ("503 ", "lost ")
        return Counter({how: n for how, n in self.answers.items() if not how.startswith(excused)})


class Traffic:
    """Sixteen writers at a time against one server."""

    def __init__(
        self, site: str, token: str, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.ledger = Ledger()
        self.client = httpx.AsyncClient(
            base_url=site,
            headers={"authorization": f"Bearer {token}", "accept-language": "en"},
            timeout=HANG,
            transport=transport,
        )
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self) -> None:
        """Make the type the models are of, and let the writers write."""
        kind = {"code": TYPE, "name": "Sổ cái"}
        (await self.client.post("/api/v1/model-types", json=kind)).raise_for_status()
        terms: Any = {"level": "commune", "limit": WRITERS, "fields": "code"}
        found = (await self.client.get("/api/v1/units", params=terms)).json()["items"]
        self._tasks = [
            asyncio.create_task(self._write(n, unit["code"])) for n, unit in enumerate(found)
        ]
        await self.ledger.flows()

    async def end(self) -> None:
        """Let every writer finish what it has begun."""
        self.ledger.closed = True
        await asyncio.wait_for(asyncio.gather(*self._tasks), 240)

    async def __aenter__(self) -> "Traffic":
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.client.aclose()

    async def _write(self, writer: int, unit: str) -> None:
        number = 0
        while not self.ledger.closed:
            number += 1
            reference = f"{writer}-{number}"
            self.ledger.sent.add(reference)
            model = {"type": TYPE, "units": [unit], "name": reference, "reference": reference}
            while not await self._is_accepted(model):
                self.ledger.retried += 1
                await asyncio.sleep(0.1)
            self.ledger.acknowledge(reference)

    async def _is_accepted(self, model: dict[str, Any]) -> bool:
        """Send once; whether it is acknowledged. Anything unclear is sent again as it was."""
        begin = time.monotonic()
        try:
            answer = await self.client.post(MODELS, json=model)
        except httpx.TransportError as error:
            hangs = isinstance(error, httpx.TimeoutException)
            self.ledger.refuse(f"{'hangs' if hangs else 'lost'} {type(error).__name__}")
            return False
        finally:
            self.ledger.slowest = max(self.ledger.slowest, time.monotonic() - begin)
        if answer.status_code == 201 or _is_repeated(answer):
            return True
        self.ledger.refuse(how_refused(answer))
        return False


def _is_repeated(answer: httpx.Response) -> bool:
    return answer.status_code == 409 and answer.json().get("code") == "already_recorded"


def how_refused(answer: httpx.Response) -> str:
    """A refusal in a word; a 503 counts only as a problem that says when to try again."""
    kind = answer.headers.get("content-type", "")
    proper = kind == "application/problem+json" and answer.headers.get("retry-after", "").isdigit()
    if answer.status_code == 503 and not proper:
        return f"bare-503 {kind}"
    return f"{answer.status_code} {answer.json().get('code') if proper else kind}"
