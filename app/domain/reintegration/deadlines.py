"""The deadlines of a case, by the codes of their rules; the lengths are data."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog

from app.db.session import Session
from app.db.tables.reintegration import ReintegrationCase
from app.domain.actor import Actor
from app.domain.deadlines import lifecycle
from app.domain.deadlines.errors import RuleNotFound
from app.domain.reintegration import queries
from app.domain.reintegration.rule_codes import (
    OF_CASE,
    OPENING,
    OPENING_REVIEW,
    REPLY,
    REQUEST,
    RESOURCE,
)

LOG = structlog.get_logger()


async def start_deadline(
    session: Session, actor: Actor, case: ReintegrationCase, rule: str, at: datetime
) -> None:
    """Start a deadline of a case, unless it runs already; without a rule the work goes on."""
    if await lifecycle.find_deadline(session, RESOURCE, case.id, rule):
        return
    try:
        await lifecycle.start_deadline(session, actor, RESOURCE, case.id, case.unit_id, rule, at)
    except RuleNotFound:
        LOG.error("case_without_clock", rule=rule)


async def start_deadlines(
    session: Session, actor: Actor, cases: Sequence[ReintegrationCase], rule: str, at: datetime
) -> None:
    """Start a deadline of each of many new cases; without a rule the work goes on."""
    owners = [(case.id, case.unit_id) for case in cases]
    try:
        await lifecycle.start_deadlines(session, actor, RESOURCE, owners, rule, at)
    except RuleNotFound:
        LOG.error("case_without_clock", rule=rule)


async def start_reply(
    session: Session, actor: Actor, request: UUID, unit: UUID, at: datetime
) -> None:
    """Start the time limit to answer a request of the person; without a rule it waits undated."""
    try:
        await lifecycle.start_deadline(session, actor, REQUEST, request, unit, REPLY, at)
    except RuleNotFound:
        LOG.error("case_without_clock", rule=REPLY)


async def start_review(
    session: Session, actor: Actor, opening: UUID, unit: UUID, at: datetime
) -> None:
    """Start the time limit to review an emergency opening; without a rule it waits undated."""
    try:
        await lifecycle.start_deadline(session, actor, OPENING, opening, unit, OPENING_REVIEW, at)
    except RuleNotFound:
        LOG.error("case_without_clock", rule=OPENING_REVIEW)


async def meet_deadline(
    session: Session, actor: Actor, case: UUID, rule: str, at: datetime
) -> None:
    """Meet a deadline of a case, in time or late, where it is not met."""
    unmet = await queries.find_unmet_deadline(session, RESOURCE, case, rule)
    if unmet is not None:
        await lifecycle.meet_deadline(session, actor, unmet.id, at)


async def meet_reply(session: Session, actor: Actor, request: UUID, at: datetime) -> None:
    """Meet the time limit of one request, and of no other."""
    unmet = await queries.find_unmet_deadline(session, REQUEST, request, REPLY)
    if unmet is not None:
        await lifecycle.meet_deadline(session, actor, unmet.id, at)


async def end_deadlines(session: Session, actor: Actor, case: UUID, at: datetime) -> None:
    """End what still runs for a case that is closed; requests of the person are answered still."""
    for rule in OF_CASE:
        await meet_deadline(session, actor, case, rule, at)
