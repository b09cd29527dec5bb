"""Tips that are offered, requested and opened: rows for the matrix, inserted as they are."""

import json
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from app.db.base import now
from app.db.session import Session
from app.db.tables.confidential import IdentityRequestState
from app.db.tables.tip_parts import IdentityRequest, TipIdentity
from app.db.tables.tip_transfers import TipStub, TipTransfer
from app.db.tables.tips import Tip, TipAssignment, TipChannel, TipKind, TipState
from app.domain.confidential.crypto.envelopes import encrypt, row_context

DAY = date(2026, 9, 1)
SOMEBODY = "somebody"  # who asks, mostly
LEFT = {"name": "Canary Nobody Knows", "phone": "0911777333"}  # the contact that an informant left
MakeIn = Callable[[Session, UUID], Awaitable[UUID]]


async def _put(session: Session, row: Any) -> UUID:
    session.add(row)
    await session.flush()
    id: UUID = row.id
    return id


async def triaged_tip(session: Session, unit: UUID) -> UUID:
    """A tip that may be handed over, of an informant who left a name."""
    row = Tip(
        unit_id=unit, received_unit_id=unit, received_on=DAY, channel=TipChannel.ONLINE,
        kind=TipKind.UNKNOWN, state=TipState.TRIAGED, has_contact=True,
    )  # fmt: skip
    return await _put(session, row)


async def offered_tip(session: Session, unit: UUID) -> UUID:
    """An offer within a unit, so that both its sides are seen from the same places."""
    row = TipTransfer(
        tip_id=await triaged_tip(session, unit), unit_id=unit, from_unit_id=unit,
        kind=TipKind.UNKNOWN, received_on=DAY, shared=["text"], reason="x", offered_on=DAY,
    )  # fmt: skip
    return await _put(session, row)


async def stub(session: Session, unit: UUID) -> UUID:
    row = TipStub(
        tip_id=await triaged_tip(session, unit), unit_id=unit, to_unit_id=unit, received_on=DAY,
        moved_on=DAY, state=TipState.TRANSFERRED,
    )  # fmt: skip
    return await _put(session, row)


async def identity(session: Session, unit: UUID, **more: Any) -> UUID:
    """A request that somebody else of the unit has made."""
    tip = await triaged_tip(session, unit)
    known: dict[str, Any] = {
        "tip_id": tip,
        "unit_id": unit,
        "requester_unit_id": unit,
        "requested_by": "asker",
    }
    return await _put(session, IdentityRequest(**known | {"reason": "x"} | more))


async def own_identity(session: Session, unit: UUID) -> UUID:
    """Insert a request of the caller."""
    return await identity(session, unit, requested_by=SOMEBODY)


async def granted_request(
    session: Session, unit: UUID, decider: UUID, keys: dict[str, X25519PublicKey]
) -> UUID:
    """Insert a request of the caller, approved from above, for a tip assigned to them."""
    id = await identity(
        session, unit, requested_by=SOMEBODY, state=IdentityRequestState.APPROVED,
        decided_by="custodian", decider_unit_id=decider, opens_until=now() + timedelta(days=1),
    )  # fmt: skip
    request = await session.get_one(IdentityRequest, id)
    who = json.dumps(LEFT).encode()
    sealed = encrypt(who, keys, row_context("tip_identity", request.tip_id))
    session.add(TipIdentity(tip_id=request.tip_id, sealed=sealed.ciphertext, keys=sealed.keys))
    session.add(
        TipAssignment(
            tip_id=request.tip_id, subject=SOMEBODY, assigned_by="x", assigned_on=DAY
        )
    )  # fmt: skip
    await session.flush()
    return id


PLACED: dict[str, MakeIn] = {
    "triaged": triaged_tip, "offered": offered_tip, "stub": stub, "identity": identity,
    "own_identity": own_identity,
}  # fmt: skip
