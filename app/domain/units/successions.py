"""The units to which records of ended units follow: the main one that stands, or why they wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID

from app.db.session import Session
from app.domain.actor import Actor
from app.domain.records.map_locks import lock_units
from app.domain.units import queries
from app.domain.units.errors import NotASuccessor, PlanChanged
from app.domain.units.rules import plan_hash

# Why records of an ended unit wait: it left none, several with no main one, or one elsewhere.
ENDED, DIVIDED, ELSEWHERE = "no_successor", "divided", "elsewhere"


@dataclass(frozen=True, slots=True)
class Heir:
    """The unit that records of an ended unit would follow to, and what keeps them from it."""

    unit_id: UUID | None = None
    name: str | None = None
    fault: str | None = None


class WaitingRecord(Protocol):
    """A record of an ended unit, as a plan lists it."""

    id: UUID
    version: int
    to_unit_id: UUID | None
    fault: str | None


class SuccessionPlan(Protocol):
    """A plan by which records follow; its hash confirms it."""

    plan_hash: str

    def __init__(self, *, plan_hash: str, ready: int, items: Any) -> None: ...


Plan = TypeVar("Plan", bound=SuccessionPlan)


def build_plan(kind: type[Plan], items: Sequence[WaitingRecord]) -> Plan:
    """Build the plan of some records, with the hash of all that it would do."""
    parts = [(str(one.id), one.version, str(one.to_unit_id), one.fault or "") for one in items]
    ready = sum(one.fault is None for one in items)
    return kind(plan_hash=plan_hash(parts), ready=ready, items=items)


def require_unchanged(plan: SuccessionPlan, confirmed: str) -> None:
    """Refuse to carry out a plan that is not the one that was confirmed."""
    if plan.plan_hash != confirmed:
        raise PlanChanged(plan_hash=plan.plan_hash)


async def find_heirs(session: Session, actor: Actor, ended: Iterable[UUID]) -> dict[UUID, Heir]:
    """Find the unit to which the records of each of these ended units would follow."""
    wanted = set(ended)
    lines = await queries.find_standing_successors(session, wanted)
    own = await queries.within(session, actor, {line.unit_id for line in lines})
    return {
        unit: _choose_heir([line for line in lines if line.from_id == unit], own) for unit in wanted
    }


async def lock_heirs(session: Session, found: Iterable[tuple[UUID, Heir]]) -> None:
    """Keep the map of ended units and of those that their records would follow to."""
    units = (unit for ended, heir in found for unit in (ended, heir.unit_id) if unit)
    await lock_units(session, set(units))


def _choose_heir(lines: Sequence[Any], own: set[UUID]) -> Heir:
    main = lines if len(lines) == 1 else [line for line in lines if line.is_main]
    if not main:
        return Heir(fault=DIVIDED if lines else ENDED)
    fault = None if main[0].unit_id in own else ELSEWHERE
    return Heir(main[0].unit_id, main[0].full_name, fault)


async def check_successor(session: Session, ended: UUID, unit: UUID) -> None:
    """Refuse a unit that is not among the standing successors of an ended one."""
    heirs = await queries.find_standing_successors(session, [ended])
    if unit in {heir.unit_id for heir in heirs}:
        return
    told = [
        {"id": str(heir.unit_id), "code": heir.code, "name": heir.name, "is_main": heir.is_main}
        for heir in heirs
    ]
    raise NotASuccessor(successors=told, _allowed=", ".join(h.name for h in heirs) or "—")
