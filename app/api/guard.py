"""The permission guard: the application refuses to start while any endpoint has no permission."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema

from app.api.graphql.fields import OPERATION, READS
from app.api.graphql.types import SHAPES
from app.db.query.shape import Shape
from app.domain.operations import Operation

# What is open to everybody, and why.
PUBLIC = {
    "GET /health/live": "tells nothing but that the process runs",
    "GET /health/ready": "tells nothing but whether the database answers",
    "GET /metrics": "asks for a token of its own; counts requests, of informants coarsely",
    "GET /api/v1/errors": "the catalogue of refusals is part of the contract",
    "GET /.well-known/jwks.json": "public keys",
    "GET /oauth/authorize": "asks people who they are",
    "POST /oauth/authorize": "takes what is typed in the browser that made the request",
    "GET /oauth/external/start": "sends the browser that made the request to the external provider",
    "GET /oauth/external": "takes back the very browser that was sent",
    "GET /oauth/welcome": "asks for an invitation instead of a token",
    "POST /oauth/welcome": "asks for an invitation instead of a token",
    "GET /.well-known/oauth-authorization-server": "tells clients where and how to ask",
    "POST /oauth/token": "asks for a secret instead of a token",
    "POST /oauth/revoke": "asks for a secret instead of a token",
    "POST /oauth/introspect": "asks for a secret instead of a token",
    "GET /api/v1/public/tips/counter": "what everybody may know of tips: counts, no small ones",
    "GET /api/v1/public/tips/keys": "public keys",
    "POST /api/v1/public/tips/proofs": "anyone who holds a proof of receipt may have it checked",
    "GET /api/v1/public/recognitions": "what is recognised is public",
    "GET /graphql": "the page only; every query needs a token",
    "GET /graphql/schema.json": "the schema is part of the contract",
    "POST /graphql": "each root field has its own permission",
    "GET /api/v1/public/units": "the map, for informants",
    "GET /api/v1/public/tips/terms": "tells informants what is taken",
    "GET /api/v1/public/tips/work": "a task that slows down floods",
    "POST /api/v1/public/tips": "tips are taken from anybody",
    "POST /api/v1/public/tips/status": "asks for a receipt instead of a token",
    "POST /api/v1/public/tips/messages": "asks for a receipt instead of a token",
    "POST /api/v1/public/tips/attachments": "asks for a receipt instead of a token",
    "POST /public/tips": "the same as below /api/v1",
    "POST /public/tips/status": "the same as below /api/v1",
    "GET /": "the page only",
    "GET /public/tips": "the page only",
    "GET /docs": "the page only",
    "GET /redoc": "the page only",
    "GET /robots.txt": "tells search engines what they may read",
    "GET /.well-known/security.txt": "tells whom to write to about a weakness",
    "GET /favicon.ico": "an icon",
}


class MissingPermission(RuntimeError):
    """An endpoint without a permission: the application does not start."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation at one endpoint: its name, its function and the permission it needs."""

    api: str
    name: str
    does: str
    needs: str | None


def check(app: FastAPI, schema: GraphQLSchema) -> None:
    """Refuse to start with an endpoint, a field or a row type that names no permission."""
    without_permission = [one.name for one in endpoints(app, schema) if one.needs is None]
    bare = [*without_permission, *_unguarded_types(schema)]
    if bare:
        raise MissingPermission(f"No permission is named for: {', '.join(sorted(bare))}")


def endpoints(app: FastAPI, schema: GraphQLSchema) -> Iterator[Endpoint]:
    """List every operation of REST and GraphQL."""
    for route in _routes(app.routes):
        for method in sorted(route.methods or ()):
            name = f"{method} {route.path}"
            if name not in PUBLIC:
                yield Endpoint("REST", name, *_route_operation(route.endpoint))
    for word, root in (("query", schema.query_type), ("mutation", schema.mutation_type)):
        for name, definition in (root.fields if root else {}).items():
            yield Endpoint("GraphQL", f"{word} {name}", *_field_operation(definition))


def _routes(routes: Any) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        else:
            inner = getattr(route, "original_router", None)
            yield from _routes(getattr(inner, "routes", ()))


def _route_operation(endpoint: Any) -> tuple[str, str | None]:
    if isinstance(shape := getattr(endpoint, "shape", None), Shape):
        return f"read {shape.name}", shape.needs
    return _operation(getattr(endpoint, "operation", None))


def _field_operation(definition: GraphQLField) -> tuple[str, str | None]:
    metadata = definition.extensions["strawberry-definition"].metadata
    if READS in metadata:
        shapes: tuple[Shape, ...] = metadata[READS][1]
        needs = [shape.needs for shape in shapes]
        names = ", ".join(shape.name for shape in shapes)
        return f"read {names}", None if None in needs else ", ".join(sorted(map(str, needs)))
    return _operation(metadata.get(OPERATION))


def _operation(operation: Operation | None) -> tuple[str, str | None]:
    """Return the function of a declared operation and the permission that it needs."""
    if operation is None:
        return "(nothing)", None
    function = operation.function
    module = function.__module__.removeprefix("app.domain.")
    return f"{module}.{function.__name__}", operation.permission


def _unguarded_types(schema: GraphQLSchema) -> Iterator[str]:
    """Types whose fields are reached without any permission: neither a shape's nor a root's own."""
    guarded = set(_types_of_operations(schema))
    for kind in schema.type_map.values():
        if not isinstance(kind, GraphQLObjectType) or kind.name.startswith("__"):
            continue
        if kind in (schema.query_type, schema.mutation_type) or kind.name in guarded:
            continue
        name = kind.name.removesuffix("Connection").removesuffix("Edge")
        shape = SHAPES.get(name)
        if kind.name != "PageInfo" and (shape is None or shape.needs is None):
            yield f"type {kind.name}"


def _types_of_operations(schema: GraphQLSchema) -> Iterator[str]:
    """Names of types that only the root fields of service functions hand out."""
    for root in (schema.query_type, schema.mutation_type):
        for definition in (root.fields if root else {}).values():
            if OPERATION in definition.extensions["strawberry-definition"].metadata:
                yield from _reachable_types(definition.type, set())


def _reachable_types(kind: Any, seen: set[str]) -> Iterator[str]:
    while hasattr(kind, "of_type"):
        kind = kind.of_type
    if isinstance(kind, GraphQLObjectType) and kind.name not in seen and kind.name not in SHAPES:
        seen.add(kind.name)
        yield kind.name
        for definition in kind.fields.values():
            yield from _reachable_types(definition.type, seen)
