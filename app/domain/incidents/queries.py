"""Every SQL statement on incidents, apart from those of the shape."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlmodel import col
from sqlmodel import select as select_rows

from app.db.session import Session, execute
from app.db.tables.incident_terms import IncidentForm, IncidentRelation
from app.db.tables.incidents import Incident, IncidentLink
from app.domain.actor import Actor
from app.domain.scope import in_scope


async def list_periods(session: Session, units: Iterable[UUID]) -> Sequence[Incident]:
    """List the standing summaries and changes of units."""
    one: Any = Incident
    statement = select_rows(Incident).where(
        one.unit_id.in_(list(units)), one.form != IncidentForm.SINGLE, one.voided_at.is_(None)
    )
    return (await session.exec(statement)).all()


async def count_singles(session: Session, summary: Incident) -> int:
    """Count the standing single incidents in the days of a summary."""
    one: Any = Incident
    statement = select(func.count()).where(
        one.unit_id == summary.unit_id, one.category == summary.category,
        one.form == IncidentForm.SINGLE, one.voided_at.is_(None),
        one.period_from <= summary.period_to, one.period_to >= summary.period_from,
    )  # fmt: skip
    return int((await execute(session, statement)).scalar_one())


async def list_own(session: Session, actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Incident]:
    """Return standing incidents of the actor's own, by id."""
    statement = select_rows(Incident).where(
        col(Incident.id).in_(list(ids)),
        in_scope(Incident, actor),
        col(Incident.voided_at).is_(None),
    )
    return {one.id: one for one in (await session.exec(statement)).all()}


async def find_link(
    session: Session, incident: UUID, relation: IncidentRelation, other: UUID
) -> IncidentLink | None:
    """Find a link of an incident; one between incidents is found from both of its ends."""
    link: Any = IncidentLink
    ways = and_(link.incident_id == incident, link.other_id == other)
    if relation is IncidentRelation.SAME_AS:
        ways = or_(ways, and_(link.incident_id == other, link.other_id == incident))
    statement = select_rows(IncidentLink).where(link.relation == relation, ways)
    return (await session.exec(statement)).first()


async def list_links_of(session: Session, other: UUID) -> Sequence[IncidentLink]:
    """List the links that lead from incidents to another record."""
    statement = select_rows(IncidentLink).where(col(IncidentLink.other_id) == other)
    return (await session.exec(statement.order_by(col(IncidentLink.id)))).all()
