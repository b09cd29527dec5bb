"""Units that a change takes a record away from: who follows changes from there has to drop it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from app.db import rows

UNIT = "unit_id"


def list_left(written: Iterable[Any], deleted: Iterable[Any] = ()) -> list[UUID]:
    """List the units that rows to be written leave, and those of rows to be deleted."""
    left = (rows.value_before(row, UNIT) for row in written if hasattr(row, UNIT))
    gone = (getattr(row, UNIT, None) for row in deleted)
    return list(dict.fromkeys(unit for unit in (*left, *gone) if unit is not None))
