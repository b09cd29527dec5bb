"""Measures of documents: those issued."""

from app.db.query.shape import Row, Test
from app.db.tables.documents import Document
from app.domain.documents import rules
from app.domain.documents.shape import DOCUMENT
from app.domain.records.dimensions import by_columns
from app.domain.records.measures import Happens, Measure


def _is_out(document: Row) -> Test:
    return document.state.in_([state.value for state in rules.OUT])  # type: ignore[no-any-return]


MEASURES = (
    Measure(
        code="documents_issued",
        shape=DOCUMENT,
        dated=Happens(lambda document: document.issued_on),
        where=_is_out,
        dimensions=by_columns(Document, "kind level"),
    ),
)
