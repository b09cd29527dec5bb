"""A GraphQL selection set -> what is picked of a shape. Used by the bypass and by look-ahead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionSetNode,
    get_argument_values,
    get_directive_values,
    get_named_type,
)

from app.api.graphql.filters import narrow
from app.db.query.selection import SelectedField

Fragments = Mapping[str, FragmentDefinitionNode]
FieldRequest = tuple[str, GraphQLField, FieldNode]
MAX_KEY_LENGTH = 50  # a column of an answer; PostgreSQL would cut a name that is longer than 63


@dataclass(slots=True)
class Selection:
    """Reads one field's selection set, and keeps where the values of its arguments stand."""

    fragments: Fragments
    variables: Any
    wants: list[FieldRequest] = field(default_factory=list)

    def picks(
        self, kind: GraphQLObjectType, nodes: Iterable[FieldNode]
    ) -> tuple[SelectedField, ...]:
        sets = [node.selection_set for node in nodes if node.selection_set]
        found = self.fields(sets, kind)
        return tuple(self._pick(kind, key, same) for key, same in found.items())

    def fields(
        self, sets: Iterable[SelectionSetNode], kind: GraphQLObjectType
    ) -> dict[str, list[FieldNode]]:
        """The fields by the key of their answer: fragments opened, skipped ones left out."""
        found: dict[str, list[FieldNode]] = {}
        for chosen in (chosen for one in sets for chosen in one.selections):
            if not self._is_included(chosen):
                continue
            if isinstance(chosen, FieldNode):
                found.setdefault((chosen.alias or chosen.name).value, []).append(chosen)
                continue
            for key, nodes in self._expand(chosen, kind).items():
                found.setdefault(key, []).extend(nodes)
        return found

    def _expand(self, chosen: Any, kind: GraphQLObjectType) -> dict[str, list[FieldNode]]:
        """The fields of a fragment, if it is for this kind of row or for an interface of it."""
        spread = isinstance(chosen, FragmentSpreadNode)
        part = self.fragments[chosen.name.value] if spread else chosen
        assert isinstance(part, InlineFragmentNode | FragmentDefinitionNode)
        meant = part.type_condition.name.value if part.type_condition else kind.name
        if meant != kind.name and meant not in {one.name for one in kind.interfaces}:
            return {}
        return self.fields([part.selection_set], kind)

    def _pick(self, kind: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> SelectedField:
        name = nodes[0].name.value
        if name == "__typename":
            return SelectedField(column(key), name)
        definition = kind.fields[name]
        first = None
        if "first" in definition.args:
            first = f"first{len(self.wants)}"
            self.wants.append((first, definition, nodes[0]))
        target = get_named_type(definition.type)
        inner = self.picks(target, nodes) if isinstance(target, GraphQLObjectType) else ()
        return SelectedField(column(key), python_name(definition), inner, first)

    def _is_included(self, node: Any) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and not (include and not include["if"])


def column(key: str) -> str:
    """Under what a value of this key is read: a key too long for a column gives way to a digest."""
    return (
        key
        if len(key) <= MAX_KEY_LENGTH
        else "#" + blake2b(key.encode(), digest_size=16).hexdigest()
    )


def requested_values(wants: Iterable[FieldRequest], variables: Any) -> dict[str, Any]:
    return {name: get_argument_values(kind, node, variables)["first"] for name, kind, node in wants}


def arguments_of(
    definition: GraphQLField, node: FieldNode, variables: Any
) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    """The arguments of a root field, parted into those of the question and its filters."""
    given = get_argument_values(definition, node, variables)
    where = given.pop("where", None)
    arguments = {python_name(definition.args[name]): value for name, value in given.items()}
    if order := arguments.pop("order_by", None):
        arguments["order"] = order.value
    return arguments, narrow(definition, node, variables, where)


def python_name(definition: Any) -> str:
    name: str = definition.extensions["strawberry-definition"].python_name
    return name
