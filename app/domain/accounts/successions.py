"""Grants of ended units follow in bulk: list who waits, propose, confirm the plan by its hash."""

from dataclasses import dataclass
from uuid import UUID

from app.db.session import Session
from app.db.tables.auth import Grant
from app.domain.accounts import grants, held_grant_queries, held_grants, queries, rules
from app.domain.accounts.queries import Holder
from app.domain.accounts.schemas import (
    GrantsFollowed,
    GrantSuccession,
    GrantSuccessionPlan,
    WaitingGrant,
)
from app.domain.actor import Actor, Permission, Role, operation
from app.domain.errors import DomainError
from app.domain.units import successions

MAX_WAITING = 200  # of one plan; the next plan has the others


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A grant that waits, where it would go, and what keeps it from going there."""

    grant: Grant
    holder: Holder
    unit: str
    heir: successions.Heir
    fault: str | None

    def to_item(self) -> WaitingGrant:
        return WaitingGrant(
            id=self.grant.id, version=self.grant.version, role=Role(self.grant.role),
            holder=held_grants.name_of(self.holder), unit_id=self.grant.unit_id, unit=self.unit,
            to_unit_id=self.heir.unit_id, to_unit=self.heir.name, fault=self.fault,
        )  # fmt: skip


@operation(Permission.GRANT_WRITE)
async def grant_succession_plan(session: Session, actor: Actor) -> GrantSuccessionPlan:
    """List the grants that wait since their unit ended, with proposed successors."""
    return _build_plan(await _propose(session, actor))


@operation(Permission.GRANT_WRITE)
async def follow_grants(session: Session, actor: Actor, data: GrantSuccession) -> GrantsFollowed:
    """Let the grants of ended units follow, as the plan with this hash proposes."""
    found = await _propose(session, actor)
    await successions.lock_heirs(session, ((one.grant.unit_id, one.heir) for one in found))
    proposals = await _propose(session, actor)
    successions.require_unchanged(_build_plan(proposals), data.plan_hash)
    ready = [one for one in proposals if one.fault is None]
    for one in ready:
        step = {"action": "follow", "unit": str(one.heir.unit_id)}
        await grants.transition_grant(
            session, actor, one.grant.id, held_grants.to_transition(step), one.grant.version
        )
    return GrantsFollowed(ids=[one.grant.id for one in ready], waiting=len(proposals) - len(ready))


async def _propose(session: Session, actor: Actor) -> list[_Proposal]:
    found = await held_grant_queries.list_waiting_grants(session, actor, MAX_WAITING)
    heirs = await successions.find_heirs(session, actor, {grant.unit_id for grant, *_ in found})
    proposals = []
    for grant, holder, unit in found:
        heir = heirs[grant.unit_id]
        fault = heir.fault
        if heir.unit_id and fault is None:
            fault = await _find_fault(session, actor, grant, holder, heir.unit_id)
        proposals.append(_Proposal(grant, holder, unit, heir, fault))
    return proposals


async def _find_fault(
    session: Session, actor: Actor, grant: Grant, holder: Holder, target: UUID
) -> str | None:
    """Return the code of what would refuse this grant for its successor."""
    role = Role(grant.role)
    try:
        rules.check_not_oneself(actor, holder.id)
        home = await queries.level(session, holder.unit_id)
        ended = await queries.level(session, grant.unit_id)
        rules.check_may_decide(actor, role, ended, home)
        await grants.check_terms(session, actor, role, target, holder, besides=grant.id)
    except DomainError as error:
        return error.code
    return None


def _build_plan(proposals: list[_Proposal]) -> GrantSuccessionPlan:
    return successions.build_plan(GrantSuccessionPlan, [one.to_item() for one in proposals])
