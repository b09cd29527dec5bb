"""Excluded units: those that must not have a tip, whatever becomes of them on the map.

A tip keeps a digest of each, of itself and the unit, under a key outside the database: its rows do
not say whom it mistrusts. The database compares them with all that a unit came from.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, not_, or_, select

from app.db.query.shape import Row


def digest_units(key: bytes, tip: UUID, units: Iterable[UUID]) -> list[bytes]:
    """Digest the units that a tip excludes, in an order that says nothing."""
    return sorted({sha256(key + tip.bytes + unit.bytes).digest() for unit in units})


def is_open_to_actor(row: Row) -> ColumnElement[bool]:
    """Test for rows of a tip, or with one, that does not exclude the actor's units."""
    origins: Any = select(func.actor_origins()).scalar_subquery()
    if hasattr(row, "excluded"):
        none = func.cardinality(row.excluded) == 0
        return or_(none, not_(func.is_excluded(row.id, row.excluded, origins)))
    return not_(func.is_tip_excluded(row.tip_id, origins))
