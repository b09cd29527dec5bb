"""Committees of ended units follow in bulk: list them, propose, confirm the plan by its hash."""

from dataclasses import dataclass

from app.db.session import Session
from app.db.tables.committees import Committee
from app.domain.actor import Actor, Permission, operation
from app.domain.forces import committee_queries, committees
from app.domain.forces.committee_schemas import (
    CommitteesFollowed,
    CommitteeSuccession,
    CommitteeSuccessionPlan,
    CommitteeTransition,
    WaitingCommittee,
)
from app.domain.records.errors import NameTaken
from app.domain.units import successions

MAX_WAITING = 200  # of one plan; the next plan has the others


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A committee of an ended unit, where it would go, and what keeps it from going there."""

    committee: Committee
    unit: str
    heir: successions.Heir
    fault: str | None

    def to_item(self) -> WaitingCommittee:
        one = self.committee
        return WaitingCommittee(
            id=one.id, version=one.version, scope=one.scope, name=one.name, unit_id=one.unit_id,
            unit=self.unit, to_unit_id=self.heir.unit_id, to_unit=self.heir.name, fault=self.fault,
        )  # fmt: skip


@operation(Permission.COMMITTEE_TRANSITION)
async def committee_succession_plan(session: Session, actor: Actor) -> CommitteeSuccessionPlan:
    """List the committees whose unit has ended, with their proposed successors."""
    return _build_plan(await _propose(session, actor))


@operation(Permission.COMMITTEE_TRANSITION)
async def follow_committees(
    session: Session, actor: Actor, data: CommitteeSuccession
) -> CommitteesFollowed:
    """Let the committees of ended units follow, as the plan with this hash proposes."""
    found = await _propose(session, actor)
    await successions.lock_heirs(session, ((one.committee.unit_id, one.heir) for one in found))
    proposals = await _propose(session, actor)
    successions.require_unchanged(_build_plan(proposals), data.plan_hash)
    ready = [one for one in proposals if one.fault is None]
    for one in ready:
        step = CommitteeTransition(action="follow", unit=str(one.heir.unit_id))
        await committees.transition_committee(
            session, actor, one.committee.id, step, one.committee.version
        )
    ids = [one.committee.id for one in ready]
    return CommitteesFollowed(ids=ids, waiting=len(proposals) - len(ready))


async def _propose(session: Session, actor: Actor) -> list[_Proposal]:
    found = await committee_queries.list_waiting_committees(session, actor, MAX_WAITING)
    heirs = await successions.find_heirs(session, actor, {one.unit_id for one, _ in found})
    targets = {heir.unit_id for heir in heirs.values() if heir.unit_id}
    taken = await committee_queries.list_names(session, targets)
    proposals = []
    for committee, unit in found:
        heir = heirs[committee.unit_id]
        fault = heir.fault
        if heir.unit_id and fault is None:
            name = (heir.unit_id, committee.scope, committee.name_key)
            fault = NameTaken.code if name in taken else None
            taken.add(name)
        proposals.append(_Proposal(committee, unit, heir, fault))
    return proposals


def _build_plan(proposals: list[_Proposal]) -> CommitteeSuccessionPlan:
    return successions.build_plan(CommitteeSuccessionPlan, [one.to_item() for one in proposals])
