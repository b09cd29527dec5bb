"""Exports, in the matrix."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.exports import Export, ExportFormat
from tests.matrix.makers import Make, put
from tests.matrix.recipe import Recipe, new

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario


async def _make_export(scenario: "Scenario", session: Session, path: str) -> UUID:
    """An export of the caller's own, as all callers have one subject."""
    row = Export(
        unit_id=scenario.country[path], resource="models", format=ExportFormat.CSV, order="newest",
        fields=["id"], expires_at=now() + timedelta(days=1), created_by="somebody",
    )  # fmt: skip
    return await put(session, row)


RECIPES: dict[str, Recipe] = {"POST /api/v1/exports": new(resource="units", fields=["id", "name"])}

MAKERS: dict[str, Make] = {"export": _make_export}

# an export that is requested on the way lies in the unit of its caller
PLACES = {"exports": "SELECT id, unit_id FROM export"}
VERSIONED = ("export",)
