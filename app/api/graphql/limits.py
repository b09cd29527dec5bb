"""Limits on the size of a query with its fragments expanded; counted without expanding them."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

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
MAX_NESTED = 150  # fragments within each other
MAX_REPEATS = 60  # validation compares every two fields of one key
MAX_COST = 500  # of all fields that call a service, in milliseconds of the server, roughly
SCHEMA_FIELDS = ("__schema", "__type")  # introspection is deep by nature and takes long to answer
SCHEMA_COST = 100
MAX_SCHEMA_DEPTH = 3  # beside other fields, which are not answered in a thread of their own


class QueryTooLarge(Invalid):
    code = "query_too_large"
    en = "This query has {what} {found}; at most {most} are taken. Ask in several queries."
    vi = "Truy vấn có {what} {found}; tối đa {most}. Hãy chia thành nhiều truy vấn."


@dataclass(slots=True)
class QuerySize:
    """Depth, fields, aliases, cost and repeated keys of a set; capped so that counting ends."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    cost: int = 0
    below: int = 0  # how often the most repeated key stands in one set further down
    keys: Counter[str] = field(default_factory=Counter)

    @property
    def repeats(self) -> int:
        return max((self.below, *self.keys.values()))

    def add(self, other: "QuerySize") -> None:
        """Add what stands beside; in place, for a sum of sums would be quadratic."""
        self.depth, self.below = max(self.depth, other.depth), max(self.below, other.below)
        self.fields = min(self.fields + other.fields, 10**6)
        self.aliases = min(self.aliases + other.aliases, 10**6)
        self.cost = min(self.cost + other.cost, 10**6)
        for key, times in other.keys.items():
            self.keys[key] = min(self.keys[key] + times, 10**6)


class SizeLimits:
    """Refuse a document of which any part is too large or costs too much."""

    def __init__(self, roots: Collection[str], costs: Mapping[str, int]) -> None:
        self.roots, self.costs = frozenset(roots), costs

    def check(self, document: DocumentNode) -> None:
        """Check every part; an unused fragment costs validation too."""
        definitions = document.definitions
        parts = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}
        counter = _Counter(parts, self.costs, self.roots)
        for part in definitions:
            if isinstance(part, OperationDefinitionNode | FragmentDefinitionNode):
                self._check_part(part, counter.measure(part))

    def _check_part(
        self, part: OperationDefinitionNode | FragmentDefinitionNode, size: QuerySize
    ) -> None:
        for what, found, most in (
            ("depth", 0 if _is_of_schema(part) else size.depth, DEEPEST),
            ("fields", size.fields, MOST_FIELDS),
            ("aliases", size.aliases, MOST_ALIASES),
            ("repeats", size.repeats, MAX_REPEATS),
            ("cost", size.cost, MAX_COST),
        ):
            if found > most:
                raise QueryTooLarge(what=what, found=found, most=most)


def _is_of_schema(part: OperationDefinitionNode | FragmentDefinitionNode) -> bool:
    """Return whether this is a fragment on the schema's own types, as deep as its roots."""
    on = part.type_condition.name.value if isinstance(part, FragmentDefinitionNode) else ""
    return on.startswith("__")


class _Counter:
    def __init__(
        self,
        parts: Mapping[str, FragmentDefinitionNode],
        costs: Mapping[str, int],
        roots: Collection[str],
    ) -> None:
        self.parts, self.costs, self.roots = parts, costs, roots
        self.known: dict[str, QuerySize] = {}
        self.nested = 0

    def measure(self, part: OperationDefinitionNode | FragmentDefinitionNode) -> QuerySize:
        """Measure an operation or a fragment."""
        if isinstance(part, FragmentDefinitionNode):
            return self._of_set(part.selection_set, self._is_at_root(part))
        return self._of_set(part.selection_set, at_root=True)

    def _is_at_root(self, part: FragmentDefinitionNode) -> bool:
        return part.type_condition.name.value in self.roots

    def _of_set(self, chosen: SelectionSetNode | None, at_root: bool) -> QuerySize:
        size = QuerySize()
        for node in chosen.selections if chosen else ():
            size.add(self._of_node(node, at_root))
        return size

    def _of_node(self, node: SelectionNode, at_root: bool) -> QuerySize:
        if isinstance(node, FragmentSpreadNode):
            return self._of_spread(node.name.value)
        if not isinstance(node, FieldNode):
            return self._of_set(getattr(node, "selection_set", None), at_root)
        inner = self._of_set(node.selection_set, at_root=False)
        name, aliases = node.name.value, inner.aliases + (node.alias is not None)
        keys = Counter([(node.alias or node.name).value])
        if name in SCHEMA_FIELDS:
            price = inner.fields + SCHEMA_COST
            return QuerySize(0, price, aliases, inner.cost, inner.repeats, keys)
        cost = inner.cost + (self.costs.get(name, 0) if at_root else 0)
        return QuerySize(inner.depth + 1, inner.fields + 1, aliases, cost, inner.repeats, keys)

    def _of_spread(self, name: str) -> QuerySize:
        """A fragment counts once; one that holds itself counts as endless."""
        if name not in self.known:
            self.known[name] = QuerySize(DEEPEST + 1, MOST_FIELDS + 1)
            self.nested += 1
            if (part := self.parts.get(name)) is None or self.nested <= MAX_NESTED:
                self.known[name] = self.measure(part) if part else QuerySize()
            self.nested -= 1
        return self.known[name]
