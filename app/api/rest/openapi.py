"""The OpenAPI document: what FastAPI finds, with the security scheme and the problem schema."""

from typing import Any

from fastapi import FastAPI

from app.api.guard import PUBLIC
from app.api.rest.schemas import Problem

METHODS = ("get", "post", "put", "patch", "delete")


def describe(app: FastAPI) -> None:
    """Let `/openapi.json` say who may call what, and how refusals look."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = plain()
            parts = document["components"]
            parts["schemas"]["Problem"] = Problem.model_json_schema(
                ref_template="#/components/schemas/{model}"
            )
            parts["securitySchemes"] = {
                "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            }
            _secure(document)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _secure(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in METHODS and f"{method.upper()} {path}" not in PUBLIC:
                operation["security"] = [{"token": []}]
