"""Examples: one for each operation, in its body, its answer and its address."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.api.descriptions import find_example
from app.api.rest.contract.document import Document, Json, json_schema

FORM = "application/x-www-form-urlencoded"
BY_FORMAT = {
    "uuid": "0193c1e0-7a40-7c0e-9d7b-3f1f6f3a2b11",
    "date": "2026-11-22",
    "date-time": "2026-11-22T08:30:00+07:00",
    "uri": "https://binhyen.example",
}
PARSERS: dict[str, Callable[[str], object]] = {
    "uuid": UUID,
    "date": date.fromisoformat,
    "date-time": datetime.fromisoformat,
}
DEEPEST = 4
KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list,
    "object": dict,
}  # fmt: skip


def add_examples(document: Document) -> None:
    """Give every operation an example; whatever is in it fits its schema."""
    maker = Examples(document)
    for operation in document.operations:
        for parameter in operation.content.get("parameters", ()):
            if parameter["required"] and "example" not in parameter:
                parameter["example"] = maker.value("", parameter["name"], parameter["schema"])
        body = operation.content.get("requestBody", {}).get("content", {})
        for kind in ("application/json", FORM):
            if kind in body:
                body[kind]["example"] = maker.whole(body[kind]["schema"], sent=True)
        if json_schema(operation.answer):
            content = operation.answer["content"]["application/json"]
            content["example"] = maker.whole(content["schema"])


class Examples:
    """Makes examples from schemas, and from the values that are written down for them."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def whole(self, schema: Json, *, sent: bool = False, depth: int = 0) -> Any:
        """An example of a schema: in what is sent, only what has to be or is written down."""
        name = schema.get("$ref", "").rpartition("/")[2]
        known = self.document.resolve(schema)
        if "properties" not in known:
            return self.value(name, "", known, sent=sent, depth=depth)
        parts: Json = known["properties"]
        chosen = [part for part in parts if self._has(name, part, known, sent=sent)]
        return {
            part: self.value(name, part, parts[part], sent=sent, depth=depth)
            for part in chosen or list(parts)[:1]
        }

    def value(
        self, owner: str, name: str, schema: Json, *, sent: bool = False, depth: int = 0
    ) -> Any:
        """An example of a property: the one that is written down where it fits, else one made."""
        kind = self._kind(schema)
        written = find_example(owner, name)
        if written is not None and self._fits(written, kind):
            return written
        if not sent and {"type": "null"} in _choices(schema):
            return None
        if "enum" in kind:
            return kind["enum"][0]
        if "const" in kind:
            return kind["const"]
        if kind.get("type") == "array":
            items = kind.get("items", {})
            if depth >= DEEPEST or items.get("$ref", "").endswith(f"/{owner}"):
                return []
            return [self.value("", name, items, sent=sent, depth=depth + 1)]
        if "properties" in kind:
            reference = next((part for part in _choices(schema) if "$ref" in part), kind)
            return self.whole(reference, sent=sent, depth=depth + 1)
        return _plain(kind)

    def _has(self, owner: str, part: str, schema: Json, *, sent: bool) -> bool:
        required = part in schema.get("required", ())
        if sent:
            return required or find_example(owner, part, exact=True) is not None
        return required or "required" not in schema

    def _kind(self, schema: Json) -> Json:
        """Return the schema of a value that is not null."""
        return next(
            (
                self.document.resolve(part)
                for part in _choices(schema)
                if part.get("type") != "null"
            ),
            {"type": "null"},
        )

    def _fits(self, value: Any, kind: Json) -> bool:
        if "enum" in kind:
            return value in kind["enum"]
        if not isinstance(value, KINDS.get(kind.get("type", ""), ())):
            return False
        if isinstance(value, list):
            items = self._kind(kind.get("items", {}))
            return all(self._fits(one, items) for one in value)
        return not isinstance(value, str) or _is_well_formed(value, kind)


def _choices(schema: Json) -> list[Json]:
    found: list[Json] = schema.get("anyOf") or [schema]
    return found


def _is_well_formed(value: str, kind: Json) -> bool:
    if not re.search(kind.get("pattern", ""), value):
        return False
    try:
        PARSERS.get(kind.get("format", ""), str)(value)
    except ValueError:
        return False
    longest: int = kind.get("maxLength", len(value))
    return len(value) <= longest


def _plain(kind: Json) -> Any:
    match kind.get("type"):
        case "integer":
            return max(1, int(kind.get("minimum", 1)))
        case "number":
            return float(max(1, kind.get("minimum", 1)))
        case "boolean":
            return False
        case "null":
            return None
        case "object":
            return {}
        case _:
            return BY_FORMAT.get(kind.get("format", ""), "abc")
