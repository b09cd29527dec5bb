"""Documents, in the matrix."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.documents import Document, DocumentKind, DocumentState
from app.db.tables.units import UnitLevel
from app.domain.actor import Permission
from app.domain.documents import queries
from tests.give import PAPER
from tests.matrix.makers import Make, in_unit, put
from tests.matrix.recipe import About, Recipe, Request, new, one

if TYPE_CHECKING:
    pass


async def document(session: Session, unit: UUID, **more: Any) -> UUID:
    row = Document(
        unit_id=unit, kind=DocumentKind.PLAN, title="Kế hoạch", issuer="Công an xã",
        level=UnitLevel.COMMUNE, search_key="ke hoach", **more,
    )  # fmt: skip
    return await put(session, row)


async def submitted_document(session: Session, unit: UUID) -> UUID:
    return await document(session, unit, state=DocumentState.SUBMITTED)


def _move_document(about: About) -> Request:
    if about.line.case == "submitted":
        return one(action="return", reason="Thiếu số")(about)
    return one(action="submit")(about)


DOCUMENT = {
    "unit": "@", "kind": "plan", "title": "Kế hoạch", "issuer": "Công an xã", "level": "commune",
}  # fmt: skip

RECIPES: dict[str, Recipe] = {
    "POST /api/v1/documents": new(**DOCUMENT),
    "PATCH /api/v1/documents/{id}": one(title="Kế hoạch khác"),
    "POST /api/v1/documents/{id}/transitions": _move_document,
    "POST /api/v1/documents/{id}/void": one(reason="Nhập nhầm"),
}  # fmt: skip

MAKERS: dict[str, Make] = {
    "document": in_unit(document),
    "submitted": in_unit(submitted_document),
}

PLACES = {
    "documents": f"SELECT id, unit_id FROM document WHERE voided_at IS NULL AND id <> '{PAPER}'",
}
VERSIONED = ("document",)
SCOPED = (queries,)
BESIDES = {Permission.DOCUMENT_ISSUE: "submitted"}
OFFLINE = {
    "documents": ({"title": "Một"}, {"title": "Hai"}, {"source": "Khác"}),
}
