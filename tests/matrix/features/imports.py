"""Imports, in the matrix."""

from base64 import b64encode
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from app.db.base import now
from app.db.session import Session
from app.db.tables.imports import DataImport, DataImportRow, ImportState
from tests.matrix.makers import Make, put
from tests.matrix.recipe import About, Recipe, Request, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario

ACTING = {"subject": "somebody", "roles": []}


async def _import(session: Session, unit: UUID) -> UUID:
    row = DataImport(
        unit_id=unit, resource="units", create_permission="unit:create",
        void_permission="unit:void", media_type="text/csv", sha256="0" * 64,
        state=ImportState.PREVIEWED, plan_hash="0", expires_at=now() + timedelta(days=1),
        acting=ACTING, created_by="somebody",
    )  # fmt: skip
    return await put(session, row)


async def _make_import(scenario: "Scenario", session: Session, path: str) -> UUID:
    """An import of the caller's own, as all callers have one subject."""
    return await _import(session, scenario.country[path])


async def _make_row(scenario: "Scenario", session: Session, path: str) -> UUID:
    of = await _import(session, scenario.country[path])
    row = DataImportRow(id=uuid4(), import_id=of, number=1, row_number=2, columns=None)
    return await put(session, row)


def _create(about: About) -> Request:
    file = f"Mã loại,Đơn vị,Tên mô hình\nx,{about.unit},Mô hình {uuid4().hex}\n"
    content = b64encode(file.encode()).decode()
    return Request(data={"resource": "models", "format": "csv", "content": content})


RECIPES: dict[str, Recipe] = {
    "POST /api/v1/imports": _create,
    "GET /api/v1/imports/template": lambda about: Request(terms={"resource": "models"}),
    "POST /api/v1/imports/{id}/transitions": one(action="check"),
}

MAKERS: dict[str, Make] = {"import": _make_import, "import_row": _make_row}

PLACES = {
    "imports": "SELECT id, unit_id FROM data_import",
    "import-rows": "SELECT r.id, i.unit_id FROM data_import_row r JOIN data_import i"
    " ON i.id = import_id",
}
VERSIONED = ("data_import",)
