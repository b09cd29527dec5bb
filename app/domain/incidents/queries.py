"""Every SQL statement on incidents, apart from those of the shape."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import col
from sqlmodel import select as select_rows

from app.db.fixed_query import FixedQuery, ValuedQuery
from app.db.membership import is_named
from app.db.session import Session, execute
from app.db.tables.incident_terms import IncidentForm, IncidentRelation
from app.db.tables.incidents import Incident, IncidentLink
from app.domain.actor import Actor, Level
from app.domain.scope import lies_in
from app.domain.units.queries import FOUND, name_units


async def list_periods(session: Session, units: Iterable[UUID]) -> Sequence[Incident]:
    """List the standing summaries and changes of units."""
    statement = _select_periods(col(Incident.unit_id).in_(list(units)))
    found: Sequence[Incident] = (await session.exec(statement)).all()
    return found


def select_periods(named: Sequence[tuple[str, date]]) -> ValuedQuery:
    """Return the query of the standing summaries and changes of units, named with their days."""
    return _periods_of_named().having(**name_units(named))


@cache
def _periods_of_named() -> FixedQuery:
    named = col(Incident.unit_id).in_(select(FOUND.c.unit_id))
    return FixedQuery(_select_periods(named), "wanted", "days")


def _select_periods(of_units: ColumnElement[bool]) -> Any:
    one: Any = Incident
    return select_rows(Incident).where(
        of_units, one.form != IncidentForm.SINGLE, one.voided_at.is_(None)
    )


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
    (found,) = await session.exec_all(select_own(actor, ids))
    return {one.id: one for one in found}


def select_own(actor: Actor, ids: Iterable[UUID]) -> ValuedQuery:
    """Return the query of standing incidents of the actor's own."""
    return _own(actor.level).having(ids=list(ids), unit=actor.unit_id)


@cache
def _own(level: Level) -> FixedQuery:
    statement = select_rows(Incident).where(
        is_named(Incident.id, "ids"), lies_in(Incident, level), col(Incident.voided_at).is_(None)
    )
    return FixedQuery(statement, "ids", "unit")


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


def select_links_of(other: UUID) -> Any:
    """Return the query of the links that lead from incidents to another record."""
    statement = select_rows(IncidentLink).where(col(IncidentLink.other_id) == other)
    return statement.order_by(col(IncidentLink.id))
