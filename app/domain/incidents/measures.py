"""Measures of incidents: cases and persons together, and the losses of accidents."""

from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from app.db.query.shape import Row, Test
from app.db.tables.incident_terms import IncidentForm, IncidentRelation, IncidentState
from app.db.tables.incidents import Incident, IncidentLink
from app.domain.incidents.shape import INCIDENT
from app.domain.records.dimensions import by_columns
from app.domain.records.measures import Happens, Measure

DIMENSIONS = by_columns(Incident, "category category_group state result")


def _counts(incident: Row) -> Test:
    """Test for incidents that have happened, each entered for the first time."""
    return (incident.state != IncidentState.UNFOUNDED) & ~_is_linked(  # type: ignore[no-any-return]
        incident, IncidentRelation.SAME_AS
    )


def _is_linked(incident: Row, relation: IncidentRelation) -> Any:
    link: Row = aliased(IncidentLink)
    found = select(link.id).where(link.incident_id == incident.id, link.relation == relation)
    return found.correlate_except(link).exists()


def _from_tips(incident: Row) -> Test:
    return and_(_counts(incident), _is_linked(incident, IncidentRelation.REPORTED_BY))


def _measure(code: str, **how: Any) -> Measure:
    return Measure(
        code=code, shape=INCIDENT, dated=Happens(lambda incident: incident.period_to),
        delta_only=lambda incident: incident.form == IncidentForm.CHANGE,
        dimensions=DIMENSIONS, sensitive=True, **({"where": _counts} | how),
    )  # fmt: skip


CASES: dict[str, Any] = {
    "value": lambda incident: incident.incident_count,
    "qualifier": lambda incident: incident.incident_qualifier,
}
PERSONS: dict[str, Any] = {
    "value": lambda incident: incident.involved_count,
    "qualifier": lambda incident: incident.involved_qualifier,
}
MEASURES = (
    _measure("incidents", **CASES),
    _measure("involved_persons", **PERSONS),
    _measure("incidents_verified_from_tips", where=_from_tips, **CASES),
    _measure("incident_deaths", value=lambda incident: incident.deaths),
    _measure("incident_injured", value=lambda incident: incident.injured),
    _measure("incident_damage", value=lambda incident: incident.damage),
)
