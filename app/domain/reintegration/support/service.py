"""Operations on lines of support: add one, follow it; the ledger of a loan is the bank's."""

from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.reintegration import ReintegrationCase
from app.db.tables.reintegration_choices import SupportKind, SupportState
from app.db.tables.reintegration_parts import ReintegrationSupport
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines.days import day_of
from app.domain.records import kit as records
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.errors import EndsBeforeBeginning, EntryNotFound
from app.domain.reintegration.handling import access
from app.domain.reintegration.handling import queries as entries
from app.domain.reintegration.plan.service import add_entry, check_not_future, log_entry
from app.domain.reintegration.support import queries, rules
from app.domain.reintegration.support.schemas import SupportCreate, SupportUpdate


@operation(Permission.CASE_WRITE)
async def add_support(
    session: Session, actor: Actor, id: UUID, data: SupportCreate, context: CaseContext
) -> UUID:
    """Add a line of support; a loan is checked by the conditions of the programme in force."""
    rules.check_fields(data)
    if data.ends_on is not None and data.ends_on < data.begins_on:
        raise EndsBeforeBeginning("ends_on", data.begins_on.isoformat())
    case = await access.lock_open_case(session, actor, id)
    values: dict[str, Any] = data.model_dump(exclude={"text"}) | {"state": SupportState.ARRANGED}
    if data.kind is SupportKind.LOAN:
        values["rule_code"] = await _check_loan(session, case, data)
    return await add_entry(session, actor, context, case, ReintegrationSupport, values, data.text)


async def _check_loan(session: Session, case: ReintegrationCase, data: SupportCreate) -> str:
    assert data.purpose, "check_fields says it"
    outstanding = await queries.has_outstanding_loan(session, case.id, data.purpose)
    return rules.check_loan(data, case.released_on, outstanding=outstanding).code


@operation(Permission.CASE_WRITE)
async def update_support(
    session: Session, actor: Actor, id: UUID, support_id: UUID, data: SupportUpdate
) -> UUID:
    """Record how a line of support goes on: granted, repaid, overdue, ended, verified."""
    case = await access.lock_open_case(session, actor, id)
    line = await entries.lock_entry(session, ReintegrationSupport, case.id, support_id)
    if line is None:
        raise EntryNotFound()
    values = data.model_dump(exclude_none=True)
    today = day_of(now())
    if data.verified_on is not None:
        check_not_future("verified_on", data.verified_on, today)
    if data.state is not None:
        rules.check_next_state(line.kind, line.state, data.state)
        if data.state is SupportState.ENDED and line.ends_on is None:
            values["ends_on"] = max(today, line.begins_on)
    if changed := records.assign(line, values):
        await records.write(session, line)
        await log_entry(session, actor, case, line, changed)
    return case.id
