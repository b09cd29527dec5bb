"""The steps of a tip: each with its clocks, its outcome, and what the informant is told."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.tip_parts import CountedEvent
from app.db.tables.tips import Tip
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines import lifecycle
from app.domain.deadlines.days import day_of
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.records.state_machine import AppliedTransition
from app.domain.tips import reach, states, terms
from app.domain.tips.counter.linking import count
from app.domain.tips.handling import conversing, rules
from app.domain.tips.handling.errors import NoClockRuns
from app.domain.tips.handling.schemas import TipChange, TipExtension, TipTransition
from app.domain.tips.office import Office

LEAF = 32  # bytes, of chance: nobody has to show that an answer was counted


@operation(Permission.TIP_MOVE)
async def move_tip(
    session: Session, actor: Actor, id: UUID, data: TipTransition, expected: int | None,
    office: Office,
) -> UUID:  # fmt: skip
    """Take a tip one step on: record, triage, handle, take up, decide, notify, close."""
    if data.action in states.DECIDED:
        actor.require(Permission.TIP_DECIDE)
    tip, at = await _one(session, actor, id, expected), now()
    today = day_of(at)
    step = states.TIP_LIFE.apply(tip.state, data, effective_on=today)
    rules.check(tip, data, today)
    besides: Sequence[Change] = ()
    if data.message is not None:
        besides = [(await conversing.tell(session, actor, tip, data.message, office))[1]]
    values = {"state": step.to_state} | rules.said(data, today)
    values |= await _run_clocks(session, actor, tip, data, at)
    fields = records.apply_changes(tip, actor, values)
    await _account(session, actor, Permission.TIP_MOVE, tip, fields, step, besides)
    return tip.id


async def _run_clocks(
    session: Session, actor: Actor, tip: Tip, data: TipTransition, at: datetime
) -> dict[str, Any]:
    """Stop the clocks that a step meets, start those it sets off; what that says of the tip."""
    met, began = rules.MEETS.get(data.action, ()), rules.starts(data)
    if met:
        await terms.meet(session, actor, tip.id, met, at)
    for rule in began:
        if not await lifecycle.find_deadline(session, terms.RESOURCE, tip.id, rule):
            unit = tip.unit_id
            await lifecycle.start_deadline(session, actor, terms.RESOURCE, tip.id, unit, rule, at)
    if data.action not in rules.OUTCOMES:
        return {}
    in_time = await terms.all_in_time(session, tip.id, met)
    event = CountedEvent.LATE if in_time is False else CountedEvent.ANSWERED
    leaf = secrets.token_bytes(LEAF)
    await count(session, event, tip.received_unit_id, day_of(at), leaf)
    return {"resolved_in_time": in_time}


@operation(Permission.TIP_WRITE)
async def change_tip(
    session: Session, actor: Actor, id: UUID, data: TipChange, expected: int | None
) -> UUID:
    """Say otherwise what kind a tip is of, what it is about, whether it was of use."""
    tip = await _one(session, actor, id, expected)
    if fields := records.apply_changes(tip, actor, data.model_dump(exclude_unset=True)):
        await _account(session, actor, Permission.TIP_WRITE, tip, fields)
    return tip.id


@operation(Permission.TIP_DECIDE)
async def extend_tip(
    session: Session, actor: Actor, id: UUID, data: TipExtension, expected: int | None
) -> UUID:
    """Enter that an authority has extended the term to verify a tip."""
    tip = await _one(session, actor, id, expected)
    clock = await terms.unmet(session, tip.id, terms.DECIDING)
    if clock is None:
        raise NoClockRuns()
    await lifecycle.extend_deadline(
        session, actor, clock.id, now(), authority=data.authority, basis=data.basis,
        reason=data.reason, count=data.count,
    )  # fmt: skip
    records.apply_changes(tip, actor)
    await _account(session, actor, Permission.TIP_DECIDE, tip, ["due_on"])
    return tip.id


async def _one(session: Session, actor: Actor, id: UUID, expected: int | None) -> Tip:
    tip = await reach.held(session, actor, id)
    await records.check_version(session, tip, expected)
    return tip


async def _account(
    session: Session, actor: Actor, by: Permission, tip: Tip, fields: Sequence[str],
    step: AppliedTransition | None = None, besides: Sequence[Change] = (),
) -> None:  # fmt: skip
    await session.flush()
    act = Act.TRANSITION if step else Act.CHANGE
    change = Change("tip", tip.id, tip.unit_id, act, tip.version, fields, step)
    await records.log_changes(session, actor, by, [change, *besides])
