"""Operations on transfers of tips: offer, accept, decline, withdraw."""

from uuid import UUID

from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.confidential.transfers import service as transfers
from app.domain.confidential.transfers.schemas import TransferTransition
from app.domain.tips.transfers.kind import TIP_TRANSFERS
from app.domain.tips.transfers.schemas import TransferOffer


@operation(Permission.TIP_TRANSFER)
async def offer_tip(session: Session, actor: Actor, id: UUID, data: TransferOffer) -> UUID:
    """Offer a triaged tip to another unit; the deadline keeps running."""
    return await transfers.offer_record(
        session, TIP_TRANSFERS, actor, id, to_unit=data.to_unit, reason=data.reason,
        shared=data.shared,
    )  # fmt: skip


@operation(Permission.TIP_TRANSFER)
async def transition_transfer(
    session: Session, actor: Actor, id: UUID, data: TransferTransition, expected: int | None
) -> UUID:
    """Accept or decline an offered tip, or withdraw an offer of yours."""
    return await transfers.transition_transfer(session, TIP_TRANSFERS, actor, id, data, expected)
