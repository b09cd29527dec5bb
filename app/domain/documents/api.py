"""API declaration of documents."""

from app.domain.documents import service, tallies, voids
from app.domain.documents.shape import DOCUMENT
from app.domain.operations import Operation
from app.domain.resources import Resource

DOCUMENTS = Resource(
    DOCUMENT,
    "documents",
    many="List the documents of your units, and those that units above have issued.",
    one="Read one document; `expand=attachments,supersedes,superseded_by` adds its links.",
    create=service.create_document,
    update=service.change_document,
    transition=service.transition_document,
    void=voids.void_document,
    figures={"tally": tallies.document_tally},
)

RESOURCES = (DOCUMENTS,)
OPERATIONS: tuple[Operation, ...] = ()
