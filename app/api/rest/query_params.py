"""Query parameters of a shape: fields, filters, order, page, terms; described for OpenAPI."""

from collections.abc import Collection
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, get_args

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from app.db.query.shape import IS_NULL, Filter, Shape
from app.domain.errors import InvalidFields, RepeatedParameter, UnknownName
from app.domain.input_faults import build_field_error
from app.domain.query_cost import MAX_LIST
from app.domain.records import types

DEFAULT_LIMIT = 50
FilterValues = dict[tuple[str, str], Any]


class ReadParams(BaseModel):
    """Parameters by which a caller selects the fields of the response."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    fields: Annotated[str, types.SECRET] | None = None
    expand: Annotated[str, types.SECRET] | None = None


class ListParams(ReadParams):
    limit: Annotated[int, Field(ge=1, le=MAX_LIST), types.DIGITS] = DEFAULT_LIMIT
    cursor: Annotated[str, types.LINE] | None = None
    total: Literal["none", "exact"] = "none"


P = TypeVar("P", bound=ReadParams)


@cache
def read_params(shape: Shape) -> type[ReadParams]:
    """Build the parameters for reading one row."""
    return create_model(f"{shape.name}Question", __base__=ReadParams, **_terms(shape))


@cache
def list_params(shape: Shape) -> type[ListParams]:
    """Build the parameters for reading a list."""
    parts: dict[str, Any] = _terms(shape)
    orders = Literal[tuple(shape.orders)]  # type: ignore[valid-type]
    parts["order"] = (
        orders,
        shape.default_order,
    )
    for name, filter in shape.filters.items():
        for operation in filter.allows:
            if operation != "in":
                alias = name if operation == "eq" else f"{name}.{operation}"
                parts[f"{name}__{operation}"] = _filter_param(filter, operation, alias)
    return create_model(f"{shape.name}PageQuestion", __base__=ListParams, **parts)


def _terms(shape: Shape) -> dict[str, Any]:
    return {
        name: (Annotated[_param_type(term.type) | None, Field(description=term.doc)], None)
        for name, term in shape.terms.items()
    }


def _filter_param(filter: Filter, operation: str, alias: str) -> Any:
    many = operation == "eq" and "in" in filter.allows
    one = _param_type(bool if operation == IS_NULL else filter.type)
    kind: Any = list[one] if many else one  # type: ignore[valid-type]
    doc = filter.doc or ("one of these; repeat for several" if many else None)
    return Annotated[kind | None, Field(alias=alias, description=doc)], None


def _param_type(kind: Any) -> Any:
    """Return the input type of a parameter: what it says is read to the letter."""
    return types.PARAMETERS.get(kind, kind)


def parse_query(query: Any, kind: type[ReadParams]) -> dict[str, Any]:
    """Parse the parameters of a URL; refuse unknown and repeated ones."""
    names = _names(kind)
    given: dict[str, Any] = {}
    for name in query:
        if name not in names:
            raise UnknownName(name, names)
        values = query.getlist(name)
        if not names[name] and len(values) > 1:
            raise RepeatedParameter(name)
        given[name] = values if names[name] else values[0]
    return given


def refuse_unknown(query: Any, names: Collection[str]) -> None:
    """Refuse a parameter that an operation does not have, for it would be ignored."""
    for name in query:
        if name not in names:
            raise UnknownName(name, names)


async def refuse_undeclared(request: Request) -> None:
    """Refuse a parameter that an endpoint written by hand does not declare."""
    declared = request.scope["route"].dependant
    parts = [declared, *declared.dependencies]
    refuse_unknown(request.query_params, [one.alias for part in parts for one in part.query_params])


def validate_query(query: Any, kind: type[P]) -> P:
    """Return the parameters of a URL, validated."""
    try:
        return kind.model_validate(parse_query(query, kind))
    except ValidationError as error:
        faults = [build_field_error(fault, ("query", *fault["loc"])) for fault in error.errors()]
        raise InvalidFields(*faults) from error


@cache
def _names(kind: type[ReadParams]) -> dict[str, bool]:
    """Return every parameter, and whether it may be repeated."""
    return {
        field.alias or name: any("list" in repr(part) for part in get_args(field.annotation))
        for name, field in kind.model_fields.items()
    }


def arguments_of(shape: Shape, params: ReadParams) -> tuple[dict[str, Any], FilterValues]:
    """Split the parameters into arguments and filters."""
    arguments = {name: getattr(params, name) for name in shape.terms}
    narrowed: FilterValues = {}
    if isinstance(params, ListParams):
        arguments |= {"first": params.limit, "after": params.cursor}
        arguments["order"] = getattr(params, "order")  # noqa: B009
        for name, filter in shape.filters.items():
            for operation in filter.allows:
                value = getattr(params, f"{name}__{operation}", None)
                if value is not None:
                    narrowed |= _filter_values(name, operation, value)
    return arguments, narrowed


def _filter_values(name: str, operation: str, value: Any) -> FilterValues:
    if not isinstance(value, list):
        return {(name, operation): value}
    return {(name, "eq"): value[0]} if len(value) == 1 else {(name, "in"): value}
