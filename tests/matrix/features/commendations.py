"""Commendations and exemplars, in the matrix."""

from typing import TYPE_CHECKING
from uuid import UUID

from app.db.session import Session
from app.db.tables.commendations import (
    Commendation,
    CommendationForm,
    CommendingAuthority,
    Exemplar,
    RecipientKind,
    SubjectKind,
)
from app.db.tables.units import UnitLevel
from app.domain.actor import Permission
from tests.matrix.makers import Make, in_unit, put
from tests.matrix.recipe import Recipe, new, one

if TYPE_CHECKING:
    pass


async def commendation(session: Session, unit: UUID) -> UUID:
    row = Commendation(
        unit_id=unit, recipient_kind=RecipientKind.COLLECTIVE, recipient_name="Tổ 1",
        form=CommendationForm.MERIT_CERTIFICATE, authority=CommendingAuthority.COMMUNE_POLICE,
        level=UnitLevel.COMMUNE, achievement="x", search_key="to 1 x",
    )  # fmt: skip
    return await put(session, row)


async def exemplar(session: Session, unit: UUID) -> UUID:
    row = Exemplar(
        unit_id=unit, subject_kind=SubjectKind.COLLECTIVE, subject_name="Tổ 1", year=2024,
        level=UnitLevel.COMMUNE, description="x", search_key="to 1 x",
    )  # fmt: skip
    return await put(session, row)


COMMENDATION = {
    "unit": "@", "recipient_kind": "collective", "recipient_name": "Tổ 1", "level": "commune",
    "form": "merit_certificate", "authority": "commune_police", "achievement": "x",
}  # fmt: skip

EXEMPLAR = {
    "unit": "@", "subject_kind": "collective", "subject_name": "Tổ 1", "year": 2024,
    "level": "commune", "description": "x",
}  # fmt: skip

RECIPES: dict[str, Recipe] = {
    "POST /api/v1/commendations": new(**COMMENDATION),
    "PATCH /api/v1/commendations/{id}": one(achievement="y"),
    "POST /api/v1/commendations/{id}/transitions": one(action="review"),
    "POST /api/v1/commendations/{id}/void": one(reason="Nhập nhầm"),
    "POST /api/v1/exemplars": new(**EXEMPLAR),
    "PATCH /api/v1/exemplars/{id}": one(description="y"),
    "POST /api/v1/exemplars/{id}/void": one(reason="Nhập nhầm"),
}  # fmt: skip

MAKERS: dict[str, Make] = {
    "commendation": in_unit(commendation),
    "exemplar": in_unit(exemplar),
}

PLACES = {
    f"{table}s": f"SELECT id, unit_id FROM {table} WHERE voided_at IS NULL"
    for table in ("commendation", "exemplar")
}
VERSIONED = ("commendation", "exemplar")
BESIDES = {Permission.COMMENDATION_READ_NAMES: "with names"}
OFFLINE = {
    "commendations": ({"achievement": "một"}, {"achievement": "hai"}, {"recipient_name": "Khác"}),
    "exemplars": ({"description": "một"}, {"description": "hai"}, {"year": 2021}),
}
