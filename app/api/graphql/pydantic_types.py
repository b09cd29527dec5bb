"""Pydantic schemas as GraphQL types: what a service function takes, and what it answers with."""

from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Any, NewType, get_args
from warnings import catch_warnings, simplefilter

import strawberry
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.warnings import UnsupportedFieldAttributeWarning
from strawberry.experimental import pydantic

from app.api.graphql.mutations import set_fields
from app.api.graphql.types import register_enums
from app.domain.errors import InvalidFields
from app.domain.input_faults import build_field_error
from app.domain.operations import OperationInput, Source
from app.domain.records.schemas import ChangeInput

Schema = type[BaseModel]


@cache
def derive_input_type(schema: Schema) -> Any:
    """The input type of a schema; what is left out of a change stays unset."""
    for part in _parts(schema):
        derive_input_type(part)
    if issubclass(schema, ChangeInput):
        return _change_type(schema)
    return pydantic.input(model=schema, all_fields=True, description=_docstring(schema))(
        _bare(schema)
    )


@cache
def derive_output_type(schema: Schema) -> Any:
    """The object type of a schema."""
    for part in _parts(schema):
        derive_output_type(part)
    return pydantic.type(model=schema, all_fields=True, description=_docstring(schema))(
        _bare(schema)
    )


def parse_input(data: Any) -> BaseModel:
    """The schema that an input stands for, validated."""
    if isinstance(data, BaseModel):
        return data
    if (schema := getattr(type(data), "changes", None)) is None:
        found: BaseModel = data.to_pydantic()
        return found
    given = {name: _read_part(value) for name, value in set_fields(data).items()}
    changed: BaseModel = schema(**given)
    return changed


def parse_argument(one: OperationInput, value: Any) -> Any:
    """Return an argument in the type that the service function declares, with its bounds."""
    if one.source not in (Source.ARGUMENT, Source.PATH):
        return value
    try:
        return _adapter(one.type).validate_python(value)
    except ValidationError as error:
        place = ("query", one.public_name)
        faults = [build_field_error(fault, (*place, *fault["loc"])) for fault in error.errors()]
        raise InvalidFields(*faults) from error


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    with catch_warnings():  # the alias of a parameter is its name in REST and means nothing here
        simplefilter("ignore", UnsupportedFieldAttributeWarning)
        return TypeAdapter(kind)


def _read_part(value: Any) -> Any:
    if isinstance(value, list):
        return [_read_part(one) for one in value]
    return value.to_pydantic() if hasattr(value, "to_pydantic") else value


def _change_type(schema: Schema) -> Any:
    """Every field may be left out, which is not the same as null."""
    bare = _bare(schema)
    bare.changes = schema
    bare.__annotations__ = {
        name: _with_inputs(register_enums(field.annotation)) | None
        for name, field in schema.model_fields.items()
    }
    for name in schema.model_fields:
        setattr(bare, name, strawberry.UNSET)
    return strawberry.input(bare, description=_docstring(schema))


def _docstring(schema: Schema) -> str:
    """The first paragraph of what a schema says of itself."""
    return (schema.__doc__ or "").partition("\n\n")[0]


def _with_inputs(kind: Any) -> Any:
    """A type with the schemas in it replaced by their inputs; of lists one level deep."""
    schemas = [one for one in (kind, *get_args(kind)) if _is_schema(one)]
    return list[derive_input_type(schemas[0])] if schemas else kind  # type: ignore[misc]


def _bare(schema: Schema) -> Any:
    """A class for strawberry to fill; it would take a `NewType` for what stands behind it."""
    fields = schema.model_fields
    explicit = {n: f.annotation for n, f in fields.items() if _holds_new_type(f.annotation)}
    return type(schema.__name__, (), {"__doc__": schema.__doc__, "__annotations__": explicit})


def _holds_new_type(kind: Any) -> bool:
    return isinstance(kind, NewType) or any(_holds_new_type(one) for one in get_args(kind))


def _parts(schema: Schema) -> Iterator[Schema]:
    """The schemas that a schema holds; enums are made known on the way."""
    left = [field.annotation for field in schema.model_fields.values()]
    while left:
        kind: Any = left.pop()
        left += get_args(kind)
        if _is_schema(kind):
            yield kind
        elif isinstance(kind, type) and issubclass(kind, Enum):
            register_enums(kind)


def _is_schema(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
