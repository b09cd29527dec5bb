"""Descriptions of the schema: the same texts that REST has, on every part."""

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
)

from app.api.descriptions import (
    describe_argument,
    describe_comparison,
    describe_field,
    describe_filter,
    describe_order,
    describe_value,
    sentence,
)
from app.api.graphql.selection import python_name
from app.api.graphql.types import SHAPES

COMPARISONS = ("Is", "Choice", "Range")  # by which the names of their types end
NESTED_FIRST = "Largest number of records to return."


def describe_schema(schema: GraphQLSchema) -> None:
    """Set the text of each part of the schema."""
    roots = (schema.query_type, schema.mutation_type)
    for kind in schema.type_map.values():
        if kind.name.startswith("__"):
            continue
        kind.description = sentence(kind.description or _docstring(kind)) or None
        if isinstance(kind, GraphQLEnumType):
            _describe_values(kind)
        elif isinstance(kind, GraphQLInputObjectType):
            _describe_inputs(kind)
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            _describe_fields(kind, is_root=kind in roots)


def _describe_values(kind: GraphQLEnumType) -> None:
    is_order = kind.name.endswith("Order")
    for name, value in kind.values.items():
        code = name.lower()
        text = describe_order(code) if is_order else describe_value(kind.name, code)
        value.description = sentence(text)


def _describe_inputs(kind: GraphQLInputObjectType) -> None:
    shape = SHAPES.get(kind.name.removesuffix("Where"))
    for name, field in kind.fields.items():
        if shape is not None and kind.name.endswith("Where"):
            text = describe_filter(shape, python_name(field))
        elif kind.name.endswith(COMPARISONS):
            text = describe_comparison(_argument(name))
        else:
            text = describe_field(kind.name, python_name(field), field.description or "")
        field.description = sentence(text)
    kind.description = kind.description or _comparison(kind.name)


def _describe_fields(kind: GraphQLObjectType | GraphQLInterfaceType, *, is_root: bool) -> None:
    for field in kind.fields.values():
        called = python_name(field)
        own = field.description or ""
        field.description = sentence(own if is_root else describe_field(kind.name, called, own))
        for word, argument in field.args.items():
            text = describe_argument(called, _argument(word), argument.description or "")
            argument.description = sentence(text if is_root else NESTED_FIRST)


def _docstring(kind: GraphQLNamedType) -> str:
    """Return the docstring of the Python class behind a type; an order has none."""
    if kind.name.endswith("Order"):
        return f"Orders of a list of {kind.name.removesuffix('Order')} records."
    definition = kind.extensions.get("strawberry-definition")
    origin = getattr(definition, "wrapped_cls", None) or getattr(definition, "origin", None)
    found: str = getattr(origin, "__doc__", None) or ""
    return "" if found.startswith(f"{kind.name}(") else found.partition("\n\n")[0]  # a dataclass


def _argument(word: str) -> str:
    """`expectedVersion` -> `expected_version`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in word)


def _comparison(name: str) -> str | None:
    ways = {"Is": "Compares with one value.", "Choice": "Compares with one value or several.",
            "Range": "Compares with one value, or with bounds."}  # fmt: skip
    return next((text for end, text in ways.items() if name.endswith(end)), None)
