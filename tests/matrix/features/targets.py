"""Targets, in the matrix."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from app.db.session import Session
from app.db.tables.targets import Target, TargetShape, TargetSide, TargetValue
from app.domain.targets import queries
from tests.matrix.makers import Make, in_unit, put
from tests.matrix.recipe import About, Recipe, Request, new, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


async def target(session: Session, unit: UUID) -> UUID:
    row = Target(
        unit_id=unit, title=uuid4().hex, indicator="models@1", shape=TargetShape.CEILING,
        comparator=TargetSide.AT_MOST, value=Decimal(7), period_from=FIRST, period_to=LAST,
    )  # fmt: skip
    await put(session, row)
    await put(session, TargetValue(
        target_id=row.id, value=row.value, valid_from=FIRST, recorded_by="x"
    ))  # fmt: skip
    return row.id


async def _make_above(scenario: "Scenario", session: Session, path: str) -> UUID:
    """A target of the province in which the unit lies."""
    return await target(session, scenario.country[path[:1] or "1"])


def _cascade(about: About) -> Request:
    part = {"unit": str(about.unit), "value": 3}
    return Request({"id": about.target_id}, data={"parts": [part]}, versioned=True)


TARGET = {
    "unit": "@", "title": "*", "indicator": "models", "shape": "ceiling", "value": 7,
    "window": "calendar_year:2026",
}  # fmt: skip
RECIPES: dict[str, Recipe] = {
    "POST /api/v1/targets": new(**TARGET),
    "PATCH /api/v1/targets/{id}": one(title="Mức trần khác"),
    "POST /api/v1/targets/{id}/revise": one(value=8, reason="Điều chỉnh"),
    "POST /api/v1/targets/{id}/cascade": _cascade,
    "POST /api/v1/targets/{id}/void": one(reason="Nhập nhầm"),
}

MAKERS: dict[str, Make] = {"target": in_unit(target), "target_above": _make_above}

PLACES = {"targets": "SELECT id, unit_id FROM target WHERE voided_at IS NULL"}
VERSIONED = ("target",)
SCOPED = (queries,)
OFFLINE = {
    "targets": ({"title": "Một"}, {"title": "Hai"}, {"source": "Khác"}),
}
