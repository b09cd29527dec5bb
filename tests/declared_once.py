"""The routes of a feature and the schema of GraphQL, made once for all applications of a process.

Making them takes a second, and an application changes nothing in them.
"""

from functools import cache
from types import ModuleType
from typing import Any

from fastapi import APIRouter

from app import main
from app.api.graphql import schema
from app.api.rest.router import build_router


def share() -> None:
    """Let all applications share what is derived from the same declarations."""
    setattr(main, "build_router", _build_router)  # noqa: B010
    setattr(main, "build_schema", _build_schema)  # noqa: B010


def _build_router(feature: Any) -> APIRouter:
    """Make the routes of a feature once; what a test declares for itself is made each time."""
    return _build_once(feature) if isinstance(feature, ModuleType) else build_router(feature)


_build_once = cache(build_router)


def _build_schema() -> Any:
    """Make the schema once; what a test puts in place of its parts makes another."""
    return _build_once_of(schema.Query, schema.Mutation, schema.Schema)


@cache
def _build_once_of(*parts: Any) -> Any:
    return schema.build_schema()
