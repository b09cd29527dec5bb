"""Limits on the size of a query with its fragments expanded; counted without expanding them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from app.domain.errors import Invalid

DEEPEST, MOST_FIELDS, MOST_ALIASES, MOST_TOKENS, LONGEST = 12, 500, 60, 2000, 20_000
MAX_REPEATS = 60  # validation compares every two fields of one key
FREE_FIELDS = (
    "__schema",
    "__type",
)  # introspection is deep by nature, and the schema is no secret,
FREE_FIELD_COST = 100  # it takes long to answer and needs no token: hence few at once


class QueryTooLarge(Invalid):
    code = "query_too_large"
    en = "This query has {what} {found}; at most {most} are taken. Ask in several queries."
    vi = "Truy vấn có {what} {found}; tối đa {most}. Hãy chia thành nhiều truy vấn."


@dataclass(frozen=True, slots=True)
class QuerySize:
    """Depth, fields, aliases and repeated keys of a query; capped so that counting ends."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    below: int = 0  # how often the most repeated key stands in one set further down
    keys: Counter[str] = field(default_factory=Counter)

    @property
    def repeats(self) -> int:
        return max((self.below, *self.keys.values()))

    def beside(self, other: "QuerySize") -> "QuerySize":
        fields = min(self.fields + other.fields, 10**6)
        aliases = min(self.aliases + other.aliases, 10**6)
        depth, below = max(self.depth, other.depth), max(self.below, other.below)
        return QuerySize(depth, fields, aliases, below, self.keys + other.keys)


def check(document: DocumentNode) -> None:
    """Refuse a document of which any part is too large; an unused fragment costs validation too."""
    parts = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    counter = _Counter(parts)
    for part in document.definitions:
        if isinstance(part, OperationDefinitionNode | FragmentDefinitionNode):
            size = counter.of(part.selection_set)
            for what, found, most in (
                ("depth", 0 if _is_free(part) else size.depth, DEEPEST),
                ("fields", size.fields, MOST_FIELDS),
                ("aliases", size.aliases, MOST_ALIASES),
                ("repeats", size.repeats, MAX_REPEATS),
            ):
                if found > most:
                    raise QueryTooLarge(what=what, found=found, most=most)


def _is_free(part: OperationDefinitionNode | FragmentDefinitionNode) -> bool:
    """Return whether this is a fragment on the schema's own types, as deep as its roots."""
    on = part.type_condition.name.value if isinstance(part, FragmentDefinitionNode) else ""
    return on.startswith("__")


class _Counter:
    def __init__(self, parts: Mapping[str, FragmentDefinitionNode]) -> None:
        self.parts = parts
        self.known: dict[str, QuerySize] = {}

    def of(self, chosen: SelectionSetNode | None) -> QuerySize:
        if chosen is None:
            return QuerySize()
        return reduce(
            QuerySize.beside, (self._one(node) for node in chosen.selections), QuerySize()
        )

    def _one(self, node: SelectionNode) -> QuerySize:
        if isinstance(node, FragmentSpreadNode):
            return self._spread(node.name.value)
        if not isinstance(node, FieldNode):
            return self.of(getattr(node, "selection_set", None))
        inner = self.of(node.selection_set)
        free, key = node.name.value in FREE_FIELDS, (node.alias or node.name).value
        depth, price = (0, FREE_FIELD_COST) if free else (inner.depth + 1, 1)
        aliases = inner.aliases + (node.alias is not None)
        return QuerySize(depth, inner.fields + price, aliases, inner.repeats, Counter([key]))

    def _spread(self, name: str) -> QuerySize:
        """A fragment counts once; one that holds itself counts as endless."""
        if name not in self.known:
            self.known[name] = QuerySize(DEEPEST + 1, MOST_FIELDS + 1)
            part = self.parts.get(name)
            self.known[name] = self.of(part.selection_set) if part else QuerySize()
        return self.known[name]
