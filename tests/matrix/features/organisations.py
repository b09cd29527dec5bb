"""Organisations, in the matrix."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from app.db.session import Session
from app.db.tables.organisations import (
    IdentifierSystem,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
)
from tests.matrix.makers import Make, in_unit, put
from tests.matrix.recipe import About, Recipe, Request, new, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario


async def organisation(session: Session, unit: UUID) -> UUID:
    row = Organisation(
        unit_id=unit, kind=OrganisationKind.SCHOOL, name="Trường", search_key="truong"
    )
    return await put(session, row)


async def _make_identified(scenario: "Scenario", session: Session, path: str) -> tuple[UUID, UUID]:
    """An identifier of an organisation, and the organisation."""
    owner = await organisation(session, scenario.country[path])
    row = OrganisationIdentifier(
        organisation_id=owner, system=IdentifierSystem.EID, code=f"H49.{uuid4().int % 10**9}",
        valid_from=date(2024, 1, 1),
    )  # fmt: skip
    return await put(session, row), owner


def _add_identifier(about: About) -> Request:
    data = {"system": "eid", "code": f"H49.{uuid4().int % 10**9}", "valid_from": "2025-01-01"}
    return Request({"id": about.target_id}, data=data, versioned=True)


def _end_identifier(about: About) -> Request:
    path = {"id": about.target_id, "identifier": str(about.thing[0])}
    return Request(path, data={"valid_to": "2025-02-01"}, versioned=True)


RECIPES: dict[str, Recipe] = {
    "POST /api/v1/organisations": new(unit="@", kind="school", name="*"),
    "PATCH /api/v1/organisations/{id}": one(source="Danh bạ"),
    "POST /api/v1/organisations/{id}/transitions": one(action="close", reason="Sáp nhập"),
    "POST /api/v1/organisations/{id}/void": one(reason="Nhập nhầm"),
    "POST /api/v1/organisations/{id}/identifiers": _add_identifier,
    "POST /api/v1/organisations/{id}/identifiers/{identifier}/end": _end_identifier,
}

MAKERS: dict[str, Make] = {
    "organisation": in_unit(organisation),
    "identified": _make_identified,
}

PLACES = {"organisations": "SELECT id, unit_id FROM organisation WHERE voided_at IS NULL"}
VERSIONED = ("organisation",)
OFFLINE = {
    "organisations": ({"source": "Một"}, {"source": "Hai"}, {"active_from": "2001-02-03"}),
}
