"""Reorganisations, in the matrix."""

from typing import TYPE_CHECKING
from uuid import UUID

from app.db.session import Session
from app.db.tables.units import ReorganisationKind, UnitReorganisation
from app.domain.actor import Role
from tests.matrix.makers import Make
from tests.matrix.recipe import About, Recipe, Request, new, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario


async def _make_draft(scenario: "Scenario", session: Session, path: str) -> UUID:
    """A draft that renames the unit it is of, each on a later day than the one before."""
    unit, day = scenario.country[path], scenario.day()
    rename = {"unit": str(unit), "name": f"Tên {day}"}
    plan = {"new_units": [], "successions": [], "moves": [], "renames": [rename], "ids": {}}
    act = UnitReorganisation(
        kind=ReorganisationKind.REORGANISATION, title="Đổi tên", decision="1/QĐ",
        effective_on=day, unit_id=unit, plan=plan,
    )  # fmt: skip
    session.add(act)
    await session.flush()
    return act.id


def _corrections(about: About) -> Request:
    row = {"from_code": about.target_id, "to_code": about.target_id, "effective_on": "2025-07-01"}
    return Request(rows=[row])


def _move_draft(about: About) -> Request:
    """Commit the plan of the dry run; callers who cannot see it send any hash."""
    seen = "x" * 32
    if about.done:
        admin = about.scenario.caller(frozenset({Role.UNIT_ADMIN}), "country")
        tried = admin.post(f"/api/v1/unit-reorganisations/{about.target_id}/dry-run")
        seen = tried.json()["plan_hash"]
    return Request(
        {"id": about.target_id}, data={"action": "commit", "plan_hash": seen}, versioned=True
    )


RECIPES: dict[str, Recipe] = {
    "POST /api/v1/unit-reorganisations": new(
        title="Đổi tên", effective_on="2025-07-01", renames=[{"unit": "@", "name": "*"}]
    ),
    "POST /api/v1/unit-reorganisations/import": _corrections,
    "POST /api/v1/unit-reorganisations/{id}/dry-run": lambda about: Request(
        {"id": about.target_id}
    ),
    "PATCH /api/v1/unit-reorganisations/{id}": one(title="Đổi tên lần nữa"),
    "POST /api/v1/unit-reorganisations/{id}/transitions": _move_draft,
}  # fmt: skip

MAKERS: dict[str, Make] = {
    "draft": _make_draft,
}

VERSIONED = ("unit_reorganisation",)
