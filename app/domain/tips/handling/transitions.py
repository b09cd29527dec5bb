"""Transitions of tips, with their deadlines, their outcome, and the message to the informant."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.tip_parts import CountedEvent
from app.db.tables.tips import NOT_URGENT, URGENT, Tip
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines import lifecycle
from app.domain.deadlines.days import day_of, today
from app.domain.records import kit as records
from app.domain.records.service import Change, check_version
from app.domain.tips import deadlines, queries, scope, states
from app.domain.tips.context import TipContext
from app.domain.tips.handling import messages, rules
from app.domain.tips.handling.errors import NoOpenDeadline
from app.domain.tips.handling.schemas import TipChange, TipExtension, TipTransition
from app.domain.tips.transparency_log.append import append_event

LEAF = 32  # random bytes: nobody has to prove that an answer was counted


@operation(Permission.TIP_TRANSITION)
async def transition_tip(
    session: Session, actor: Actor, id: UUID, data: TipTransition, expected: int | None,
    context: TipContext,
) -> UUID:  # fmt: skip
    """Apply a transition to a tip: record, triage, handle, take up, decide, notify, close."""
    if decides := states.TIP_LIFE.permission_for(data.action):
        actor.require(decides)
    tip, at = await _load(session, actor, id, expected), now()
    day = day_of(at)
    step = states.TIP_LIFE.apply(tip.state, data, effective_on=day)
    rules.check_transition(tip, data, day)
    besides: Sequence[Change] = ()
    if data.message is not None:
        besides = [(await messages.write_message(session, actor, tip, data.message, context))[1]]
    values = {"state": step.to_state} | rules.values_set_by(tip, data, day)
    values |= await _run_deadlines(session, actor, tip, data, at)
    if data.action in rules.OUTCOMES and tip.reopened_on is None:  # an answer counts once
        await _count_answer(session, tip, values["resolved_in_time"], day)
    fields = records.assign(tip, values)
    return await records.save(
        session, actor, Permission.TIP_TRANSITION, tip, fields, step, besides=besides
    )


async def _run_deadlines(
    session: Session, actor: Actor, tip: Tip, data: TipTransition, at: datetime
) -> dict[str, Any]:
    """Meet and start the deadlines of a transition; return the values that this sets on the tip."""
    met = rules.MEETS.get(data.action, ())
    handing_over = await deadlines.find_handing_over_rule(session, tip.id)
    if met:
        await deadlines.meet_deadline(session, actor, tip.id, met, at)
    for rule in rules.rules_started_by(data, handing_over):
        await deadlines.start_deadline(session, actor, tip, rule, at)
    if data.action not in rules.OUTCOMES:
        return {}
    return {"resolved_in_time": await deadlines.are_all_met_in_time(session, tip.id, met)}


async def _count_answer(session: Session, tip: Tip, in_time: bool | None, day: date) -> None:
    """Count an answer in the transparency log."""
    event = CountedEvent.LATE if in_time is False else CountedEvent.ANSWERED
    await append_event(session, event, tip.received_unit_id, day, secrets.token_bytes(LEAF))


@operation(Permission.TIP_WRITE)
async def change_tip(
    session: Session, actor: Actor, id: UUID, data: TipChange, expected: int | None
) -> UUID:
    """Change the kind, the category, the urgency or the usefulness of a tip."""
    tip = await _load(session, actor, id, expected)
    values = data.model_dump(exclude_unset=True)
    reason, kind = values.pop("reason", None), values.pop("kind", None)
    rules.check_downgrade(tip, kind, reason)
    values |= rules.values_of_kind(tip, kind, today())
    if "urgent" in values:
        values["urgency"] = URGENT if values.pop("urgent") else NOT_URGENT
    if fields := records.assign(tip, values):
        await records.save(session, actor, Permission.TIP_WRITE, tip, fields, reason=reason)
    return tip.id


@operation(Permission.TIP_DECIDE)
async def extend_tip(
    session: Session, actor: Actor, id: UUID, data: TipExtension, expected: int | None
) -> UUID:
    """Record that an authority has extended the deadline of a tip."""
    tip = await _load(session, actor, id, expected)
    deadline = await queries.find_unmet_deadline(session, tip.id, deadlines.DECIDING)
    if deadline is None:
        raise NoOpenDeadline()
    await lifecycle.extend_deadline(
        session, actor, deadline.id, now(), authority=data.authority, basis=data.basis,
        reason=data.reason, count=data.count,
    )  # fmt: skip
    return await records.save(session, actor, Permission.TIP_DECIDE, tip, ["due_on"])


async def _load(session: Session, actor: Actor, id: UUID, expected: int | None) -> Tip:
    tip = await scope.lock_tip(session, actor, id)
    await check_version(session, tip, expected)
    return tip
