"""Input to hold a case."""

from uuid import UUID

from app.domain.records.schemas import StrictInput


class CaseHoldInput(StrictInput):
    """The document by which a case is held beyond its term; it says why."""

    document_id: UUID
