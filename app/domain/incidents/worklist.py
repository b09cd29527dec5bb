"""Incidents that wait: those that were reported, and not yet verified."""

from app.db.tables.incident_terms import IncidentForm, IncidentState
from app.db.tables.incidents import Incident
from app.domain.actor import Permission
from app.domain.worklists import Waiting

WAITING = (
    Waiting(
        kind="incident_to_verify", table=Incident, permission=Permission.INCIDENT_TRANSITION,
        where=lambda incident: (incident.state == IncidentState.REPORTED)
        & (incident.form == IncidentForm.SINGLE),
        title=lambda incident: incident.title,
    ),
)  # fmt: skip
