"""Incidents as they are recorded: the unit, the rules, and that nothing is counted twice."""

from datetime import date
from typing import Any

from app.db.session import Session
from app.db.tables.incident_terms import IncidentState
from app.db.tables.incidents import Incident
from app.domain.incidents import rules
from app.domain.incidents.double_counts import Counted
from app.domain.incidents.schemas import IncidentCreate
from app.domain.records.kit import Edit
from app.domain.units.own_units import OwnUnits, take_unit
from app.domain.units.service import Named
from app.domain.units.shape import today

LEFT_OUT = {"unit"}


def name_unit(data: IncidentCreate) -> Named:
    """Return the unit of a new incident and the day of the map on which it is looked up."""
    day = data.period_to or data.period_from or today()
    return data.unit, min(day, today())


async def build_incident(
    session: Session, data: IncidentCreate, units: OwnUnits, counted: Counted
) -> Edit:
    """Build a new incident; refuse one that no rule allows or that is counted already."""
    unit = take_unit(units, name_unit(data))
    values = rules.complete_time(data.model_dump(exclude=LEFT_OUT))
    incident = Incident(
        **values, unit_id=unit.id, state=IncidentState.REPORTED, category_group=""
    )  # fmt: skip
    rules.check(incident, today=today())
    await counted.check(session, incident)
    return Edit(incident, sorted(data.model_fields_set - {"id"}))


def correct(values: dict[str, Any], incident: Incident) -> tuple[str, date]:
    """Return the unit that a correction names, and the day of the map on which it is looked up."""
    day = values.get("period_to", incident.period_to) or today()
    return str(values.get("unit") or incident.unit_id), min(day, today())
