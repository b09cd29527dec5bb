"""The routes of what the features declare."""

from fastapi import APIRouter

from app.api.prefix_router import PrefixRouter
from app.api.rest import downloads, uploads
from app.api.rest.operations import Endpoint, add_operation
from app.api.rest.reads import add_reads
from app.api.rest.write_routes import RetryingRoute
from app.domain.attachments import service as attachments
from app.domain.exchange.exports import service as exports
from app.domain.operations import Function, Operation
from app.domain.resources import Feature, Resource
from app.domain.tips.handling import content
from app.domain.units import imports
from app.domain.units.reorganisations import transitions

# Where an endpoint truly differs: a file comes or goes. All else is derived.
HANDWRITTEN: dict[Function, Endpoint] = {
    attachments.attach: uploads.attach,
    attachments.attachment_content: downloads.attachment_content,
    exports.export_content: downloads.export_content,
    imports.import_villages: uploads.import_villages,
    transitions.draft_corrections: uploads.draft_corrections,
    content.tip_attachment_content: downloads.tip_attachment_content,
}


def build_router(feature: Feature) -> APIRouter:
    """The endpoints of a feature."""
    router = PrefixRouter(prefix="/api/v1", route_class=RetryingRoute)
    for resource in feature.RESOURCES:
        _add_resource(router, resource)
    for operation in feature.OPERATIONS:
        _add_operation(router, operation)
    return router


def _add_resource(router: APIRouter, resource: Resource) -> None:
    """Add the routes of a resource; fixed paths come first: `teams/tally` is no id of a team."""
    rows = f"{resource.path}/{{"
    first = [one for one in resource.operations if one.method == "GET" and rows not in one.path]
    for operation in first:
        _add_operation(router, operation)
    add_reads(router, resource)
    for operation in resource.operations:
        if operation not in first:
            _add_operation(router, operation)


def _add_operation(router: APIRouter, operation: Operation) -> None:
    add_operation(router, operation, HANDWRITTEN.get(operation.function))
