"""Locks of the map by province: a write keeps the map of its units, a change of it waits.

No write waits for a lock of the map: where the map is just being changed, the transaction ends, and
its edge starts again with `retry_while_map_changes`. Nobody who waits holds a connection or a row.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from app.db.literals import list_values
from app.db.session import Session
from app.domain.errors import Unavailable

T = TypeVar("T")
MAX_WAIT = 5.0  # seconds, for the end of a change of the map
FIRST_PAUSE, MAX_PAUSE = 0.02, 0.25
# of `keep_map`; of a deadlock; of a lock that was not to be had in time
REFUSED: Final = "MAP01"
BUSY_STATES: Final = {REFUSED, "40P01", "55P03"}


class MapBusy(Unavailable):
    """Refuse a write while the map of its province is being changed."""

    code = "map_busy"
    en = "The map of this province is being changed; try again in a moment."
    vi = "Bản đồ hành chính của tỉnh này đang được thay đổi; vui lòng thử lại sau giây lát."


class MapChanging(Exception):
    """End a transaction around which the map is being changed; a batch takes it for no item's."""


async def lock_named(session: Session, wanted: Iterable[tuple[str, date]]) -> None:
    """Keep the map of the provinces of these units, each named on a day, until the end."""
    pairs = list(wanted)
    names = list_values(*(name for name, _ in pairs))
    days = list_values(*(day.isoformat() for _, day in pairs))
    await _hold_lock(session, f"lock_named_units(ARRAY[{names}]::text[], ARRAY[{days}]::date[])")


async def lock_units(session: Session, units: Iterable[UUID]) -> None:
    """Keep the map of the provinces of these units until the end."""
    await _hold_lock(session, f"lock_units(ARRAY[{list_values(*units)}]::uuid[])")


async def lock_row(session: Session, table: Any, id: UUID) -> None:
    """Keep the map of the province that a row lies in, if its table says so, until the end."""
    if hasattr(table, "province_id"):
        row = f"FROM {table.__tablename__} WHERE id = {list_values(id)}"
        await _hold_lock(session, f"(SELECT lock_province(province_id) {row})")


async def lock_rows(session: Session, table: Any, ids: Iterable[UUID]) -> None:
    """Keep the map of the provinces of the units of these rows until the end."""
    rows = f"FROM {table.__tablename__} WHERE id = ANY (ARRAY[{list_values(*ids)}]::uuid[])"
    await _hold_lock(session, f"lock_units(ARRAY(SELECT unit_id {rows}))")


async def retry_while_map_changes(work: Callable[[], Awaitable[T]]) -> T:
    """Do a transaction's work; start again, for a while, where a change of the map is under way."""
    until, pause = time.monotonic() + MAX_WAIT, FIRST_PAUSE
    while True:
        try:
            return await work()
        except (MapChanging, DBAPIError) as error:
            if not is_map_busy(error):
                raise
            if time.monotonic() + pause > until:
                raise MapBusy() from error
        await asyncio.sleep(pause)
        pause = min(2 * pause, MAX_PAUSE)


def is_map_busy(error: BaseException | None) -> bool:
    """Return whether a transaction ended since the map was being changed around it."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return isinstance(error, MapChanging) or state in BUSY_STATES


async def _hold_lock(session: Session, held: str) -> None:
    """Lock with the first statement, or now; a refusal ends the transaction."""
    await session.begin_with(held, f"SELECT keep_map({held})", {REFUSED: _refuse})


async def _refuse(_: Session) -> Exception:
    return MapChanging()
