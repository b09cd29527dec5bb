"""Query parameters of a shape: fields, filters, order, page, terms; described for OpenAPI."""

from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from app.db.query.shape import Filter, Shape
from app.domain.errors import Invalid, UnknownName
from app.domain.query_cost import MAX_LIST

DEFAULT_LIMIT = 50
FilterValues = dict[tuple[str, str], Any]


class ReadParams(BaseModel):
    """Parameters by which a caller selects the fields of the response."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    fields: str | None = None
    expand: str | None = None


class ListParams(ReadParams):
    limit: Annotated[int, Field(ge=1, le=MAX_LIST)] = DEFAULT_LIMIT
    cursor: str | None = None
    total: Literal["none", "exact"] = "none"


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
    one = _param_type(filter.type)
    kind: Any = list[one] if many else one  # type: ignore[valid-type]
    doc = filter.doc or ("one of these; repeat for several" if many else None)
    return Annotated[kind | None, Field(alias=alias, description=doc)], None


def _param_type(kind: Any) -> Any:
    """A day is read as GraphQL reads it: the library would take a count of seconds for one."""
    return Annotated[date, BeforeValidator(date.fromisoformat)] if kind is date else kind


def parse_query(query: Any, kind: type[ReadParams]) -> dict[str, Any]:
    """Parse the parameters of a URL; refuse unknown and repeated ones."""
    names = _names(kind)
    given: dict[str, Any] = {}
    for name in query:
        if name not in names:
            raise UnknownName(name, names)
        values = query.getlist(name)
        if not names[name] and len(values) > 1:
            raise Invalid()
        given[name] = values if names[name] else values[0]
    return given


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
