"""Rules of units: hashes of plans, and the parents of a village when its commune ends."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.db.base import INFINITY
from app.db.tables.units import UnitSuccession

HASH_DIGITS = 32


@dataclass(frozen=True, slots=True)
class ParentPeriod:
    """A parent of a unit from one day until another."""

    parent_id: UUID
    begin: date
    end: date


def parent_periods(
    parent: UUID,
    begin: date,
    ends: Mapping[UUID, date],
    successors: Mapping[UUID, Sequence[UnitSuccession]],
) -> list[ParentPeriod]:
    """Return a village's parents in turn: where its commune goes into one other, it follows.

    Where the commune was divided, the part that the village is in is not known, so the list
    stops: the village is unmapped until a move states its parent.
    """
    found: list[ParentPeriod] = []
    while True:
        end = ends.get(parent, INFINITY)
        found.append(ParentPeriod(parent, begin, end))
        following = successors.get(parent, ())
        if end == INFINITY or len(following) != 1 or following[0].effective_on != end:
            return found
        parent, begin = following[0].to_id, end


class PlanHash:
    """The hash of a plan that is a list, taken part by part: the same as of the whole."""

    def __init__(self) -> None:
        self._hash, self._open = hashlib.sha256(b"["), False

    def add(self, parts: Sequence[Any]) -> None:
        """Add the next parts of the list."""
        for part in parts:
            self._hash.update((b"," if self._open else b"") + _spell(part))
            self._open = True

    def text(self) -> str:
        """Return the hash."""
        closed = self._hash.copy()
        closed.update(b"]")
        return closed.hexdigest()[:HASH_DIGITS]


def plan_hash(plan: Any) -> str:
    """Return the hash of a plan by its content; a commit names it to prove what was previewed."""
    return hashlib.sha256(_spell(plan)).hexdigest()[:HASH_DIGITS]


def _spell(plan: Any) -> bytes:
    return json.dumps(plan, sort_keys=True, default=str, separators=(",", ":")).encode()
