"""Operations on emergency openings: break the glass, review that, read why."""

from typing import Any
from uuid import UUID, uuid4

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.reintegration import ReintegrationCase
from app.db.tables.reintegration_openings import CaseOpeningState, ReintegrationOpening
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines import lifecycle
from app.domain.deadlines.days import COUNTRY_TIME, day_of
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.refused_reads import audit_refusals
from app.domain.records.schemas import TransitionInput
from app.domain.records.service import Change, check_version, log_changes
from app.domain.reintegration import deadlines, rule_codes
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.errors import CaseClosed
from app.domain.reintegration.openings import queries, rules
from app.domain.reintegration.openings.errors import CaseOpenAlready, PartInCase
from app.domain.reintegration.openings.queries import CaseToOpen
from app.domain.reintegration.openings.schemas import (
    CaseOpened,
    CaseOpeningCreate,
    CaseOpeningTransition,
    CaseOpeningWords,
)
from app.domain.reintegration.openings.shape import OPENING_SCOPE
from app.domain.reintegration.seals import find_case_key, seal, unseal

FIELDS = ("case_id", "basis", "opens_until", "reason")


@audit_refusals("reintegration_opening")
@operation(Permission.CASE_BREAK_GLASS)
async def break_case_glass(
    session: Session, actor: Actor, data: CaseOpeningCreate, context: CaseContext
) -> CaseOpened:
    """Open a case in which you have no part, for 3 hours; others see it and review it."""
    found = await queries.find_case_to_open(session, data.case_number)
    if found is None:
        raise build_not_found(ReintegrationCase)
    _check_need(found)
    opening = await _build_opening(actor, data, found, context)
    await records.create(session, actor, Permission.CASE_BREAK_GLASS, opening, FIELDS)
    await deadlines.start_review(session, actor, opening.id, opening.unit_id, opening.opened_at)
    return CaseOpened(
        id=opening.id, case_id=opening.case_id, case_number=opening.case_number,
        opens_until=opening.opens_until.astimezone(COUNTRY_TIME),
    )  # fmt: skip


def _check_need(found: CaseToOpen) -> None:
    if found.has_part:
        raise PartInCase()
    if found.closed:
        raise CaseClosed()
    if found.opens_until is not None:
        until = found.opens_until.astimezone(COUNTRY_TIME)
        raise CaseOpenAlready(opens_until=until.isoformat())


async def _build_opening(
    actor: Actor, data: CaseOpeningCreate, found: CaseToOpen, context: CaseContext
) -> ReintegrationOpening:
    id, at = uuid4(), now()
    keyring = await find_case_key(context, found.id)
    words = seal(keyring, ReintegrationOpening, id, {"reason": data.reason, "note": None})
    return ReintegrationOpening(
        id=id, case_id=found.id, unit_id=found.unit_id, case_number=data.case_number,
        basis=data.basis, opened_by=actor.subject, opened_at=at, opens_until=at + rules.WINDOW,
        **words,
    )  # fmt: skip


@operation(Permission.CASE_REVIEW_OPENING)
async def transition_reintegration_opening(
    session: Session, actor: Actor, id: UUID, data: CaseOpeningTransition, expected: int | None,
    context: CaseContext,
) -> UUID:  # fmt: skip
    """Review an emergency opening: `justify` it, or `reject` it, which ends it at once."""
    opening, at = await _load(session, actor, id), now()
    rules.check_reviewer(opening, actor)
    await check_version(session, opening, expected)
    words = TransitionInput(action=data.action)
    step = rules.REVIEW.apply(opening.state, words, effective_on=day_of(at))
    opening.state = CaseOpeningState(step.to_state)
    values: dict[str, Any] = {"opens_until": rules.end_of_opening(opening, at)}
    if data.note:
        keyring = await find_case_key(context, opening.case_id)
        sealed = unseal(keyring, opening, opening.id) | {"note": data.note}
        values |= seal(keyring, ReintegrationOpening, opening.id, sealed)
    records.assign(opening, values | {"decided_by": actor.subject, "decided_at": at})
    if deadline := await queries.find_review_deadline(session, opening.id):
        await lifecycle.meet_deadline(session, actor, deadline, at)
    fields = ["decided_at", "decided_by", "opens_until", "state"]
    permission = Permission.CASE_REVIEW_OPENING
    return await records.save(session, actor, permission, opening, fields, step)


async def _load(session: Session, actor: Actor, id: UUID) -> ReintegrationOpening:
    return await records.get(
        session, actor, ReintegrationOpening, id, scope=OPENING_SCOPE, lock_map=False
    )


@audit_refusals("reintegration_opening")
@operation(Permission.CASE_READ_OPENINGS)
async def reintegration_opening_words(
    session: Session, actor: Actor, id: UUID, context: CaseContext
) -> CaseOpeningWords:
    """Read why a case was opened, and what the reviewer wrote; each read is audited."""
    opening = await queries.find_opening(session, actor, id)
    if opening is None:
        raise build_not_found(ReintegrationOpening)
    keyring = await find_case_key(context, opening.case_id)
    read = Change(rule_codes.OPENING, id, opening.unit_id, Act.READ, None, ["note", "reason"])
    await log_changes(session, actor, Permission.CASE_READ_OPENINGS, [read])
    return CaseOpeningWords(id=id, **unseal(keyring, opening, id))
