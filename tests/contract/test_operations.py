"""The contract as generators need it: names, tags, scopes, headers, bytes, examples."""

import json
import re
from collections import Counter
from typing import Any

import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from app.api.guard import PUBLIC
from app.api.rest.contract.document import api_routes
from app.main import create_app
from app.settings import Settings
from tests.contract.conftest import OPENAPI

DOCUMENT: dict[str, Any] = json.loads(OPENAPI.read_text(encoding="utf-8"))
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS: list[tuple[str, str, dict[str, Any]]] = [
    (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
ROUTES: dict[str, APIRoute] = {
    route.name: route for route in api_routes(create_app(Settings()).routes)
}
TEXTS = ("application/json", "application/problem+json", "application/x-www-form-urlencoded")


def name_of(operation: dict[str, Any]) -> str:
    name: str = operation["operationId"]
    return name


def answer_of(operation: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(
        answer for status, answer in operation["responses"].items() if status.startswith("2")
    )
    return found


def parameters_of(operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {parameter["name"]: parameter for parameter in operation.get("parameters", ())}


def schema_of(content: dict[str, Any]) -> str:
    """The name of the schema of a JSON body."""
    schema = content.get("content", {}).get("application/json", {}).get("schema", {})
    name: str = schema.get("$ref", "").rpartition("/")[2]
    return name


def test_operations_are_called_as_their_functions_are() -> None:
    counted = Counter(name_of(operation) for _, _, operation in OPERATIONS)
    assert [name for name, times in counted.items() if times > 1] == []
    assert [name for name in counted if not re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", name)] == []
    derived = {route.endpoint.operation.public_name for route in ROUTES.values()
               if hasattr(route.endpoint, "operation")}  # fmt: skip
    assert len(derived) > 80
    assert derived - set(counted) == set()


def test_schemas_have_plain_names() -> None:
    assert [name for name in SCHEMAS if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)] == []


def test_summaries_are_short_and_plain() -> None:
    wrong = [
        operation["summary"]
        for _, _, operation in OPERATIONS
        if not operation["summary"][0].isupper() or len(operation["summary"]) > 80
    ]
    assert wrong == []


def test_each_operation_has_one_tag_that_is_described() -> None:
    known = {tag["name"] for tag in DOCUMENT["tags"]}
    used = [operation["tags"] for _, _, operation in OPERATIONS]
    assert [tags for tags in used if len(tags) != 1] == []
    assert {tags[0] for tags in used} == known


def test_scopes_are_the_permissions_of_the_operations() -> None:
    for method, path, operation in OPERATIONS:
        if f"{method.upper()} {path}" in PUBLIC:
            assert operation["security"] == [], path
            continue
        endpoint: Any = ROUTES_BY_PLACE[method, path].endpoint
        shape = getattr(endpoint, "shape", None)
        needs = shape.needs if shape else endpoint.operation.permission
        assert operation["security"] == [{"oauth2": [str(needs)]}], path
        assert needs in DOCUMENT["components"]["securitySchemes"]["oauth2"]["flows"][
            "clientCredentials"]["scopes"]  # fmt: skip


ROUTES_BY_PLACE = {
    (method.lower(), route.path): route
    for route in ROUTES.values()
    for method in route.methods or ()
}


def test_changes_require_if_match_and_say_how_they_refuse() -> None:
    found = [operation for _, _, operation in OPERATIONS if "If-Match" in parameters_of(operation)]
    assert len(found) > 30
    for operation in found:
        assert parameters_of(operation)["If-Match"]["required"] is True, name_of(operation)
        assert {"412", "428"} <= operation["responses"].keys(), name_of(operation)
    patched = {name_of(operation) for method, _, operation in OPERATIONS if method == "patch"}
    assert patched <= {name_of(operation) for operation in found}


def test_answers_name_their_headers() -> None:
    for _, _, operation in OPERATIONS:
        headers = set(answer_of(operation).get("headers", {}))
        if "If-Match" in parameters_of(operation) and schema_of(answer_of(operation)) in SCHEMAS:
            assert "ETag" in headers or not _has_version(operation), name_of(operation)
        if "Idempotency-Key" in parameters_of(operation) and operation["security"]:
            assert "Idempotency-Replayed" in headers, name_of(operation)
        for status in {"429", "503"} & operation["responses"].keys():
            assert "Retry-After" in operation["responses"][status]["headers"], name_of(operation)
    created = [one for _, _, one in OPERATIONS if "201" in one["responses"] and _has_version(one)]
    assert len(created) > 15
    assert all({"ETag", "Location"} <= answer_of(one)["headers"].keys() for one in created)


def _has_version(operation: dict[str, Any]) -> bool:
    return "version" in SCHEMAS.get(schema_of(answer_of(operation)), {}).get("properties", {})


def test_rows_require_what_every_reader_gets() -> None:
    pages = [name for name in SCHEMAS if name.endswith("Page")]
    assert len(pages) > 25
    for name in pages:
        if name == "ChangePage":  # the feed: its items are no rows of a list
            continue
        assert {"items", "next"} <= set(SCHEMAS[name]["required"])
        row = SCHEMAS[name.removesuffix("Page")]
        assert {"id", "version"} & set(row["required"]) or name == "AuditEntryPage", name


def test_changes_have_no_defaults_for_what_is_left_out() -> None:
    bodies = [
        SCHEMAS[schema_of(operation["requestBody"])]
        for method, _, operation in OPERATIONS
        if method == "patch"
    ]
    assert len(bodies) > 8
    assert [
        part for body in bodies for part in body["properties"].values() if "default" in part
    ] == []


def test_files_are_bytes() -> None:
    found = 0
    for _, _, operation in OPERATIONS:
        for part in (operation.get("requestBody", {}), *operation["responses"].values()):
            for kind, content in part.get("content", {}).items():
                if kind not in TEXTS:
                    found += 1
                    assert content["schema"]["format"] == "binary"
                    assert content["schema"]["contentMediaType"] == kind
    assert found > 10


@pytest.mark.parametrize("operation", [one for _, _, one in OPERATIONS], ids=name_of)
def test_each_operation_has_an_example(operation: dict[str, Any]) -> None:
    parts = (operation.get("requestBody", {}), answer_of(operation))
    bodies = [body for part in parts for body in part.get("content", {}).values()]
    examples = [body["example"] for body in bodies if "example" in body]
    examples += [p["example"] for p in parameters_of(operation).values() if p["in"] == "path"]
    assert examples
    if "application/json" in operation.get("requestBody", {}).get("content", {}):
        body = operation["requestBody"]["content"]["application/json"]
        if (model := _model_of(operation)) is not None:
            TypeAdapter(model).validate_python(_from_json(body["example"]))


def _model_of(operation: dict[str, Any]) -> Any:
    field = ROUTES[name_of(operation)].body_field if name_of(operation) in ROUTES else None
    return None if field is None else field.field_info.annotation


def _from_json(value: Any) -> Any:
    return json.loads(json.dumps(value))
