"""Decisions about units: what a village may be, whom it follows when its commune ends."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.db.base import INFINITY
from app.db.tables.units import UnitKind, UnitSuccession

VILLAGE_WORDS = {
    UnitKind.VILLAGE: "Thôn",
    UnitKind.HAMLET: "Bản",
    UnitKind.RESIDENTIAL_GROUP: "Tổ dân phố",
    UnitKind.QUARTER: "Khu phố",
}


@dataclass(frozen=True, slots=True)
class ParentPeriod:
    """Under which parent something is, from one day until another."""

    parent_id: UUID
    begin: date
    end: date


def full_name(kind: UnitKind, name: str) -> str:
    """A village as it is called in full: Thôn Nà Bản."""
    return f"{VILLAGE_WORDS[kind]} {name}"


def parent_periods(
    parent: UUID,
    begin: date,
    ends: Mapping[UUID, date],
    successors: Mapping[UUID, Sequence[UnitSuccession]],
) -> list[ParentPeriod]:
    """A village's parents in turn: where its commune goes whole into one other, it goes along.

    Where the commune was divided nobody knows from here which part the village is in, so the line
    stops: it is found among the unmapped until somebody says.
    """
    found: list[ParentPeriod] = []
    while True:
        end = ends.get(parent, INFINITY)
        found.append(ParentPeriod(parent, begin, end))
        following = successors.get(parent, ())
        if end == INFINITY or len(following) != 1 or following[0].effective_on != end:
            return found
        parent, begin = following[0].to_id, end


def plan_hash(plan: Any) -> str:
    """The name of a plan by its content: who commits it has seen just this."""
    told = json.dumps(plan, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
