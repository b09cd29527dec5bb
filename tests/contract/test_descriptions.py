"""Descriptions: no part of either document is without one."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLNamedType,
    build_schema,
    is_input_object_type,
    is_specified_scalar_type,
)

from tests.contract.conftest import GRAPHQL, OPENAPI

DOCUMENT: dict[str, Any] = json.loads(OPENAPI.read_text(encoding="utf-8"))
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
SCHEMA = build_schema(GRAPHQL.read_text(encoding="utf-8"))
OPERATIONS = [operation for methods in DOCUMENT["paths"].values() for operation in methods.values()]


def texts_of_openapi() -> Iterator[tuple[str, str | None]]:
    """The text of every operation, parameter, schema, property, value, header, tag and scope."""
    for operation in OPERATIONS:
        name = operation["operationId"]
        yield name, operation["description"]
        for parameter in operation.get("parameters", ()):
            yield f"{name}.{parameter['name']}", parameter.get("description")
        for status, response in operation["responses"].items():
            yield f"{name}.{status}", response.get("description")
    for name, schema in SCHEMAS.items():
        yield name, schema.get("description")
        for part, value in schema.get("properties", {}).items():
            yield f"{name}.{part}", value.get("description")
        for value, text in zip(
            schema.get("enum", ()), schema.get("x-enum-descriptions", ()), strict=False
        ):
            yield f"{name}.{value}", text
    for name, header in DOCUMENT["components"]["headers"].items():
        yield name, header.get("description")
    for tag in DOCUMENT["tags"]:
        yield tag["name"], tag.get("description")
    for scheme in DOCUMENT["components"]["securitySchemes"].values():
        for flow in scheme["flows"].values():
            yield from flow["scopes"].items()


def texts_of_graphql() -> Iterator[tuple[str, str | None]]:
    """The text of every type, field, argument and value."""
    for kind in SCHEMA.type_map.values():
        if not kind.name.startswith("__") and not is_specified_scalar_type(kind):
            yield kind.name, kind.description
            yield from _texts_in(kind)


def _texts_in(kind: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    parts: dict[str, Any] = getattr(kind, "fields", {})
    if isinstance(kind, GraphQLEnumType):
        parts = dict(kind.values)
    for name, part in parts.items():
        yield f"{kind.name}.{name}", part.description
        if not is_input_object_type(kind):
            for argument, value in getattr(part, "args", {}).items():
                yield f"{kind.name}.{name}.{argument}", value.description


@pytest.mark.parametrize("texts", [texts_of_openapi, texts_of_graphql])
def test_everything_has_a_text(texts: Any) -> None:
    found = list(texts())
    assert len(found) > 2000
    assert [name for name, text in found if not text] == []


@pytest.mark.parametrize("texts", [texts_of_openapi, texts_of_graphql])
def test_texts_are_sentences(texts: Any) -> None:
    wrong = [f"{name}: {text}" for name, text in texts() if text and not _is_sentence(text)]
    assert wrong == []


def _is_sentence(text: str) -> bool:
    return (text[0].isupper() or not text[0].isalpha()) and text.rstrip()[-1] in ".!?"


def test_every_value_of_an_enum_has_a_text() -> None:
    enums = {name: schema for name, schema in SCHEMAS.items() if "enum" in schema}
    counts = {
        name: (len(one["enum"]), len(one["x-enum-descriptions"])) for name, one in enums.items()
    }
    assert len(enums) > 50
    assert {name: both for name, both in counts.items() if both[0] != both[1]} == {}


def test_texts_explain_the_values_of_inline_enums() -> None:
    missing = [
        f"{operation['operationId']}.{parameter['name']}: {value}"
        for operation in OPERATIONS
        for parameter in operation.get("parameters", ())
        for value in parameter["schema"].get("enum", ())
        if f"`{value}`" not in parameter["description"]
    ]
    assert missing == []
