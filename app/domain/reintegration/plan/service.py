"""Operations on needs, on the plan, and on contacts: rows are added, never rewritten."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.reintegration import ReintegrationCase
from app.db.tables.reintegration_choices import ContactWay, NeedStatus
from app.db.tables.reintegration_parts import (
    ReintegrationAction,
    ReintegrationContact,
    ReintegrationNeed,
)
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines.days import day_of
from app.domain.records import kit as records
from app.domain.records.names import resource_name
from app.domain.records.service import Change, log_changes
from app.domain.reintegration import deadlines, rule_codes
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.errors import DayInFuture, EntryNotFound, NoNeedHere
from app.domain.reintegration.handling import access, queries
from app.domain.reintegration.plan.schemas import (
    ContactCreate,
    NeedCreate,
    PlanActionCreate,
    PlanActionEnd,
)
from app.domain.reintegration.seals import find_case_key, seal, unseal

WRITE = Permission.CASE_WRITE


@operation(WRITE)
async def record_need(
    session: Session, actor: Actor, id: UUID, data: NeedCreate, context: CaseContext
) -> UUID:
    """Add an update of a need; earlier ones stay."""
    if data.status is NeedStatus.NONE_IDENTIFIED and data.text is not None:
        raise NoNeedHere()
    case = await access.lock_open_case(session, actor, id)
    values = data.model_dump(exclude={"text"})
    return await add_entry(session, actor, context, case, ReintegrationNeed, values, data.text)


@operation(WRITE)
async def plan_action(
    session: Session, actor: Actor, id: UUID, data: PlanActionCreate, context: CaseContext
) -> UUID:
    """Add an action to the plan."""
    case = await access.lock_open_case(session, actor, id)
    values = data.model_dump(exclude={"text"})
    return await add_entry(session, actor, context, case, ReintegrationAction, values, data.text)


@operation(WRITE)
async def end_plan_action(
    session: Session, actor: Actor, id: UUID, action_id: UUID, data: PlanActionEnd,
    context: CaseContext,
) -> UUID:  # fmt: skip
    """Record how an action of the plan came out, with what shows it."""
    case = await access.lock_open_case(session, actor, id)
    action = await queries.lock_entry(session, ReintegrationAction, case.id, action_id)
    if action is None or action.outcome is not None:
        raise EntryNotFound()
    keyring = await find_case_key(context, case.id)
    words = unseal(keyring, action, action.id) | {"evidence": data.evidence}
    values = seal(keyring, ReintegrationAction, action.id, words)
    values |= {"outcome": data.outcome, "ended_on": day_of(now())}
    records.assign(action, values)
    await records.write(session, action)
    await log_entry(session, actor, case, action, ["ended_on", "outcome"])
    return case.id


@operation(WRITE)
async def record_contact(
    session: Session, actor: Actor, id: UUID, data: ContactCreate, context: CaseContext
) -> UUID:
    """Add a contact with the person; the report of a helper meets the time limit of its quarter."""
    case = await access.lock_open_case(session, actor, id)
    check_not_future("took_place_on", data.took_place_on, day_of(now()))
    values = data.model_dump(exclude={"text"})
    if data.way is ContactWay.REPORT:
        await deadlines.meet_deadline(session, actor, case.id, rule_codes.QUARTER_REPORT, now())
    return await add_entry(session, actor, context, case, ReintegrationContact, values, data.text)


def check_not_future(field: str, day: date, today: date) -> None:
    """Refuse a day that has not come."""
    if day > today:
        raise DayInFuture(field, today.isoformat())


async def add_entry(
    session: Session, actor: Actor, context: CaseContext, case: ReintegrationCase, table: Any,
    values: Mapping[str, Any], words: str | None, id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Add an entry to a case, its words under the key of the case; return the case's id."""
    keyring, id = await find_case_key(context, case.id), id or uuid7()
    sealed = seal(keyring, table, id, {"text": words})
    row = table(
        id=id, case_id=case.id, recorded_on=day_of(now()), recorded_by=actor.subject,
        **values, **sealed,
    )  # fmt: skip
    await records.write(session, row)
    await log_entry(session, actor, case, row, sorted(values), Act.CREATE)
    return case.id


async def log_entry(
    session: Session, actor: Actor, case: ReintegrationCase, row: Any, fields: list[str],
    act: Act = Act.CHANGE,
) -> None:  # fmt: skip
    """Log an entry that was added to a case, or how one ended: never its values."""
    version = 1 if act is Act.CREATE else 2
    change = Change(resource_name(type(row)), row.id, case.unit_id, act, version, fields)
    await log_changes(session, actor, WRITE, [change])
