"""Shapes as OpenAPI response schemas. Nothing is validated with them outside the tests."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from app.db.query.shape import Shape

MODELS: dict[str, type[BaseModel]] = {}


@cache
def one(shape: Shape) -> type[BaseModel]:
    """Every key may be missing, for a caller chooses; a present one has its true type."""
    reached = dict(_reachable_shapes(shape, set()))
    MODELS.update({name: _model(other) for name, other in reached.items() if name not in MODELS})
    for name in reached:
        MODELS[name].model_rebuild(_types_namespace=MODELS)
    return MODELS[shape.name]


def _reachable_shapes(shape: Shape, seen: set[str]) -> Iterator[tuple[str, Shape]]:
    """A shape and all that it links to, however far."""
    if shape.name not in seen:
        seen.add(shape.name)
        yield shape.name, shape
        for link in shape.links.values():
            yield from _reachable_shapes(link.to(), seen)


def _model(shape: Shape) -> type[BaseModel]:
    fields: dict[str, Any] = {n: (f.type, None) for n, f in shape.fields.items()}
    for name, link in shape.links.items():
        target = link.to().name
        fields[name] = (f"list[{target}]" if link.many else f"{target} | None", None)
    config = ConfigDict(extra="forbid", title=shape.name)
    return create_model(shape.name, __config__=config, __doc__=shape.doc, **fields)


@cache
def page(shape: Shape) -> type[BaseModel]:
    """A list: its items, where it goes on, and their number when requested."""
    fields: dict[str, Any] = {
        "items": (list[one(shape)], ...),  # type: ignore[misc]
        "next": (str | None, ...),
        "total": (int | None, Field(None)),
        "total_is_exact": (bool | None, Field(None)),
    }
    return create_model(f"{shape.name}Page", __config__=ConfigDict(extra="forbid"), **fields)


class Problem(BaseModel):
    """An error (RFC 9457) with a stable code and, for input, each fault and its place."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, Any]] | None = None
    request_id: str | None = None


def problem_response(meaning: str) -> dict[str, Any]:
    """A refusal as one of the answers of an operation, for OpenAPI."""
    return {
        "description": meaning,
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }


PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: problem_response("Unknown name; the answer lists the allowed ones."),
    401: problem_response("No valid token."),
    403: problem_response("The role does not allow it."),
    404: problem_response("Not found, or not in your units."),
    409: problem_response("Conflict with the present state."),
    422: problem_response("Invalid input, with each fault and its place."),
    503: problem_response("Unavailable at present; see `Retry-After`."),
}
READ_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: PROBLEMS[status] for status in (400, 401, 403, 404, 422, 503)
}
