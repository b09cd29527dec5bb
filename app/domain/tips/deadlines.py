"""The deadlines of a tip, by the codes of their rules; the lengths are data (ADR 10)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog

from app.db.session import Session
from app.db.tables.deadlines import DeadlineState
from app.db.tables.tips import Tip
from app.domain.actor import Actor
from app.domain.deadlines import lifecycle
from app.domain.deadlines.errors import RuleNotFound
from app.domain.tips import queries

LOG = structlog.get_logger()
RESOURCE = "tip"
TRANSFER, TRANSFER_REMOTE = "tip_transfer", "tip_transfer_remote"
RESOLUTION = "tip_resolution"
AFTER_CANCELLED, AFTER_RESUMPTION = "tip_after_cancelled_suspension", "tip_after_resumption"
RESUMPTION_NOTICE = "tip_resumption_notice"
HANDING_OVER = (TRANSFER, TRANSFER_REMOTE)
DECIDING = (RESOLUTION, AFTER_CANCELLED, AFTER_RESUMPTION)


async def are_all_met_in_time(session: Session, tip: UUID, rules: Sequence[str]) -> bool | None:
    """Return whether all deadlines by these rules were met in time; None without any."""
    states = await queries.find_deadline_states(session, tip, rules)
    return all(state is DeadlineState.MET for state in states) if states else None


async def find_handing_over_rule(session: Session, tip: UUID) -> str:
    """Return the rule by which a tip was to be handed over: the longer one in a remote unit."""
    rules = await queries.find_deadline_rules(session, tip, HANDING_OVER)
    return rules[0] if rules else TRANSFER


async def start_deadline(session: Session, actor: Actor, tip: Tip, rule: str, at: datetime) -> None:
    """Start a deadline of a tip, unless it runs already."""
    if not await lifecycle.find_deadline(session, RESOURCE, tip.id, rule):
        await lifecycle.start_deadline(session, actor, RESOURCE, tip.id, tip.unit_id, rule, at)


async def start_resolution(session: Session, actor: Actor, tip: Tip, at: datetime) -> None:
    """Start the time limit of the unit that has accepted a tip about a crime."""
    try:
        await start_deadline(session, actor, tip, RESOLUTION, at)
    except RuleNotFound:  # a tip is accepted all the same
        LOG.error("tip_without_clock", rule=RESOLUTION)


async def meet_deadline(
    session: Session, actor: Actor, tip: UUID, rules: Sequence[str], at: datetime
) -> bool | None:
    """Meet the open deadline by these rules; return whether in time, None where none is open."""
    deadline = await queries.find_unmet_deadline(session, tip, rules)
    if deadline is None:
        return None
    met = await lifecycle.meet_deadline(session, actor, deadline.id, at)
    return met.state is DeadlineState.MET
