"""API declaration of documents and stated tallies."""

from app.domain.documents import service, tallies
from app.domain.documents.shape import DOCUMENT, STATED_TALLY
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
    figures={"tally": tallies.document_tally},
)
STATED_TALLIES = Resource(
    STATED_TALLY,
    "stated-tallies",
    many="List the numbers that sources state.",
    one="Read one number that a source states.",
    create=Operation(tallies.state_tally, status=201, tag="documents"),
)

RESOURCES = (DOCUMENTS, STATED_TALLIES)
OPERATIONS: tuple[Operation, ...] = ()
