"""Root fields that read shapes, and the ordinary way to resolve them: look ahead, ask once."""

from collections.abc import Sequence
from inspect import Parameter, Signature
from typing import Any

import orjson
import strawberry
from graphql import GraphQLField, GraphQLObjectType, get_named_type
from graphql.execution.values import VariableValues

from app.api.graphql.context import Info
from app.api.graphql.metadata import OPERATION, READS
from app.api.graphql.selection import Selection, arguments_of, requested_values
from app.api.graphql.types import Node, connection, node, order, register_enums, where
from app.db.query.executor import Executor
from app.db.query.selection import AnyQuery, Kind, SelectedField, UnionQuery
from app.db.query.shape import Shape
from app.domain.actor import Actor
from app.domain.errors import Forbidden
from app.domain.query import build_query, read_value
from app.domain.query_cost import Values
from app.domain.read_permissions import authorize_read

USUAL_FIRST = 50
KIND = SelectedField(
    "!", "__typename"
)  # by which the ordinary way tells rows of several shapes apart
Reads = tuple[Kind, tuple[Shape, ...]]


def read_one(shape: Shape, description: str) -> Any:
    """A root field that answers one row, or null where there is none in your units."""
    arguments = {"id": strawberry.ID} | _terms(shape)
    return _root(description, (Kind.ONE, (shape,)), node(shape) | None, arguments, _terms(shape))


def read_page(shape: Shape, description: str) -> Any:
    """A root field that answers a page of rows, forward or backward."""
    arguments = {
        "first": int | None, "after": str | None, "last": int | None, "before": str | None,
        "where": where(shape) | None, "order_by": order(shape) | None,
    } | _terms(shape)  # fmt: skip
    returns = connection(shape) | None
    return _root(description, (Kind.PAGE, (shape,)), returns, arguments, arguments)


def read_node(shapes: tuple[Shape, ...], description: str) -> Any:
    """A root field that answers a row of whatever shape, by its id."""
    terms = {name: kind for shape in shapes for name, kind in _terms(shape).items()}
    arguments = {"id": strawberry.ID} | terms
    return _root(description, (Kind.ONE, shapes), Node | None, arguments, terms)


def questions(
    actor: Actor,
    reads: Reads,
    picks: Sequence[tuple[SelectedField, ...]],
    arguments: dict[str, Any],
    narrowed: dict[tuple[str, str], Any],
    key: str = "",
    enum_names: bool = False,
) -> tuple[AnyQuery, Values]:
    """Build the query of a root field, of one shape or of any of several."""
    kind, shapes = reads
    if kind is Kind.PAGE and arguments.get("last") is None:
        arguments["first"] = USUAL_FIRST if arguments.get("first") is None else arguments["first"]
    asked, values = [], Values()
    for shape, picked in zip(shapes, picks, strict=True):
        if len(shapes) > 1 and not actor.may(shape.needs):
            continue
        if (own := _own(shape, arguments, several=len(shapes) > 1)) is not None:
            name = key if len(shapes) == 1 else f"{key}/{shape.name}"
            read, given = build_query(
                shape, kind, picked, own, narrowed, key=name, enum_names=enum_names
            )
            asked.append(read)
            values |= given
    if not asked:
        raise Forbidden(permission=shapes[0].needs)
    return (asked[0] if len(shapes) == 1 else UnionQuery(key, tuple(asked))), values


def _own(shape: Shape, arguments: dict[str, Any], *, several: bool) -> dict[str, Any] | None:
    """The arguments as this shape takes them; None where the id cannot be one of its own."""
    if "id" not in arguments:
        return arguments
    try:
        return arguments | {"id": shape.id_type(str(arguments["id"]))}
    except ValueError:
        return None if several else arguments | {"id": shape.id_type(int=0)}


async def look_ahead(info: Info, reads: Reads) -> Any:
    """The ordinary way: the same one statement, then graphql-core completes the answer."""
    raw, variables = info._raw_info, VariableValues({}, info.variable_values)
    definition = raw.parent_type.fields[raw.field_name]
    arguments, narrowed = arguments_of(definition, raw.field_nodes[0], variables)
    return await read_root(info, info.context.app_state.reader, reads, arguments, narrowed)


async def read_root(
    info: Info, fetcher: Executor, reads: Reads, arguments: Any, narrowed: Any
) -> Any:
    """Read a root field in one statement, as plain values."""
    raw = info._raw_info
    selection = Selection(raw.fragments, VariableValues({}, info.variable_values))
    kinds = kinds_of(raw.schema, raw.parent_type.fields[raw.field_name], reads)
    told = (KIND,) if len(kinds) > 1 else ()
    picks = [selection.picks(kind, raw.field_nodes) + told for kind in kinds]
    arguments = arguments | requested_values(selection.wants, selection.variables)
    question, values = questions(info.context.actor, reads, picks, arguments, narrowed)
    await authorize_read(fetcher, info.context.actor, question, values)
    info.context.spend_rows(question, values)
    found = await read_value(fetcher, info.context.actor, question, values)
    return found and orjson.loads(found)


def kinds_of(schema: Any, definition: GraphQLField, reads: Reads) -> list[GraphQLObjectType]:
    """The object types that a root field may answer with, in the order of its shapes."""
    kind, shapes = reads
    if kind is Kind.PAGE:
        target = get_named_type(definition.type)
        assert isinstance(target, GraphQLObjectType)
        return [target]
    return [schema.type_map[shape.name] for shape in shapes]


def _terms(shape: Shape) -> dict[str, Any]:
    return {name: register_enums(term.type) | None for name, term in shape.terms.items()}


def _root(description: str, reads: Reads, returns: Any, arguments: Any, optional: Any) -> Any:
    async def resolve(info: Info, **given: Any) -> Any:
        return await look_ahead(info, reads)

    resolve.__signature__ = _signature(arguments, optional, returns)  # type: ignore[attr-defined]
    resolve.__annotations__ = {"info": Info, **arguments, "return": returns}
    return strawberry.field(resolve, description=description, metadata={READS: reads})


def _signature(arguments: dict[str, Any], optional: dict[str, Any], returns: Any) -> Any:
    parts = [Parameter("info", Parameter.POSITIONAL_OR_KEYWORD, annotation=Info)]
    for name, kind in arguments.items():
        default = None if name in optional else Parameter.empty
        parts.append(Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, default=default))
    return Signature(parts, return_annotation=returns)


__all__ = [
    "OPERATION",
    "READS",
    "read_node",
    "read_one",
    "read_page",
    "read_root",
]
