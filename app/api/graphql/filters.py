"""The filters of a root field: each says something, or it is refused.

A filter that is null, empty or hangs on a variable that is not there would narrow nothing, and the
answer would be the whole country.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputObjectType,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    get_named_type,
)

from app.domain.errors import NullFilter

Narrowed = dict[tuple[str, str], Any]
OPERATIONS = {"isNull": "is_null"}


def narrow(definition: GraphQLField, node: FieldNode, variables: Any, where: Any) -> Narrowed:
    """Return the filters by their names and operations."""
    if (given := _argument(node, "where")) is None:
        return {}
    for path in _unset(given, variables.coerced, ()):
        raise NullFilter(".".join(("where", *path)))
    if where is None:
        return {}  # the whole argument hangs on a variable that was left out
    form = get_named_type(definition.args["where"].type)
    assert isinstance(form, GraphQLInputObjectType)
    found: Narrowed = {}
    for name, operations in where.items():
        if not operations:
            raise NullFilter(f"where.{name}")
        for operation, value in operations.items():
            if value is None:
                raise NullFilter(f"where.{name}.{operation}")
            key = _python_name(form.fields[name]), OPERATIONS.get(operation, operation)
            found[key] = value
    return found


def says_null(node: FieldNode, name: str, variables: Mapping[str, Any]) -> bool:
    """Return whether an argument is there but null, or hangs on a variable that was left out."""
    given = _argument(node, name)
    left_out = isinstance(given, VariableNode) and given.name.value not in variables
    return left_out or (given is not None and _is_null(given, variables))


def _is_null(given: ValueNode, variables: Mapping[str, Any]) -> bool:
    if isinstance(given, VariableNode):
        return variables.get(given.name.value, ...) is None
    return isinstance(given, NullValueNode)


def _argument(node: FieldNode, name: str) -> ValueNode | None:
    return next((one.value for one in node.arguments or () if one.name.value == name), None)


def _unset(
    given: ValueNode, variables: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    """Yield where null stands, and where a variable stands that was left out."""
    if _is_null(given, variables):
        yield path
    elif isinstance(given, VariableNode):
        if path and given.name.value not in variables:
            yield path
    elif isinstance(given, ObjectValueNode):
        for field in given.fields:
            yield from _unset(field.value, variables, (*path, field.name.value))


def _python_name(field: Any) -> str:
    name: str = field.extensions["strawberry-definition"].python_name
    return name
