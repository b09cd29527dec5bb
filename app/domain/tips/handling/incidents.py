"""Links from incidents to the tips that reported them: an incident is linked, never copied."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.incident_terms import IncidentRelation
from app.domain.actor import Actor, Permission, operation
from app.domain.incidents import links
from app.domain.tips import scope
from app.domain.tips.handling.schemas import TipIncidentLink

WRITE, REPORTED_BY = Permission.TIP_WRITE, IncidentRelation.REPORTED_BY


@operation(WRITE)
async def link_tip_to_incident(
    session: Session, actor: Actor, id: UUID, data: TipIncidentLink
) -> UUID:
    """Link a tip to an incident of your units that it reported."""
    tip = await scope.lock_tip(session, actor, id)
    await links.link_from_above(session, actor, WRITE, data.incident_id, REPORTED_BY, tip.id)
    return tip.id


@operation(WRITE)
async def unlink_tip_from_incident(
    session: Session, actor: Actor, id: UUID, incident_id: UUID
) -> UUID:
    """Remove the link between a tip and an incident."""
    tip = await scope.lock_tip(session, actor, id)
    await links.unlink_from_above(session, actor, WRITE, incident_id, REPORTED_BY, tip.id)
    return tip.id
