"""API declaration of attachments."""

from app.domain.attachments import service
from app.domain.documents.shape import ATTACHMENT
from app.domain.operations import Operation
from app.domain.resources import Resource

ATTACHMENTS = Resource(
    ATTACHMENT,
    "attachments",
    many="List the files of the documents that you may read.",
    one="Read the metadata of one file of a document.",
    # the same file sent again is the same attachment: no key is needed, and none is looked at
    create=Operation(service.attach, name="add_attachment", status=201, idempotent=False),
    create_at="documents/{id}/attachments",
    offline=False,
    figures={"{id}/content": service.attachment_content},
)

RESOURCES = (ATTACHMENTS,)
OPERATIONS: tuple[Operation, ...] = ()
