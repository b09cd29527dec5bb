"""Requests of the person: each recorded with a time limit of its own, and answered."""

from datetime import timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from app.db.base import now
from app.db.session import Session
from app.db.tables.reintegration_requests import ReintegrationRequest
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines.days import day_of, end_of
from app.domain.records import kit as records
from app.domain.reintegration import deadlines
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.errors import EntryNotFound
from app.domain.reintegration.handling import access, queries
from app.domain.reintegration.plan.service import add_entry, check_not_future, log_entry
from app.domain.reintegration.rights.schemas import PersonRequestCreate, PersonRequestReply
from app.domain.reintegration.seals import find_case_key, seal, unseal


@operation(Permission.CASE_WRITE)
async def record_person_request(
    session: Session, actor: Actor, id: UUID, data: PersonRequestCreate, context: CaseContext
) -> UUID:
    """Record a request of the person: for a copy, a correction, or an objection."""
    case = await access.lock_case(session, actor, id)
    check_not_future("received_on", data.received_on, day_of(now()))
    values, made = data.model_dump(exclude={"text"}), uuid7()
    await add_entry(session, actor, context, case, ReintegrationRequest, values, data.text, made)
    received = end_of(data.received_on) - timedelta(seconds=1)  # its hour is not on record
    begin = min(now(), received)
    await deadlines.start_reply(session, actor, made, case.unit_id, begin)
    return case.id


@operation(Permission.CASE_WRITE)
async def answer_person_request(
    session: Session, actor: Actor, id: UUID, request_id: UUID, data: PersonRequestReply,
    context: CaseContext,
) -> UUID:  # fmt: skip
    """Answer a request of the person; a correction that is granted is made as a change."""
    case = await access.lock_case(session, actor, id)
    request = await queries.lock_entry(session, ReintegrationRequest, case.id, request_id)
    if request is None or request.answer is not None:
        raise EntryNotFound()
    keyring = await find_case_key(context, case.id)
    words = unseal(keyring, request, request.id) | {"reply": data.reply}
    values = seal(keyring, ReintegrationRequest, request.id, words)
    records.assign(request, values | {"answer": data.answer, "answered_on": day_of(now())})
    await records.write(session, request)
    await log_entry(session, actor, case, request, ["answer", "answered_on"])
    await deadlines.meet_reply(session, actor, request.id, now())
    return case.id
