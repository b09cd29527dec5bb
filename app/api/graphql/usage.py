"""Usage: the parts of a document that the ways of answering it depend on."""

from typing import Any

from graphql import DirectiveNode, FieldNode, VariableNode, Visitor

from app.api.graphql.limits import SCHEMA_FIELDS
from app.api.graphql.selection import MAX_KEY_LENGTH


class Usage(Visitor):
    """Collects switches, what the fast path cannot do, and the depth of reads of the schema."""

    def __init__(self) -> None:
        super().__init__()
        self.switches: set[str] = set()
        self.strange, self.schema_depth = False, 0

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        self.strange |= node.name.value not in ("skip", "include")
        values = (argument.value for argument in node.arguments or ())
        self.switches |= {value.name.value for value in values if isinstance(value, VariableNode)}

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.strange |= len((node.alias or node.name).value) > MAX_KEY_LENGTH
        if node.name.value in SCHEMA_FIELDS:
            self.schema_depth = max(self.schema_depth, _depth(node))


def _depth(node: FieldNode) -> int:
    """The depth of a field of the schema; a fragment in it counts as too deep."""
    parts = node.selection_set.selections if node.selection_set else ()
    return 1 + max((_depth(p) if isinstance(p, FieldNode) else 99 for p in parts), default=0)
