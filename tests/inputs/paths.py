"""Every address of the application and the methods it takes."""

from collections.abc import Iterator

from fastapi import FastAPI

from app.api.rest.contract.document import api_routes


def list_paths(app: FastAPI) -> Iterator[tuple[str, str]]:
    """List every method with its address."""
    for route in api_routes(app.routes):
        for method in route.methods or ():
            yield method, route.path
