"""The OpenAPI document as all its completing passes walk it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fastapi.routing import APIRoute

from app.db.query.shape import Shape
from app.domain.operations import Operation

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentedOperation:
    """One operation: its place, its part of the document, and the function behind it."""

    path: str
    method: str
    content: Json
    name: str
    endpoint: Any

    @property
    def shape(self) -> Shape | None:
        """The shape that is read; None where something else is done."""
        found = getattr(self.endpoint, "shape", None)
        return found if isinstance(found, Shape) else None

    @property
    def permission(self) -> str | None:
        """The permission without which nobody gets in; None where everybody may."""
        if self.shape is not None:
            return self.shape.needs
        found = getattr(self.endpoint, "operation", None)
        return found.permission if isinstance(found, Operation) else None

    @property
    def is_idempotent(self) -> bool:
        """True for an operation that acts once under an Idempotency-Key."""
        found = getattr(self.endpoint, "operation", None)
        return isinstance(found, Operation) and found.idempotent

    @property
    def parameters(self) -> list[Json]:
        found: list[Json] = self.content.setdefault("parameters", [])
        return found

    @property
    def answer(self) -> Json:
        """The answer of an operation that succeeds."""
        responses: Mapping[str, Json] = self.content["responses"]
        return next(answer for status, answer in responses.items() if status.startswith("2"))


@dataclass(frozen=True)
class Document:
    """The whole document with the routes that it describes."""

    content: Json
    routes: Any

    @cached_property
    def operations(self) -> list[DocumentedOperation]:
        """Every operation, in the order of the document."""
        found = {
            (route.path, method.lower()): route
            for route in api_routes(self.routes)
            for method in route.methods or ()
        }
        return [
            DocumentedOperation(path, method, content, route.name, route.endpoint)
            for path, methods in self.content["paths"].items()
            for method, content in methods.items()
            if (route := found.get((path, method)))
        ]

    @property
    def schemas(self) -> dict[str, Json]:
        found: dict[str, Json] = self.content["components"]["schemas"]
        return found

    def resolve(self, schema: Json) -> Json:
        """The schema itself where there is only a reference to it."""
        reference: str | None = schema.get("$ref")
        return self.schemas[reference.rpartition("/")[2]] if reference else schema


def api_routes(routes: Any) -> Iterator[APIRoute]:
    """Every route of an application, those of included routers too."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        else:
            inner = getattr(route, "original_router", None)
            yield from api_routes(getattr(inner, "routes", ()))


def schema_name(content: Json) -> str:
    """The name of the schema of a JSON body; empty where there is none."""
    return str((json_schema(content) or {}).get("$ref", "")).rpartition("/")[2]


def json_schema(content: Json) -> Json | None:
    """The schema of a JSON body; None where there is no such body."""
    found: Json | None = content.get("content", {}).get("application/json", {}).get("schema")
    return found
