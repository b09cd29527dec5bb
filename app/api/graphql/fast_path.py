"""Queries whose every root reads shapes are answered by PostgreSQL; all others say None."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import structlog
from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLSchema,
)
from graphql.execution.values import VariableValues

from app.api.errors import find_refusal, graphql_error
from app.api.graphql.context import Context
from app.api.graphql.document import ParsedDocument
from app.api.graphql.fields import READS, Reads, kinds_of, questions
from app.api.graphql.selection import FieldRequest, Selection, arguments_of, requested_values
from app.api.http_errors import Unexpected
from app.db.query.selection import AnyQuery, SelectedField
from app.domain.actor import Actor
from app.domain.query import UnknownNamed, read_object
from app.domain.query_cost import Values
from app.domain.read_permissions import authorize_read

LOG = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Root:
    """One root field, with all that does not change between requests."""

    key: str
    reads: Reads
    picks: tuple[tuple[SelectedField, ...], ...]
    definition: GraphQLField
    node: FieldNode
    wants: tuple[FieldRequest, ...]

    def ask(self, actor: Actor, variables: Any) -> tuple[AnyQuery, Values]:
        arguments, narrowed = arguments_of(self.definition, self.node, variables)
        arguments |= requested_values(self.wants, variables)
        return questions(actor, self.reads, self.picks, arguments, narrowed, self.key, True)


class FastPath:
    """The short way: one statement for the whole query, its JSON sent as it comes."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema

    async def answer(
        self, context: Context, document: ParsedDocument, variables: VariableValues
    ) -> bytes | None:
        """The answer as JSON; None when the ordinary way has to give it."""
        if not document.plain:
            return None
        switches = tuple(variables.coerced.get(name) for name in document.switches)
        roots: tuple[Root, ...] | None = document.plans.get(switches)
        if roots is None:
            roots = self._roots(document, variables)
            document.plans.put(switches, roots, 1)
        return await _answer(context, roots, variables) if roots else None

    def _roots(self, document: ParsedDocument, variables: Any) -> tuple[Root, ...]:
        """The roots of an operation, or none at all if one of them has no shape behind it."""
        query, roots = self.schema.query_type, []
        assert query is not None
        whole = Selection(document.fragments, variables)
        for key, nodes in whole.fields([document.node.selection_set], query).items():
            definition = query.fields.get(nodes[0].name.value)
            if definition is None or READS not in _metadata(definition):
                return ()
            reads: Reads = _metadata(definition)[READS]
            selection = Selection(document.fragments, variables)
            kinds = kinds_of(self.schema, definition, reads)
            picks = tuple(selection.picks(kind, nodes) for kind in kinds)
            wants = tuple(selection.wants)
            roots.append(Root(key, reads, picks, definition, nodes[0], wants))
        return tuple(roots)


def _metadata(definition: GraphQLField) -> Mapping[Any, Any]:
    found: Mapping[Any, Any] = definition.extensions["strawberry-definition"].metadata
    return found


async def _answer(context: Context, roots: tuple[Root, ...], variables: Any) -> bytes:
    """Every root that is not refused, in one statement; the others are null, with the reason."""
    queries: dict[str, AnyQuery] = {}
    values: Values = {}
    refused: dict[str, Any] = {}
    for root in roots:
        try:
            question, given = root.ask(context.actor, variables)
            await authorize_read(context.app_state.reader, context.actor, question, given)
            context.spend_rows(question, given)
        except Exception as error:
            refused[root.key] = _error_response(error, context, root)
        else:
            queries[root.key] = question
            values |= given
    while True:
        try:
            data = await _read_root(context, tuple(queries.values()), values)
            break
        except UnknownNamed as unknown:  # of one root: the others are answered
            root = next(root for root in roots if root.key == unknown.key)
            refused[root.key] = _error_response(unknown.refusal, context, root)
            del queries[root.key]
        except Exception as error:
            data = b"{}"
            left = (root for root in roots if root.key in queries)
            refused |= {root.key: _error_response(error, context, root) for root in left}
            break
    if not refused:
        return b'{"data":' + data + b"}"
    whole: dict[str, Any] = {root.key: None for root in roots} | orjson.loads(data)
    return orjson.dumps({"data": whole, "errors": list(refused.values())})


async def _read_root(context: Context, queries: tuple[AnyQuery, ...], values: Values) -> bytes:
    if not queries:
        return b"{}"
    return await read_object(context.app_state.reader, context.actor, queries, values)


def _error_response(error: Exception, context: Context, root: Root) -> Any:
    """A refusal in the caller's language; what nobody expected is logged, and says only that."""
    if isinstance(error, GraphQLError):
        error.path = error.path or [root.key]
        return error.formatted
    expected = find_refusal(error)
    if expected is None:
        LOG.error("graphql_read_failed", error=type(error).__name__, exc_info=error)
    refusal = expected or Unexpected()
    return graphql_error(refusal, context.language, root.node, root.key).formatted
