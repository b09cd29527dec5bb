"""API declaration of exports."""

from app.domain.exchange.exports import service
from app.domain.exchange.exports.shape import EXPORT
from app.domain.operations import Operation, figure
from app.domain.resources import Resource

EXPORTS = Resource(
    EXPORT,
    "exports",
    many="List your own exports, newest first.",
    one="Read one export of your own: its state, and once it is ready how many rows it has.",
    create=Operation(service.create_export, status=201),
    figures={
        "{id}/content": figure(service.export_content, writes=True, no_store=True),
    },
)

RESOURCES = (EXPORTS,)
OPERATIONS: tuple[Operation, ...] = ()
