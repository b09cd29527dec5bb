"""Readers by every way there is, who note the answers they get while PostgreSQL is away."""

import asyncio
import time
from collections import Counter
from typing import Any

import httpx

from bench.trust_ledger import TYPE, how_refused

LIST = "{ models(first: 5) { edges { node { id name unit { name } } } } }"
COVERAGE = f'{{ modelCoverage(id: "{TYPE}", unit: "01") {{ covered existing }} }}'
QUESTIONS: tuple[tuple[str, str, Any], ...] = (
    ("GET", "/api/v1/models?limit=5&expand=unit", None),
    ("GET", f"/api/v1/model-types/{TYPE}/coverage?unit=01", None),
    ("GET", "/health/ready", None),
    ("POST", "/graphql", {"query": LIST}),
    ("POST", "/graphql", {"query": COVERAGE}),
)
PROPER = ("good", "503 unavailable")


class Readers:
    """One reader a question; each asks again and again, and notes what is no way to answer."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.improper: Counter[str] = Counter()
        self.slowest = 0.0
        self._tasks = [asyncio.create_task(self._ask(*question)) for question in QUESTIONS]

    async def __aenter__(self) -> "Readers":
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _ask(self, method: str, path: str, body: Any) -> None:
        while True:
            begin = time.monotonic()
            try:
                answer = await self.client.request(method, path, json=body)
                if (how := _how(answer)) not in PROPER:
                    self.improper[f"{path}: {how}"] += 1
            except httpx.TransportError as error:
                self.improper[f"{path}: {type(error).__name__}"] += 1
            self.slowest = max(self.slowest, time.monotonic() - begin)
            await asyncio.sleep(0.05)


def _how(answer: httpx.Response) -> str:
    if answer.status_code == 200 and "errors" not in answer.json():
        return "good"
    return how_refused(answer)
