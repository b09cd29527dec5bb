"""Stated figures, in the matrix."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from app.db.session import Session
from app.db.tables.stated_figures import PeriodPrecision, Qualifier, StatedFigure
from app.domain.stated_figures import queries
from tests.matrix.makers import Make, in_unit, put
from tests.matrix.recipe import Recipe, new, one


async def stated_figure(session: Session, unit: UUID, **more: Any) -> UUID:
    row = StatedFigure(
        unit_id=unit, measure="documents_issued", counting_unit="document", label=uuid4().hex,
        value=Decimal(7), qualifier=Qualifier.EQUAL, precision=PeriodPrecision.UNDATED,
        quote="7", source="x", **more,
    )  # fmt: skip
    return await put(session, row)


FIGURE = {
    "unit": "@", "measure": "documents_issued", "label": "*", "value": 7, "precision": "undated",
    "quote": "7", "source": "x",
}  # fmt: skip

RECIPES: dict[str, Recipe] = {
    "POST /api/v1/stated-figures": new(**FIGURE),
    "PATCH /api/v1/stated-figures/{id}": one(value=8),
    "POST /api/v1/stated-figures/{id}/void": one(reason="Nhập nhầm"),
}

MAKERS: dict[str, Make] = {"stated": in_unit(stated_figure)}

PLACES = {"stated-figures": "SELECT id, unit_id FROM stated_figure WHERE voided_at IS NULL"}
VERSIONED = ("stated_figure",)
SCOPED = (queries,)
OFFLINE = {
    "stated-figures": ({"value": 8}, {"value": 9}, {"source": "Khác"}),
}
