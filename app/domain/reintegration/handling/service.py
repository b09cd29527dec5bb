"""Operations on cases: open, correct, take through their states."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.reintegration import (
    ReintegrationCase,
    ReintegrationIdentity,
)
from app.domain.actor import ABOVE_VILLAGES, Actor, Permission, operation
from app.domain.deadlines.days import day_of
from app.domain.errors import DomainError
from app.domain.records import kit as records
from app.domain.records.schemas import TransitionInput
from app.domain.records.service import check_version
from app.domain.reintegration import deadlines, rule_codes
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.handling import access, queries
from app.domain.reintegration.handling.builder import prepare_case, refuse_case
from app.domain.reintegration.handling.schemas import (
    CaseBatch,
    CaseChange,
    CaseCreate,
    CaseItem,
    CasesOpened,
    CaseTransition,
)
from app.domain.reintegration.minors import check_minor
from app.domain.reintegration.seals import find_case_key, seal, unseal
from app.domain.reintegration.states import CASE_LIFE, check_closing_basis

STARTS = {"verify": rule_codes.FILE, "take_in": rule_codes.HELPER}
MEETS = {"verify": rule_codes.RESIDENCE_CHECK, "take_in": rule_codes.FILE}


@operation(Permission.CASE_CREATE, levels=ABOVE_VILLAGES)
async def open_reintegration_case(
    session: Session, actor: Actor, data: CaseCreate, context: CaseContext
) -> UUID:
    """Open a case on notice of a return; you have its lead, and its time limits begin."""
    case, edit = await prepare_case(session, actor, data, context)
    await records.save_all(session, actor, Permission.CASE_CREATE, [edit])
    await deadlines.start_deadline(session, actor, case, rule_codes.RESIDENCE_CHECK, now())
    return case.id


@operation(Permission.CASE_CREATE, levels=ABOVE_VILLAGES)
async def open_reintegration_cases(
    session: Session, actor: Actor, data: CaseBatch, context: CaseContext
) -> CasesOpened:
    """Open the cases of a list, such as a commune's notebook; each is opened or refused."""
    opened, edits, items = [], [], []
    for index, one in enumerate(data.items):
        try:
            case, edit = await prepare_case(session, actor, one, context)
        except DomainError as refusal:
            items.append(refuse_case(index, refusal))
            continue
        opened.append(case)
        edits.append(edit)
        items.append(CaseItem(index=index, id=case.id, case_number=case.case_number))
    await records.save_all(session, actor, Permission.CASE_CREATE, edits)
    await deadlines.start_deadlines(session, actor, opened, rule_codes.RESIDENCE_CHECK, now())
    return CasesOpened(opened=len(edits), refused=len(items) - len(edits), items=items)


@operation(Permission.CASE_WRITE)
async def change_reintegration_case(
    session: Session, actor: Actor, id: UUID, data: CaseChange, expected: int | None,
    context: CaseContext,
) -> UUID:  # fmt: skip
    """Correct the basis of a case, the day of release, or who it is about."""
    case = await access.lock_case(session, actor, id)
    await check_version(session, case, expected)
    values = data.model_dump(exclude_unset=True, exclude={"person"})
    person = data.person.model_dump() if "person" in data.model_fields_set else None
    changed = records.assign(case, values)
    also = []
    if person is not None or {"is_minor", "released_on"} & set(changed):
        also = await _correct_person(session, actor, context, case, person)
        changed += ["person"] * len(also)
    if changed:
        await records.save(session, actor, Permission.CASE_WRITE, case, changed, also=also)
    return case.id


async def _correct_person(
    session: Session, actor: Actor, context: CaseContext, case: ReintegrationCase, person: Any
) -> list[ReintegrationIdentity]:
    """Seal who a case is about again, if that is given; refuse a mark that contradicts it."""
    identity = await queries.load_identity(session, case.id, lock=True)
    if identity is None:
        return []
    keyring = await find_case_key(context, case.id)
    known = person or unseal(keyring, identity, case.id)
    check_minor(actor, case.released_on, known.get("birth_year"), is_minor=case.is_minor)
    if person is None:
        return []
    records.assign(identity, seal(keyring, ReintegrationIdentity, case.id, person))
    return [identity]


@operation(Permission.CASE_TRANSITION)
async def transition_reintegration_case(
    session: Session, actor: Actor, id: UUID, data: CaseTransition, expected: int | None
) -> UUID:
    """Apply a transition to a case: verify, take in, support, close on one of six bases."""
    case, at = await access.lock_case(session, actor, id), now()
    await check_version(session, case, expected)
    words = TransitionInput(action=data.action)
    step = CASE_LIFE.apply(case.state, words, effective_on=day_of(at))
    check_closing_basis(data.action, data.closing_basis)
    values = {"state": step.to_state, "closing_basis": data.closing_basis}
    if data.action == "close":
        values["closed_on"] = day_of(at)  # type: ignore[assignment]
    await _run_deadlines(session, actor, case, data.action, at)
    fields = records.assign(case, values)
    return await records.save(session, actor, Permission.CASE_TRANSITION, case, fields, step)


async def _run_deadlines(
    session: Session, actor: Actor, case: ReintegrationCase, action: str, at: datetime
) -> None:
    if met := MEETS.get(action):
        await deadlines.meet_deadline(session, actor, case.id, met, at)
    if action == "close":
        await deadlines.end_deadlines(session, actor, case.id, at)
    named = action == "take_in" and await queries.has_helper(session, case.id)
    if (rule := STARTS.get(action)) and not named:
        await deadlines.start_deadline(session, actor, case, rule, at)
