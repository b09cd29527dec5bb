"""The methods that an address takes, for `Allow` (RFC 9110)."""

from collections.abc import Iterator
from typing import Any

from fastapi import Request


def allowed_methods(request: Request) -> list[str]:
    """Return every method that some route takes at the address of a request."""
    found = set(_methods(request.app.routes, request.scope["path"]))
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


def _methods(routes: Any, path: str) -> Iterator[str]:
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _methods(inner.routes, path)
        elif hasattr(route, "path_regex") and route.path_regex.match(path):
            yield from getattr(route, "methods", None) or {"GET"}
