"""Operations on the identities of informants: ask, decide, withdraw, open."""

import json
from uuid import UUID

from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.confidential.identity import disclosure
from app.domain.confidential.identity import service as identities
from app.domain.confidential.identity.schemas import (
    IdentityRequestCreate,
    IdentityRequestTransition,
)
from app.domain.errors import Forbidden
from app.domain.records.refused_reads import audit_refusals
from app.domain.tips.context import TipContext
from app.domain.tips.identity.kind import TIP_IDENTITY
from app.domain.tips.identity.schemas import OpenedIdentity

CONTACT = ("name", "phone", "email", "address", "note")


@operation(Permission.IDENTITY_REQUEST)
async def request_identity(
    session: Session, actor: Actor, id: UUID, data: IdentityRequestCreate
) -> UUID:
    """Request the identity of the informant of a tip; another unit decides."""
    return await identities.request_identity(session, TIP_IDENTITY, actor, id, data)


@operation(Permission.IDENTITY_READ)
async def transition_identity_request(
    session: Session, actor: Actor, id: UUID, data: IdentityRequestTransition, expected: int | None
) -> UUID:
    """Approve or decline a request of somebody else, or withdraw your own."""
    return await identities.transition_request(session, TIP_IDENTITY, actor, id, data, expected)


# Other refusals are written by the disclosure itself, with the conditions that failed.
@audit_refusals("identity_request", (Forbidden,))
@operation(Permission.IDENTITY_OPEN)
async def open_identity(context: TipContext, actor: Actor, id: UUID) -> OpenedIdentity:
    """Open the identity of an informant after an approval; each attempt is audited.

    The identity is returned once and stored nowhere.
    """
    opened = await disclosure.open_identity(
        context.database, TIP_IDENTITY, context.keys.custodian, actor, id
    )
    contact = json.loads(opened.content)
    return OpenedIdentity(
        **{name: contact.get(name) for name in CONTACT},
        views_left=opened.views_left,
        opens_until=opened.opens_until,
    )
