"""Incidents, in the matrix."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from uuid_utils.compat import uuid7

from app.db.session import Session
from app.db.tables.incident_terms import (
    IncidentForm,
    IncidentRelation,
    IncidentState,
    LinkedResource,
)
from app.db.tables.incidents import Incident, IncidentLink
from app.db.tables.stated_figures import PeriodPrecision, Qualifier
from app.domain.incidents import queries
from app.domain.tips.context import TipContext
from tests.matrix import handled_things
from tests.matrix.makers import Make, in_office, in_unit, put
from tests.matrix.recipe import About, Recipe, Request, new, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario

DAY = date(2025, 3, 1)


async def incident(session: Session, unit: UUID, **more: Any) -> UUID:
    known: dict[str, Any] = {"category": "theft", "category_group": "criminal"}
    row = Incident(
        unit_id=unit, form=IncidentForm.SINGLE, incident_count=1, involved_count=2,
        incident_qualifier=Qualifier.EQUAL, involved_qualifier=Qualifier.EQUAL,
        precision=PeriodPrecision.DAY, period_from=DAY, period_to=DAY,
        state=IncidentState.REPORTED, **(known | more),
    )  # fmt: skip
    return await put(session, row)


OTHER = UUID(int=7)  # of links that are removed


async def linked_incident(session: Session, unit: UUID) -> UUID:
    id = await incident(session, unit)
    link = IncidentLink(
        incident_id=id, relation=IncidentRelation.FOLLOWS, resource=LinkedResource.INCIDENT,
        other_id=OTHER,
    )  # fmt: skip
    await put(session, link)
    return id


async def _make_pair(scenario: "Scenario", session: Session, path: str) -> UUID:
    """Make an incident, and one beside it that it may follow."""
    id = await incident(session, scenario.country[path])
    PAIRS[id] = await incident(session, scenario.country[path])
    return id


async def tip_of_incident(session: Session, office: TipContext, unit: UUID) -> tuple[UUID, UUID]:
    """An incident, and a tip that may have reported it."""
    return await incident(session, unit), await handled_things.tip(session, office, unit)


async def tip_linked(session: Session, office: TipContext, unit: UUID) -> tuple[UUID, UUID]:
    of, tip = await tip_of_incident(session, office, unit)
    link = IncidentLink(
        incident_id=of, relation=IncidentRelation.REPORTED_BY, resource=LinkedResource.TIP,
        other_id=tip,
    )  # fmt: skip
    await put(session, link)
    return of, tip


def _link_tip(about: About) -> Request:
    return Request({"id": about.target_id}, data={"incident_id": str(about.thing[0])})


def _unlink_tip(about: About) -> Request:
    return Request({"id": about.target_id, "incident_id": str(about.thing[0])})


PAIRS: dict[UUID, UUID] = {}


def _link(about: About) -> Request:
    other = PAIRS[UUID(about.target_id)]
    return Request({"id": about.target_id}, data={"relation": "follows", "other_id": str(other)})


def _batch(about: About) -> Request:
    item = {"id": str(uuid7()), "unit": str(about.unit)} | INCIDENT
    return Request(data={"items": [item]})


def _steps(about: About) -> Request:
    return Request(data={"items": [{"id": str(uuid7()), "version": 1, "action": "verify"}]})


INCIDENT = {"category": "theft", "involved_count": 2, "period_from": "2025-03-01"}

RECIPES: dict[str, Recipe] = {
    "POST /api/v1/incidents": new(unit="@", **INCIDENT),
    "POST /api/v1/incidents/bulk": _batch,
    "POST /api/v1/incidents/transitions": _steps,
    "PATCH /api/v1/incidents/{id}": one(involved_count=3),
    "POST /api/v1/incidents/{id}/transitions": one(action="verify"),
    "POST /api/v1/incidents/{id}/links": _link,
    "POST /api/v1/incidents/{id}/links/remove": lambda about: Request(
        {"id": about.target_id}, data={"relation": "follows", "other_id": str(OTHER)}
    ),
    "POST /api/v1/incidents/{id}/void": one(reason="Nhập nhầm"),
    "POST /api/v1/tips/{id}/incidents": _link_tip,
    "POST /api/v1/tips/{id}/incidents/{incident_id}/end": _unlink_tip,
}

MAKERS: dict[str, Make] = {
    "incident": _make_pair,
    "linked_incident": in_unit(linked_incident),
    "tip_of_incident": in_office(tip_of_incident),
    "tip_linked": in_office(tip_linked),
}

PLACES = {"incidents": "SELECT id, unit_id FROM incident WHERE voided_at IS NULL"}
VERSIONED = ("incident",)
SCOPED = (queries,)
OFFLINE = {
    "incidents": ({"involved_count": 3}, {"involved_count": 4}, {"source": "Sổ"}),
}
