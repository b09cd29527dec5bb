"""All inputs are of the types of `records/types.py`; what a change leaves out has no value."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from graphql import GraphQLInputObjectType, Undefined
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from app import features
from app.api.rest.query_params import list_params
from app.domain.operations import Source
from app.domain.records.schemas import ChangeInput, StrictInput
from app.domain.records.types import MARKS, Unset
from app.domain.resources import Resource
from app.domain.tips.intake import schemas as intake
from app.domain.tips.transparency_log.schemas import ProofInput
from tests.conformance.cases import RESOURCES
from tests.reads.neutral_questions import SCHEMA

OPENAPI = json.loads((Path(__file__).parents[2] / "openapi/openapi.json").read_text("utf-8"))
BY_HAND: list[type[BaseModel]] = [
    intake.TipSubmission, intake.ReceiptInput, intake.MessageInput, intake.AttachmentInput,
    ProofInput,
]  # fmt: skip
BODIES: list[type[BaseModel]] = [one.body for one in features.operations() if one.body] + BY_HAND
CHANGES = [one for one in RESOURCES if one.update]


def _with_parts(schema: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield schema
    for field in schema.model_fields.values():
        for kind in _kinds(field.annotation):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from _with_parts(kind)


def _kinds(kind: Any) -> Iterator[Any]:
    yield kind
    for part in get_args(kind):
        yield from _kinds(part)


SCHEMAS = sorted({part for one in BODIES for part in _with_parts(one)}, key=lambda s: s.__name__)


def find_unmarked(kind: Any, notes: tuple[Any, ...]) -> Iterator[Any]:
    """Yield the plain values in a type that none of the marks reads."""
    marked = any(note == mark for note in notes for mark in MARKS)
    parts = get_args(kind)
    if hasattr(kind, "__metadata__"):
        yield from find_unmarked(parts[0], (*notes, *parts[1:]))
    elif parts:
        kept = notes if type(None) in parts else ()
        for part in parts:
            yield from find_unmarked(part, kept)
    elif kind in (str, int, float, bool, date, datetime, Any) and not marked:
        yield kind


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda s: s.__name__)
def test_every_field_of_an_input_is_of_a_declared_type(schema: type[BaseModel]) -> None:
    assert issubclass(schema, StrictInput)
    for name, field in schema.model_fields.items():
        assert not list(find_unmarked(field.annotation, tuple(field.metadata))), name


def test_every_argument_of_a_figure_is_of_a_declared_type() -> None:
    for operation in features.operations():
        for one in operation.inputs:
            if one.source is Source.ARGUMENT:
                assert not list(find_unmarked(one.type, ())), (operation.public_name, one.name)


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.path)
def test_every_parameter_of_a_list_is_of_a_declared_type(resource: Resource) -> None:
    for name, field in list_params(resource.shape).model_fields.items():
        assert not list(find_unmarked(field.annotation, tuple(field.metadata))), name


def test_a_type_without_a_mark_is_found() -> None:
    assert list(find_unmarked(list[str] | None, ())) == [str]


@pytest.mark.parametrize("resource", CHANGES, ids=lambda one: one.path)
def test_a_change_states_no_default(resource: Resource) -> None:
    schema = next(one.body for one in resource.operations if one.method == "PATCH")
    assert schema
    assert issubclass(schema, ChangeInput)
    for field in schema.model_fields.values():
        assert field.default is PydanticUndefined
        assert field.default_factory is Unset
    for found in (schema.model_json_schema(), OPENAPI["components"]["schemas"][schema.__name__]):
        assert "required" not in found
        assert [name for name, part in found["properties"].items() if "default" in part] == []
    form = SCHEMA.type_map[schema.__name__]
    assert isinstance(form, GraphQLInputObjectType)
    assert all(field.default_value is Undefined for field in form.fields.values())
    assert not schema().model_dump(exclude_unset=True)


@pytest.mark.parametrize("resource", CHANGES, ids=lambda one: one.path)
def test_what_a_change_left_out_is_not_read(resource: Resource) -> None:
    schema = next(one.body for one in resource.operations if one.method == "PATCH")
    assert schema
    for name in schema.model_fields:
        with pytest.raises(TypeError, match="left out"):
            bool(getattr(schema(), name))
