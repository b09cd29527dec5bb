"""The GraphQL schema: one Query and one Mutation, stacked from the features."""

from collections.abc import Iterator
from typing import Any

import strawberry
import structlog
from graphql import GraphQLError, GraphQLSchema
from graphql.type.scalars import serialize_float
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from app.api.errors import MaskUnexpectedErrors, find_refusal, is_query_error
from app.api.graphql.descriptions import describe_schema
from app.api.graphql.root_types import build_mutation_fields, build_query_fields
from app.api.graphql.types import NODES, SCALARS, resolve_by_key
from app.domain.values import write_number

LOG = structlog.get_logger()


Query: Any = strawberry.type(
    type("Query", (), build_query_fields()), description="Everything that can be read."
)
Mutation: Any = strawberry.type(
    type("Mutation", (), build_mutation_fields()), description="Everything that can be changed."
)


class Schema(strawberry.Schema):
    """Logs what nobody expected, and nothing that a caller was simply refused."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        for error in errors:
            cause = error.original_error
            if not is_query_error(error) and find_refusal(cause) is None:
                LOG.error("graphql_field_failed", path=error.path, exc_info=cause)


class UseParsedDocument(SchemaExtension):
    """Hands over the document as the endpoint has parsed and validated it: one cache for both."""

    def on_parse(self) -> Iterator[None]:
        document = self.execution_context.context.document
        self.execution_context.graphql_document = document and document.whole
        yield

    def on_validate(self) -> Iterator[None]:
        if self.execution_context.context.document:
            self.execution_context.pre_execution_errors = []
        yield


def build_schema() -> Schema:
    schema = Schema(
        Query,
        Mutation,
        types=list(NODES.values()),
        config=StrawberryConfig(scalar_map=SCALARS),
        extensions=[MaskUnexpectedErrors, UseParsedDocument],
    )
    resolve_by_key(schema._schema)
    _write_whole_numbers(schema._schema)
    describe_schema(schema._schema)
    return schema


def _write_whole_numbers(schema: GraphQLSchema) -> None:
    """Write a whole Float without decimals, as REST does."""
    kind: Any = schema.type_map["Float"]
    kind.coerce_output_value = lambda value: write_number(serialize_float(value))
