"""Account of everything that was sent, read back through the API."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

import httpx

from bench.trust_ledger import MODELS, TYPE, Ledger


@dataclass(frozen=True)
class Account:
    """The ledger held against the rows."""

    acked: int
    lost: int
    duplicated: int

    @property
    def even(self) -> bool:
        return self.acked > 0 and not self.lost and not self.duplicated

    @property
    def figures(self) -> dict[str, object]:
        return {"acked": self.acked, "lost": self.lost, "duplicated": self.duplicated}


def account(
    sent: Set[str], acknowledged: Set[str], rows: Counter[str], named: Set[str], total: int
) -> Account:
    """Lost: acknowledged, but not in the list or not found by name. Duplicated: rows too many."""
    there = set(rows) & named
    once = len(set(rows) & sent)
    return Account(
        acked=len(acknowledged),
        lost=len(acknowledged - there),
        duplicated=max(total, rows.total()) - once,
    )


async def settle(client: httpx.AsyncClient, ledger: Ledger) -> Account:
    """Read everything back: the whole list, its count, and each reference by its name."""
    rows, total = await _list_references(client)
    named = await _find_named(client, sorted(ledger.acknowledged))
    return account(ledger.sent, ledger.acknowledged, rows, named, total)


async def _list_references(client: httpx.AsyncClient) -> tuple[Counter[str], int]:
    terms: dict[str, Any] = {"type": TYPE, "limit": 100, "fields": "reference", "order": "oldest"}
    rows: Counter[str] = Counter()
    page = await _read(client, terms | {"total": "exact", "limit": 1})
    total, page = page["total"], await _read(client, terms)
    while True:
        rows.update(row["reference"] for row in page["items"])
        if not page["next"]:
            return rows, total
        page = await _read(client, terms | {"cursor": page["next"]})


async def _find_named(client: httpx.AsyncClient, references: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(references), 100):
        some = references[start : start + 100]
        page = await _read(client, {"reference": some, "limit": 100, "fields": "reference"})
        found |= {row["reference"] for row in page["items"]}
    return found


async def _read(client: httpx.AsyncClient, terms: dict[str, Any]) -> Any:
    answer = await client.get(MODELS, params=terms)
    answer.raise_for_status()
    return answer.json()
