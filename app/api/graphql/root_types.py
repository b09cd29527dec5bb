"""The two root types: everything that the features declare, by its name."""

from collections.abc import Callable, Iterable
from typing import Any

from app.api.graphql import dry_run, files, rows
from app.api.graphql.fields import read_node
from app.api.graphql.operations import derive_field, derive_read_fields, make_field
from app.domain.attachments import service as attachments
from app.domain.exchange.exports import service as exports
from app.domain.operations import Function, Operation
from app.domain.programme_models import service as models
from app.domain.tips.handling import content
from app.domain.units import imports
from app.domain.units.reorganisations import service, transitions
from app.features import FEATURES, operations, resources

# What `node` finds by its id alone.
NODES = (
    "Unit", "Model", "ModelType", "ModelRecognition", "ModelReviewRule", "UnitReorganisation",
    "Deadline", "DeadlineRule", "Calendar", "Account", "Client", "Grant",
)  # fmt: skip
# Where a resolver truly differs: contents as base64, rows in place of a file. All else is derived.
HANDWRITTEN: dict[Function, Callable[..., Any]] = {
    attachments.attach: files.add_attachment,
    attachments.attachment_content: files.attachment_content,
    exports.export_content: files.export_content,
    imports.import_villages: rows.import_villages,
    models.create_models: rows.create_models,
    transitions.draft_corrections: rows.draft_corrections,
    content.tip_attachment_content: files.tip_attachment_content,
    service.dry_run: dry_run.dry_run,
}


def build_query_fields() -> dict[str, Any]:
    """Build the root fields of queries."""
    shapes = {one.shape.name: one.shape for one in resources()}
    nodes = tuple(shapes[name] for name in NODES)
    found = {"node": read_node(nodes, "Anything in your units, by its id.")}
    for feature in FEATURES:
        for resource in feature.RESOURCES:
            found |= derive_read_fields(resource) | _queries(resource.operations)
        found |= _queries(feature.OPERATIONS)
    return found


def build_mutation_fields() -> dict[str, Any]:
    """Everything that is done."""
    return _fields(one for one in operations() if not one.is_query)


def _queries(operations: Iterable[Operation]) -> dict[str, Any]:
    return _fields(one for one in operations if one.is_query)


def _fields(operations: Iterable[Operation]) -> dict[str, Any]:
    return {one.public_name: _field(one) for one in operations}


def _field(operation: Operation) -> Any:
    by_hand = HANDWRITTEN.get(operation.function)
    return make_field(operation, by_hand) if by_hand else derive_field(operation)
