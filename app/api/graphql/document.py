"""Documents: parsed, measured and validated once for each text."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
    parse,
    validate,
    visit,
)

from app.api.graphql.faults import MAX_FAULTS, DocumentFaults
from app.api.graphql.limits import (
    DEEPEST,
    LONGEST,
    MAX_SCHEMA_DEPTH,
    MOST_TOKENS,
    SCHEMA_FIELDS,
    QueryTooLarge,
    SizeLimits,
)
from app.api.graphql.metadata import OPERATION
from app.api.graphql.usage import Usage
from app.db.bounded_cache import MIB, BoundedCache

MAX_DIRECTIVES = 6
MAX_PLANS = 8  # for as many ways of switching its directives
MAX_BYTES = 8 * MIB
DOCUMENT_BYTES, TOKEN_BYTES = 20_000, 700  # with the plans, as a test measures it


@dataclass(frozen=True, eq=False, slots=True)
class ParsedDocument:
    """A valid operation; `switches` are the variables that @skip and @include hang on."""

    whole: DocumentNode
    node: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    switches: tuple[str, ...]
    plain: bool  # nothing in it asks for the ordinary way
    plans: BoundedCache[Any]

    @property
    def only_asks_of_the_schema(self) -> bool:
        """Return whether nothing but the schema of the API is read."""
        chosen = self.node.selection_set.selections
        names = {one.name.value for one in chosen if isinstance(one, FieldNode)}
        return not names.isdisjoint(SCHEMA_FIELDS) and (
            names <= {*SCHEMA_FIELDS, "__typename"}
            and all(isinstance(one, FieldNode) for one in chosen)
        )


class DocumentCache:
    """The valid documents that clients send, cached while they are in use; never a faulty one."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema, self.limits = schema, SizeLimits(*_root_costs(schema))
        self.cache: BoundedCache[ParsedDocument] = BoundedCache(MAX_BYTES)
        self.reading = asyncio.Semaphore(1)

    async def load(self, query: str, name: str | None) -> ParsedDocument:
        """Load a document; a new one is read in a thread, one at a time, for that takes long."""
        if found := self.cache.get((query, name)):
            return found
        async with self.reading:
            return await asyncio.to_thread(self.read, query, name)

    def read(self, query: str, name: str | None) -> ParsedDocument:
        """A document ready to be answered; DocumentFaults or QueryTooLarge if it is not."""
        if found := self.cache.get((query, name)):
            return found
        if len(query) > LONGEST:
            raise QueryTooLarge(what="length", found=len(query), most=LONGEST)
        document = self._parse(query)
        node, seen = get_operation_ast(document, name), Usage()
        if node is None:
            fault = GraphQLError("Name the operation that is meant: operationName.")
            raise DocumentFaults([fault])
        visit(document, seen)
        found = _prepare(document, node, seen)
        if seen.schema_depth > MAX_SCHEMA_DEPTH and not found.only_asks_of_the_schema:
            raise QueryTooLarge(what="depth", found=seen.schema_depth, most=MAX_SCHEMA_DEPTH)
        self.cache.put((query, name), found, estimate_bytes(query, document))
        return found

    def _parse(self, query: str) -> DocumentNode:
        """Parse, measure and validate a text."""
        try:
            document = parse(query, max_tokens=MOST_TOKENS)
            self.limits.check(document)
            faults = validate(self.schema, document, max_errors=MAX_FAULTS)
        except GraphQLError as error:
            raise DocumentFaults([error]) from None
        except RecursionError:
            raise QueryTooLarge(what="depth", found=MOST_TOKENS, most=DEEPEST) from None
        if faults:
            raise DocumentFaults(faults)
        return document


def estimate_bytes(query: str, document: DocumentNode) -> int:
    """Estimate how much memory a document takes while it is cached."""
    return DOCUMENT_BYTES + TOKEN_BYTES * document.token_count + 4 * len(query)


def _prepare(
    document: DocumentNode, node: OperationDefinitionNode, seen: "Usage"
) -> ParsedDocument:
    few = len(seen.switches) <= MAX_DIRECTIVES
    plain = few and not seen.strange and node.operation is OperationType.QUERY
    parts = (d for d in document.definitions if isinstance(d, FragmentDefinitionNode))
    fragments = {part.name.value: part for part in parts}
    plans: BoundedCache[Any] = BoundedCache(MAX_PLANS)
    return ParsedDocument(document, node, fragments, tuple(sorted(seen.switches)), plain, plans)


def _root_costs(schema: GraphQLSchema) -> tuple[list[str], dict[str, int]]:
    """The names of the root types, and what each root field that calls a service costs."""
    roots = [kind for kind in (schema.query_type, schema.mutation_type) if kind]
    costs = {
        name: definition.extensions["strawberry-definition"].metadata[OPERATION].price
        for kind in roots
        for name, definition in kind.fields.items()
        if OPERATION in definition.extensions["strawberry-definition"].metadata
    }
    return [kind.name for kind in roots], costs
