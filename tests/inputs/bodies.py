"""Bodies of requests with one part replaced."""

import json
from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from typing import Any, get_args

from pydantic import BaseModel

Place = tuple[str | int, ...]
MAX_DEPTH = 4


def list_places(schema: type[BaseModel], place: Place = ()) -> Iterator[Place]:
    """List every field that a schema has, those of its parts too."""
    for name, field in schema.model_fields.items():
        here = (*place, name)
        yield here
        for part, many in _find_parts(field.annotation):
            if len(here) < MAX_DEPTH:
                yield from list_places(part, (*here, 0) if many else here)
        if _is_list(field.annotation):
            yield (*here, 0)


def put(body: dict[str, Any], place: Place, value: Any) -> Any:
    """Return the body with a value at a place; what leads there is made where it is missing."""
    made = deepcopy(body)
    at: Any = made
    for step, following in pairwise(place):
        at = _enter(at, step, [] if isinstance(following, int) else {})
    if isinstance(at, list):
        at[:1] = [value]
    else:
        at[place[-1]] = value
    return made


def encode(body: Any) -> bytes:
    """Write JSON as a careless client does: lone surrogates escaped, NaN and Infinity bare."""
    return json.dumps(body).encode()


def _enter(at: Any, step: str | int, empty: Any) -> Any:
    if isinstance(at, list):
        if not at or not isinstance(at[0], type(empty)):
            at[:1] = [empty]
        return at[0]
    if not isinstance(at.get(step), type(empty)):
        at[step] = empty
    return at[step]


def _find_parts(kind: Any, many: bool = False) -> Iterator[tuple[type[BaseModel], bool]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind, many
    for part in get_args(kind):
        yield from _find_parts(part, many or getattr(kind, "__origin__", None) is list)


def _is_list(kind: Any) -> bool:
    return getattr(kind, "__origin__", None) is list or any(map(_is_list, get_args(kind)))
