"""Operations on hand-overs of cases: offer, accept, decline, withdraw."""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.confidential.transfers import service as transfers
from app.domain.confidential.transfers.schemas import TransferTransition
from app.domain.reintegration import deadlines, rule_codes
from app.domain.reintegration.handling import access
from app.domain.reintegration.transfers import queries
from app.domain.reintegration.transfers.errors import DeclineReasonNeeded
from app.domain.reintegration.transfers.kind import CASE_TRANSFERS
from app.domain.reintegration.transfers.schemas import (
    CaseTransferOffer,
    CaseTransferTransition,
    DeclineReason,
)


@operation(Permission.CASE_TRANSFER)
async def offer_reintegration_case(
    session: Session, actor: Actor, id: UUID, data: CaseTransferOffer
) -> UUID:
    """Offer a case to the unit that the person moves to."""
    case = await access.lock_case(session, actor, id)
    offer = await transfers.offer_record(
        session, CASE_TRANSFERS, actor, id, to_unit=data.to_unit, reason=data.reason.value,
        shared=data.shared,
    )  # fmt: skip
    await deadlines.start_deadline(session, actor, case, rule_codes.HANDOVER, now())
    return offer


@operation(Permission.CASE_TRANSFER)
async def transition_reintegration_transfer(
    session: Session, actor: Actor, id: UUID, data: CaseTransferTransition, expected: int | None
) -> UUID:
    """Accept an offered case and take its lead, decline it, or withdraw your offer."""
    if (data.action == "decline") != (data.reason is not None):
        raise DeclineReasonNeeded(data.action, [one.value for one in DeclineReason])
    words = TransferTransition(action=data.action, reason=data.reason and data.reason.value)
    done = await transfers.transition_transfer(session, CASE_TRANSFERS, actor, id, words, expected)
    if data.action != "accept":  # the offer is answered: its time limit is over
        case = await queries.find_offered_case(session, id)
        assert case, "its transition was recorded just now"
        await deadlines.meet_deadline(session, actor, case, rule_codes.HANDOVER, now())
    return done
