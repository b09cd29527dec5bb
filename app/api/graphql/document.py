"""Documents: parsed, measured and validated once for each text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    get_operation_ast,
    parse,
    validate,
    visit,
)

from app.api.graphql.limits import DEEPEST, FREE_FIELDS, LONGEST, MOST_TOKENS, QueryTooLarge, check
from app.api.graphql.selection import MAX_KEY_LENGTH

MAX_DIRECTIVES = 6


@dataclass(frozen=True, eq=False, slots=True)
class ParsedDocument:
    """A valid operation; `switches` are the variables that @skip and @include hang on."""

    node: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    switches: tuple[str, ...]
    plain: bool  # nothing in it asks for the ordinary way
    plans: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    @property
    def only_asks_of_the_schema(self) -> bool:
        """Return whether nothing but the schema of the API is read, which is no secret."""
        chosen = self.node.selection_set.selections
        names = {one.name.value for one in chosen if isinstance(one, FieldNode)}
        return (
            len(names) > 0
            and names <= {*FREE_FIELDS, "__typename"}
            and all(isinstance(one, FieldNode) for one in chosen)
        )


class DocumentCache:
    """The documents that clients send, cached while they are in use."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self.read = lru_cache(maxsize=1000)(self._read)

    def _read(self, query: str, name: str | None) -> ParsedDocument | tuple[GraphQLError, ...]:
        """A document ready to be answered, or the faults in it; QueryTooLarge if it is."""
        if len(query) > LONGEST:
            raise QueryTooLarge(what="length", found=len(query), most=LONGEST)
        try:
            document = parse(query, max_tokens=MOST_TOKENS)
        except GraphQLError as error:
            return (error,)
        try:
            check(document)
            faults = validate(self.schema, document)
        except RecursionError:
            raise QueryTooLarge(what="depth", found=MOST_TOKENS, most=DEEPEST) from None
        if faults:
            return tuple(faults)
        node, seen = get_operation_ast(document, name), _Usage()
        if node is None:
            return (GraphQLError("Name the operation that is meant: operationName."),)
        visit(document, seen)
        few = len(seen.switches) <= MAX_DIRECTIVES
        plain = few and not seen.strange and node.operation is OperationType.QUERY
        parts = (d for d in document.definitions if isinstance(d, FragmentDefinitionNode))
        fragments = {part.name.value: part for part in parts}
        return ParsedDocument(node, fragments, tuple(sorted(seen.switches)), plain)


class _Usage(Visitor):
    """The parts of a document that the fast path depends on."""

    def __init__(self) -> None:
        super().__init__()
        self.switches: set[str] = set()
        self.strange = False

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        self.strange |= node.name.value not in ("skip", "include")
        values = (argument.value for argument in node.arguments or ())
        self.switches |= {value.name.value for value in values if isinstance(value, VariableNode)}

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.strange |= len((node.alias or node.name).value) > MAX_KEY_LENGTH
