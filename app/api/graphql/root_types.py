"""The two root types: everything that the features declare, by its name."""

from collections.abc import Callable, Iterable
from typing import Any

from app.api.graphql import contract_exceptions as exceptions
from app.api.graphql import dry_run, files, me, rows
from app.api.graphql.fields import read_node
from app.api.graphql.operations import derive_field, derive_read_fields, make_field
from app.api.published_order import sort_as_published
from app.domain.attachments import service as attachments
from app.domain.auth.me import about_me
from app.domain.operations import Function, Operation
from app.domain.programme_models import service as models
from app.domain.tips.handling import content
from app.domain.units import imports
from app.domain.units.reorganisations import service, transitions
from app.features import FEATURES, operations, resources

# Where a resolver truly differs: contents as base64, rows in place of a file. All else is derived.
HANDWRITTEN: dict[Function, Callable[..., Any]] = {
    about_me: me.me,
    attachments.attach: files.add_attachment,
    attachments.attachment_content: files.attachment_content,
    imports.import_villages: rows.import_villages,
    models.create_models: rows.create_models,
    transitions.draft_corrections: rows.draft_corrections,
    content.tip_attachment_content: files.tip_attachment_content,
    service.dry_run: dry_run.dry_run,
}


def build_query_fields() -> dict[str, Any]:
    """Everything that is asked."""
    shapes = {one.shape.name: one.shape for one in resources()}
    nodes = tuple(shapes[name] for name in exceptions.NODES)
    found = {"node": read_node(nodes, "Anything in your units, by its id.")}
    for feature in FEATURES:
        for resource in feature.RESOURCES:
            found |= derive_read_fields(resource) | _queries(resource.operations)
        found |= _queries(feature.OPERATIONS)
    return sort_as_published(found, exceptions.QUERIES_MOVED)


def build_mutation_fields() -> dict[str, Any]:
    """Everything that is done."""
    found = _fields(one for one in operations() if not one.is_query)
    return sort_as_published(found, exceptions.MUTATIONS_MOVED)


def _queries(operations: Iterable[Operation]) -> dict[str, Any]:
    return _fields(one for one in operations if one.is_query)


def _fields(operations: Iterable[Operation]) -> dict[str, Any]:
    return {_name(one): _field(one) for one in operations}


def _name(operation: Operation) -> str:
    return exceptions.FIELD_NAMES.get(operation.public_name, operation.public_name)


def _field(operation: Operation) -> Any:
    by_hand = HANDWRITTEN.get(operation.function)
    return make_field(operation, by_hand) if by_hand else derive_field(operation)
