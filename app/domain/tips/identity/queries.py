"""Every SQL statement on requests to know an informant; the vault alone reads what he left."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select
from uuid_utils.compat import uuid7

from app.db.session import Session, act_as, execute
from app.db.tables.tip_parts import IdentityRequest, TipIdentity
from app.db.tables.units import Unit
from app.domain.actor import Actor
from app.domain.scope import in_scope
from app.domain.tips.identity.rules import OPEN
from app.domain.tips.office import VAULT


async def openings(session: Session, tip_id: UUID) -> list[dict[str, Any]]:
    """When a tip's informant was made known first, by which request, and why."""
    first = col(IdentityRequest.first_opened_on)
    statement = select(first, IdentityRequest.reason).where(
        IdentityRequest.tip_id == tip_id, first.is_not(None)
    )
    found = await session.exec(statement.order_by(first, col(IdentityRequest.id)))
    return [{"on": on, "reason": reason} for on, reason in found]


async def one(session: Session, actor: Actor, id: UUID) -> IdentityRequest | None:
    """A request of the actor's units, kept from being changed by others meanwhile."""
    statement = select(IdentityRequest).where(
        IdentityRequest.id == id, in_scope(IdentityRequest, actor)
    )
    fresh = statement.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(fresh)).one_or_none()


async def open_of(session: Session, tip_id: UUID, subject: str) -> IdentityRequest | None:
    """The request of somebody for a tip that is not at its end."""
    statement = select(IdentityRequest).where(
        IdentityRequest.tip_id == tip_id,
        IdentityRequest.requested_by == subject,
        col(IdentityRequest.state).in_(OPEN),
    )
    return (await session.exec(statement.with_for_update())).one_or_none()


async def unit(session: Session, id: UUID) -> Unit:
    """A unit, with where it lies on today's map."""
    return (await session.exec(select(Unit).where(Unit.id == id))).one()


async def sealed(session: Session, tip_id: UUID) -> TipIdentity | None:
    """What an informant left of himself, as it lies sealed; the transaction is the vault's now."""
    await act_as(session, VAULT)
    return (await session.exec(select(TipIdentity).where(TipIdentity.tip_id == tip_id))).first()


async def tell(session: Session, request: IdentityRequest, at: datetime) -> None:
    """The news that an identity was opened, for those who follow changes."""
    told = (
        "INSERT INTO outbox (id, recorded_at, resource, resource_id, act, version, fields, unit_id)"
        " VALUES (:id, :at, 'identity_request', :request, 'change', :version,"
        " '{first_opened_on,views}', :unit)"
    )
    values = {"id": uuid7(), "at": at, "request": request.id, "version": request.version}
    await execute(session, text(told), values | {"unit": request.unit_id})
