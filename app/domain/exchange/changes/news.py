"""Rows of the log of changes, as the feed reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.exchange.changes.cursor import Position

UNIT_PLACE = "unit_place"  # news of a unit that lies elsewhere, written by a trigger


@dataclass(frozen=True, slots=True)
class FeedState:
    """Since when the feed is whole, and up to where it can be read."""

    era: UUID
    forgotten_until: int
    horizon: int  # the first transaction that may not have ended


@dataclass(frozen=True, slots=True)
class News:
    """A row of the log, and how it lies to the caller."""

    at: Position
    recorded_at: datetime
    resource: str
    id: UUID
    act: str
    version: int
    fields: Sequence[str]
    unit_id: UUID | None
    within: UUID | None  # where the unit lies now
    is_here: bool
    is_held: bool  # by who may read sensitive records of it, and whether they may know
    was_own: bool
    was_here: bool
    was_above: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """Rows after a position, and how far they reach."""

    news: Sequence[News]
    until: Position
    more: bool
