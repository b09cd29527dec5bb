"""The shape of incidents and of their links."""

from typing import Any
from uuid import UUID

from sqlalchemy import case, null, select
from sqlalchemy.orm import aliased

from app.db.query.shape import Caller, Field, Filter, Params, Row, Shape, Test, columns
from app.db.tables.incident_terms import IncidentRelation, LinkedResource
from app.db.tables.incidents import Incident, IncidentLink
from app.domain.actor import Permission
from app.domain.incidents.states import LIFE
from app.domain.records.actions import actions
from app.domain.records.shape import (
    EITHER_END,
    FIRST,
    LOGGED,
    choices,
    part,
    ranges,
    transitions,
)
from app.domain.scope import BY_PLACE
from app.domain.units.shape import MAP_OF, OWN_UNIT, WITHIN


def _other(link: Row, caller: Caller) -> Any:
    """Return the record that a link leads to; a tip is named to those who read tips alone."""
    may = caller.may(Permission.TIP_READ)
    hidden = (link.resource == LinkedResource.TIP) & ~may
    return case((hidden, null()), else_=link.other_id)


def _refuse(row: Row) -> Any:
    raise LookupError("What a link leads to depends on the caller.")


INCIDENT_LINK = Shape(
    name="IncidentLink",
    table=IncidentLink,
    needs=Permission.INCIDENT_READ,
    orders=FIRST,
    fields=columns(IncidentLink, "id relation resource created_at created_by")
    | {"other_id": Field(_refuse, UUID | None, by_caller=_other)},
)


def _has_link(incident: Row, relation: Any, params: Params) -> Test:
    """Test for incidents with a link of some relation."""
    link: Row = aliased(IncidentLink)
    found = select(link.id).where(link.incident_id == incident.id, link.relation == relation)
    return found.exists()


INCIDENT: Shape = Shape(
    name="Incident",
    table=Incident,
    needs=Permission.INCIDENT_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        Incident,
        "id version form category category_group title spot incident_count incident_qualifier "
        "involved_count involved_qualifier deaths injured damage precision period_from period_to "
        "period_text occurred_at compared_from compared_to reported_on state result source "
        f"reference unit_id {LOGGED}",
    )
    | actions(LIFE, Permission.INCIDENT_TRANSITION),
    links={
        "unit": OWN_UNIT,
        "links": part(INCIDENT_LINK, "incident_id"),
        "transitions": transitions(),
    },
    filters={
        **choices(Incident, "form category category_group state result reference"),
        **ranges(Incident, "period_from period_to reported_on"),
        "unit": WITHIN,
        "linked": Filter(IncidentRelation, test=_has_link, doc="With a link of this relation."),
    },
)
