"""The provinces that a change of the map touches, locked before it is planned."""

from collections.abc import Awaitable, Callable, Collection
from uuid import UUID

from app.db.session import Session
from app.db.tables.units import UnitReorganisation
from app.domain.actor import Actor
from app.domain.records.map_locks import MapChanging, lock_units
from app.domain.units import queries as units
from app.domain.units.reorganisations import preparation, queries
from app.domain.units.reorganisations.plan import CommittedPlan

Find = Callable[[], Awaitable[Collection[UUID]]]


async def keep_drafted(session: Session, actor: Actor, act: UnitReorganisation) -> None:
    """Keep the map as it is where a draft would change it, for a dry run."""
    await lock_units(session, await _find_drafted(session, actor, act))


async def lock_drafted(session: Session, actor: Actor, act: UnitReorganisation) -> None:
    """Lock the provinces that a draft changes; nobody else writes there until the end."""
    await _lock(session, lambda: _find_drafted(session, actor, act))


async def lock_committed(session: Session, act: UnitReorganisation) -> None:
    """Lock the provinces that a change of the map has changed, to reverse it."""
    touched = CommittedPlan.model_validate(act.plan["done"]).touched if "done" in act.plan else []
    await _lock(session, lambda: queries.list_dependents(session, touched, act.effective_on))


async def _lock(session: Session, find: Find) -> None:
    """Lock the provinces of the units that are found, unless these lie elsewhere meanwhile."""
    locked = await units.lock_units_alone(session, await find())
    if not await units.list_provinces(session, await find()) <= locked:
        raise MapChanging()


async def _find_drafted(session: Session, actor: Actor, act: UnitReorganisation) -> set[UUID]:
    """Find the units that a draft mentions, and all whose place depends on those it changes."""
    draft = preparation.read_draft(act)
    ids = {ref: UUID(id) for ref, id in act.plan["ids"].items()}
    resolved = await preparation.resolve_names(session, actor, draft, ids)
    ending = {ending.unit.id for ending in resolved.endings}
    changed = ending | {move.unit.id for move in resolved.moves}
    return resolved.units() | await queries.list_dependents(session, changed, resolved.day)
