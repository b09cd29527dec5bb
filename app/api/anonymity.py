"""Anonymity of requests from informants: none is logged, and nothing that was sent is repeated."""

from collections.abc import Iterator
from typing import Any

from app.domain.errors import FieldError
from app.domain.input_faults import build_field_error

BELOW = ("/api/v1/public/", "/public/")


def is_anonymous(path: str) -> bool:
    """Return whether a request comes from an informant, judged by its address."""
    return path.startswith(BELOW)


def anonymous_field_errors(faults: Any) -> Iterator[FieldError]:
    """Faults with their place, never a name that was made up."""
    for fault in faults:
        made_up = fault["type"] in ("extra_forbidden", "json_invalid")
        yield build_field_error(fault, fault["loc"][: -1 if made_up else None])
