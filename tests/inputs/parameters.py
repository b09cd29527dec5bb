"""The parameters of an operation, as the contract names them."""

from typing import Any

from fastapi import FastAPI


def list_parameters(app: FastAPI, name: str) -> list[str]:
    """List the query parameters of an operation, such as `GET /api/v1/teams`."""
    method, path = name.split()
    operation: dict[str, Any] = app.openapi()["paths"][path][method.lower()]
    return [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
