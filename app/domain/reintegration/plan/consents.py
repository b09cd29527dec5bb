"""Consents of the person: dated, scoped, and revoked at any time."""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.reintegration_parts import ReintegrationConsent
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines.days import day_of
from app.domain.records import kit as records
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.errors import EndsBeforeBeginning, EntryNotFound
from app.domain.reintegration.handling import access, queries
from app.domain.reintegration.plan.schemas import ConsentCreate, ConsentEnd
from app.domain.reintegration.plan.service import add_entry, check_not_future, log_entry


@operation(Permission.CASE_WRITE)
async def record_consent(
    session: Session, actor: Actor, id: UUID, data: ConsentCreate, context: CaseContext
) -> UUID:
    """Record a consent of the person: to what, since when, until when."""
    case = await access.lock_open_case(session, actor, id)
    check_not_future("given_on", data.given_on, day_of(now()))
    if data.ends_on is not None and data.ends_on < data.given_on:
        raise EndsBeforeBeginning("ends_on", data.given_on.isoformat())
    values = data.model_dump(exclude={"text"})
    return await add_entry(session, actor, context, case, ReintegrationConsent, values, data.text)


@operation(Permission.CASE_WRITE)
async def revoke_consent(
    session: Session, actor: Actor, id: UUID, consent_id: UUID, data: ConsentEnd
) -> UUID:
    """Record that the person has revoked a consent; nothing is shared by it from then on."""
    case = await access.lock_case(session, actor, id)
    consent = await queries.lock_entry(session, ReintegrationConsent, case.id, consent_id)
    if consent is None or consent.revoked_on is not None:
        raise EntryNotFound()
    today = day_of(now())
    day = data.revoked_on or today
    check_not_future("revoked_on", day, today)
    if day < consent.given_on:
        raise EndsBeforeBeginning("revoked_on", consent.given_on.isoformat())
    consent.revoked_on = day
    await records.write(session, consent)
    await log_entry(session, actor, case, consent, ["revoked_on"])
    return case.id
