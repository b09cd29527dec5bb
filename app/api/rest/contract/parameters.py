"""Parameters: required ones, their types, and descriptions."""

from app.api.descriptions import (
    describe_argument,
    describe_comparison,
    describe_filter,
    describe_order,
    sentence,
)
from app.api.rest.contract.document import Document, DocumentedOperation, Json
from app.api.rest.contract.schemas import strip

KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[\x21-\x7e]+$"},
    "description": "A key of your own for this intention, such as a UUID. A repeated request with "
    "the same key within 72 hours gets the first answer again, with `Idempotency-Replayed: true`.",
    "example": "0193c1e0-7a40-7c0e-9d7b-3f1f6f3a2b11",
}
KNOWN: Json = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of an earlier answer: 304 if nothing has changed since.",
    "example": '"3-9f86d081884c7d65"',
}
EXPECTED = "The ETag of the version that you change: 428 without it, 412 with a stale one."


def complete_parameters(document: Document) -> None:
    """Complete the parameters of every operation."""
    for operation in document.operations:
        if operation.shape is not None:
            operation.parameters.append(dict(KNOWN))
        if operation.is_idempotent:
            operation.parameters.append(dict(KEY))
        for parameter in operation.parameters:
            _complete(operation, parameter)
        if not operation.parameters:
            del operation.content["parameters"]


def _complete(operation: DocumentedOperation, parameter: Json) -> None:
    """Complete one parameter; null is none of its values, for it is left out instead."""
    parameter["schema"] = schema = _not_null(strip(parameter["schema"]))
    if parameter["in"] == "header":
        parameter["name"] = "-".join(map(str.capitalize, parameter["name"].split("-")))
    own = schema.pop("description", None) or parameter.get("description", "")
    if parameter["name"] == "If-Match":
        parameter |= {"required": True, "description": EXPECTED}
        parameter["example"] = KNOWN["example"]
    elif parameter["name"] not in (KEY["name"], KNOWN["name"]) or "example" not in parameter:
        parameter["description"] = _describe(operation, parameter["name"], own)
        _describe_values(parameter)


def _not_null(schema: Json) -> Json:
    kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    if len(kinds) != 1:
        return schema
    kind: Json = kinds[0]
    return {key: value for key, value in schema.items() if key != "anyOf"} | kind


def _describe(operation: DocumentedOperation, name: str, own: str) -> str:
    filter, _, comparison = name.partition(".")
    if operation.shape is None or filter not in operation.shape.filters:
        return sentence(describe_argument(operation.content["operationId"], name, own))
    text = sentence(describe_filter(operation.shape, filter))
    if comparison:
        return f"{text} {describe_comparison(comparison)}"
    several = "in" in operation.shape.filters[filter].allows
    return f"{text} Repeat it for any of several." if several else text


def _describe_values(parameter: Json) -> None:
    """The orders of a list have a text of their own."""
    if parameter["name"] == "order":
        lines = [f"- `{name}`: {describe_order(name)}" for name in _values(parameter["schema"])]
        parameter["description"] = "\n".join([parameter["description"], "", *lines])


def _values(schema: Json) -> list[str]:
    found: list[str] = schema.get("enum") or [schema["const"]]
    return found
