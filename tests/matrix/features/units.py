"""Units, in the matrix."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from app.db.session import Session
from app.domain.units import queries
from app.domain.units.schemas import VillageCreate
from app.domain.units.villages import create_village
from tests.matrix.makers import Make
from tests.matrix.recipe import About, Recipe, Request, new, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario

COMMUNES = {"1.1.1": "1.1", "": "2.2"}  # where a village lies that is made for these


async def _make_village(scenario: "Scenario", session: Session, path: str) -> UUID:
    """A village that was entered, and on which nothing rests."""
    parent = str(scenario.country[COMMUNES.get(path, path)])
    data = VillageCreate(parent=parent, name=f"Thôn {uuid4().hex}")
    return await create_village(session, scenario.giver, data)


def _import(about: About) -> Request:
    rows = [{"parent": about.target_id, "name": f"Thôn {uuid4().hex}"}]
    return Request(terms={"dry_run": False}, rows=rows)


RECIPES: dict[str, Recipe] = {
    "POST /api/v1/units": new(parent="@", name="*"),
    "POST /api/v1/units/import": _import,
    "POST /api/v1/units/{id}/void": one(reason="Nhập nhầm"),
}  # fmt: skip

MAKERS: dict[str, Make] = {"village": _make_village}

SCOPED = (queries,)
