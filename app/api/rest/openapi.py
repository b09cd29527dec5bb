"""The OpenAPI document: what FastAPI finds, with the security scheme and the problem schema."""

from typing import Any

from fastapi import FastAPI

from app.api.guard import PUBLIC
from app.api.published_order import sort_as_published
from app.api.rest.contract_exceptions import PATHS_MOVED
from app.api.rest.schemas import Problem, problem_response

METHODS = ("get", "post", "put", "patch", "delete")
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "one per intention; sent again within 72 hours, the first answer comes again",
}
TOO_MANY = problem_response("More than the budget allows; see Retry-After.")
LATE = {
    "412": problem_response("Changed meanwhile: the version now, and the fields that differ."),
    "428": problem_response("If-Match is missing."),
}


def describe(app: FastAPI) -> None:
    """Let `/openapi.json` say who may call what, and how refusals look."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = plain()
            document["paths"] = sort_as_published(document["paths"], PATHS_MOVED)
            parts = document["components"]
            parts["schemas"]["Problem"] = Problem.model_json_schema(
                ref_template="#/components/schemas/{model}"
            )
            parts["securitySchemes"] = {
                "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            }
            _add_security(document)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _add_security(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in METHODS and f"{method.upper()} {path}" not in PUBLIC:
                operation["security"] = [{"token": []}]
                operation["responses"]["429"] = TOO_MANY
                _describe_changes(method, operation)


def _describe_changes(method: str, operation: dict[str, Any]) -> None:
    given = operation.setdefault("parameters", [])
    if any(parameter["name"].lower() == "if-match" for parameter in given):
        operation["responses"] |= LATE
    if method != "get":
        given.append(KEY)
