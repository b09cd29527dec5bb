"""Answers about the schema itself: long computations that wait for nothing, so in a thread."""

import asyncio
from functools import lru_cache

import orjson
from graphql import execute_sync, introspection_from_schema
from graphql.execution.values import VariableValues
from strawberry import Schema

from app.api.graphql.document import ParsedDocument


async def answer_schema_read(
    schema: Schema, document: ParsedDocument, variables: VariableValues
) -> bytes:
    """Answer a document that asks of nothing but the schema."""
    return await asyncio.to_thread(_execute, schema, document, dict(variables.coerced))


def _execute(schema: Schema, document: ParsedDocument, variables: dict[str, object]) -> bytes:
    name = document.node.name.value if document.node.name else None
    found = execute_sync(
        schema._schema, document.whole, variable_values=variables, operation_name=name
    )
    return orjson.dumps(found.formatted)


@lru_cache(maxsize=1)
def write_schema(schema: Schema) -> bytes:
    """Write the whole schema as introspection gives it: part of the contract, and no secret."""
    return orjson.dumps({"data": introspection_from_schema(schema._schema)})
