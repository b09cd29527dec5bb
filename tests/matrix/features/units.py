"""Units, in the matrix."""

from typing import TYPE_CHECKING
from uuid import uuid4

from app.domain.units import queries
from tests.matrix.recipe import About, Recipe, Request, new

if TYPE_CHECKING:
    pass


def _import(about: About) -> Request:
    rows = [{"parent": about.target_id, "name": f"Thôn {uuid4().hex}"}]
    return Request(terms={"dry_run": False}, rows=rows)


RECIPES: dict[str, Recipe] = {
    "POST /api/v1/units": new(parent="@", name="*"),
    "POST /api/v1/units/import": _import,
}  # fmt: skip

SCOPED = (queries,)
