"""Schemas: required properties, defaults, and descriptions."""

from collections.abc import Iterator
from typing import Any

from app.api.descriptions import describe_field, describe_value, sentence
from app.api.rest.contract.document import Document, Json, json_schema
from app.db.query.shape import Shape

SELECTION = (
    "Required properties are there unless `fields` leaves them out; links are added by `expand`."
)


def complete_schemas(document: Document) -> None:
    """Complete every schema of the document."""
    shapes = {shape.name: shape for shape in _linked_shapes(document)}
    for name, schema in document.schemas.items():
        strip(schema)
        if name in shapes:
            _require_plain_fields(schema, shapes[name])
        if "enum" in schema:
            _describe_values(name, schema)
        _describe_properties(name, schema)
        if not schema.get("description"):
            schema["description"] = _description(name)
    for schema in _changes(document):
        for part in schema["properties"].values():
            part.pop("default", None)  # what is left out of a change stays as it is


def strip(schema: Json) -> Json:
    """Remove the titles that pydantic makes of names, and null defaults."""
    schema.pop("title", None)
    if schema.get("default", ...) is None:
        del schema["default"]
    for part in _parts(schema):
        strip(part)
    return schema


def _parts(schema: Json) -> Iterator[Json]:
    yield from schema.get("properties", {}).values()
    yield from schema.get("anyOf", ())
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield schema[word]


def _require_plain_fields(schema: Json, shape: Shape) -> None:
    """Require the fields that every reader gets by default."""
    plain = ((n, one) for n, one in shape.fields.items() if not one.on_request)
    schema["required"] = [name for name, field in plain if field.needs is None]
    schema["description"] = f"{sentence(schema.get('description'))}\n\n{SELECTION}"


def _describe_values(name: str, schema: Json) -> None:
    texts = [sentence(describe_value(name, value)) for value in schema["enum"]]
    lines = [f"- `{value}`: {text}" for value, text in zip(schema["enum"], texts, strict=True)]
    schema["description"] = "\n".join([sentence(schema.get("description")), "", *lines])
    schema["x-enum-descriptions"] = texts


def _describe_properties(owner: str, schema: Json) -> None:
    for name, part in schema.get("properties", {}).items():
        text = sentence(describe_field(owner, name, part.get("description", "")))
        part["description"] = text
        if "$ref" in part:  # the description of a part stands beside a reference, never in it
            part |= {"$ref": part.pop("$ref")}


def _description(name: str) -> str:
    return (
        f"A page of a list of {name.removesuffix('Page')} records." if name.endswith("Page") else ""
    )


def _changes(document: Document) -> Iterator[Json]:
    for operation in document.operations:
        body: Any = json_schema(operation.content.get("requestBody", {}))
        if operation.method == "patch" and body:
            yield document.resolve(body)


def _linked_shapes(document: Document) -> set[Shape]:
    """Return every shape that is read, and every one that they link to."""
    found: set[Shape] = set()
    left = [operation.shape for operation in document.operations]
    while left:
        shape = left.pop()
        if shape is not None and shape not in found:
            found.add(shape)
            left += [link.to() for link in shape.links.values()]
    return found
