"""Attachments, in the matrix."""

from typing import TYPE_CHECKING
from uuid import UUID

from app.db.session import Session
from app.db.tables.documents import Attachment
from tests.matrix.features.documents import document
from tests.matrix.makers import Make, in_unit, put
from tests.matrix.recipe import About, Recipe, Request

if TYPE_CHECKING:
    pass


async def attachment(session: Session, unit: UUID) -> UUID:
    """Insert the row of a file; the file itself is nowhere."""
    of = await document(session, unit)
    row = Attachment(
        document_id=of, file_name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64
    )
    return await put(session, row)


def _attach(about: About) -> Request:
    path = {"id": about.target_id, "document_id": about.target_id}
    return Request(path, data={"file_name": "a.pdf", "content": "JVBERg=="})


RECIPES: dict[str, Recipe] = {
    "POST /api/v1/documents/{id}/attachments": _attach,
}  # fmt: skip

MAKERS: dict[str, Make] = {
    "attachment": in_unit(attachment),
}

PLACES = {
    "attachments": "SELECT a.id, unit_id FROM attachment a JOIN document d ON d.id = document_id"
}
VERSIONED = ("attachment",)
