"""Shapes as GraphQL types: rows, connections, filters and orders."""

from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, get_args
from uuid import UUID

import strawberry
from graphql import GraphQLObjectType, GraphQLSchema
from strawberry import UNSET

from app.api.graphql.selection import column
from app.db.query.shape import IS_NULL, Filter, Shape
from app.domain.audit.schemas import Place
from app.domain.exchange.changes.schemas import RecordJson
from app.domain.values import parse_any_day, parse_long, parse_moment

CAMEL = {IS_NULL: "isNull"}
NODES: dict[str, type] = {}
SHAPES: dict[str, Shape] = {}
DateTime = strawberry.scalar(
    name="DateTime",
    description="RFC 3339, in the time of the country.",
    serialize=lambda value: value,
    parse_value=parse_moment,
)
Date = strawberry.scalar(
    name="Date",
    description="A day, as 2026-11-22.",
    serialize=lambda value: value if isinstance(value, str) else value.isoformat(),
    parse_value=parse_any_day,
)
PLACE = strawberry.scalar(
    name="Place",
    description="A whole number of up to 53 bits.",
    serialize=int,
    parse_value=parse_long,
)
RECORD_JSON = strawberry.scalar(
    name="RecordJson",
    description="A record as REST answers the read of it, with the names that REST has.",
    serialize=lambda value: value,
    parse_value=lambda value: value,
)
SCALARS: dict[object, Any] = {
    datetime: DateTime, date: Date, Place: PLACE, RecordJson: RECORD_JSON,
}  # fmt: skip


@strawberry.interface(description="Anything with an id; the id is the same in REST.")
class Node:
    id: strawberry.ID


@strawberry.type(description="Where a page begins and ends, and whether others lie beside it.")
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


def node(shape: Shape) -> type:
    """The GraphQL type of a shape; a shape may link back to itself."""
    if shape.name in NODES:
        return NODES[shape.name]
    alone = shape.scope is not None and "id" in shape.fields
    kind = type(shape.name, (Node,) if alone else (), {"__doc__": shape.doc})
    NODES[shape.name], SHAPES[shape.name] = kind, shape
    types: dict[str, Any] = {
        name: register_enums(field.type) for name, field in shape.fields.items()
    }
    if alone:
        types["id"] = strawberry.ID
    for name, link in shape.links.items():
        target: Any = node(link.to())
        types[name] = list[target] if link.many else target | None
        if link.many:
            setattr(kind, name, strawberry.field(resolver=_with_first(list[target], link.first)))
    kind.__annotations__ = types
    return strawberry.type(kind, description=shape.doc)


@cache
def connection(shape: Shape) -> type:
    """A page of rows as Relay has it, with the rows themselves and their number besides."""
    row: Any = node(shape)
    edge: Any = strawberry.type(
        type(f"{shape.name}Edge", (), {"__annotations__": {"cursor": str, "node": row}}),
        description=f"A {shape.name} and its place in the list.",
    )
    parts = {
        "edges": list[edge],
        "nodes": list[row],
        "page_info": PageInfo,
        "total_count": int,
        "total_is_exact": bool,
    }
    made = type(f"{shape.name}Connection", (), {"__annotations__": parts})
    return strawberry.type(made, description=f"A page of {shape.name} rows.")


@cache
def where(shape: Shape) -> type:
    """Every way to narrow a list, each with the operations it allows."""
    types = {name: _operations(filter) | None for name, filter in shape.filters.items()}
    made = {"__annotations__": types} | {
        name: strawberry.field(default=UNSET, description=filter.doc or None)
        for name, filter in shape.filters.items()
    }
    return strawberry.input(type(f"{shape.name}Where", (), made), description="All of these hold.")


def _operations(filter: Filter) -> Any:
    return _operations_on(register_enums(filter.type), filter.allows)


@cache
def _operations_on(kind: Any, allows: tuple[str, ...]) -> Any:
    name = kind.__name__[:1].upper() + kind.__name__[1:]
    suffix = "Choice" if "in" in allows else "Range" if "gte" in allows else "Is"
    types: dict[str, Any] = {}
    made: dict[str, Any] = {"__annotations__": types}
    for operation in allows:
        one = bool if operation == IS_NULL else kind
        types[f"{operation}_"] = list[kind] | None if operation == "in" else one | None
        made[f"{operation}_"] = strawberry.field(
            name=CAMEL.get(operation, operation), default=UNSET
        )
    label = {"Str": "Text", "UUID": "Id"}.get(name, name) + suffix
    label = f"Nullable{label}" if IS_NULL in allows else label
    return strawberry.input(type(label, (), made))


@cache
def order(shape: Shape) -> Any:
    """The orders a list may be had in."""
    members = {name.upper(): name for name in shape.orders}
    make: Any = Enum  # by call, for its members are known only here
    return strawberry.enum(make(f"{shape.name}Order", members))


def register_enums(kind: Any) -> Any:
    """A type that GraphQL may write; enums are made known on the way."""
    for one in (kind, *get_args(kind)):
        if isinstance(one, type) and issubclass(one, Enum):
            strawberry.enum(one)
    return kind


def resolve_by_key(schema: GraphQLSchema) -> None:
    """Resolve a field by its key in the response, since look-ahead has read it under its alias."""
    for kind in schema.type_map.values():
        own = kind.name.removesuffix("Connection").removesuffix("Edge") in NODES
        if isinstance(kind, GraphQLObjectType) and (own or kind.name == "PageInfo"):
            for definition in kind.fields.values():
                definition.resolve = lambda source, info, **_: source[column(info.path.key)]
            kind.is_type_of = None
    interface: Any = schema.type_map["Node"]
    interface.resolve_type = lambda value, *_: value["!"]


def _with_first(returns: Any, default: int) -> Any:
    def resolve(first: int = default) -> Any: ...

    resolve.__annotations__["return"] = returns
    return resolve


__all__ = ["NODES", "SHAPES", "UUID", "Node", "PageInfo", "connection", "node", "order", "where"]
