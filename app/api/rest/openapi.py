"""The OpenAPI document: what FastAPI finds, completed to a contract that generators can use."""

from typing import Any

from fastapi import FastAPI

from app.api.rest.contract.bodies import name_bodies
from app.api.rest.contract.document import Document
from app.api.rest.contract.examples import add_examples
from app.api.rest.contract.files import describe_files
from app.api.rest.contract.operations import name_operations
from app.api.rest.contract.parameters import complete_parameters
from app.api.rest.contract.responses import complete_responses
from app.api.rest.contract.schemas import complete_schemas
from app.api.rest.contract.security import secure
from app.api.rest.schemas import Problem

INFO = {
    "description": "REST interface of Bình Yên, the backend of Vietnam's grassroots public-safety "
    "programme. GraphQL offers the same operations at `/graphql`.",
    "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
}
PASSES = (
    name_bodies, name_operations, secure, complete_parameters, complete_responses, describe_files,
    complete_schemas, add_examples,
)  # fmt: skip


def describe(app: FastAPI, root_path: str = "") -> None:
    """Let `/openapi.json` answer with the completed document, made once."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            content = plain()
            content["info"] |= INFO
            content["servers"] = [{"url": root_path or "/", "description": "This server."}]
            content["components"]["schemas"]["Problem"] = Problem.model_json_schema(
                ref_template="#/components/schemas/{model}"
            )
            for complete in PASSES:
                complete(Document(content, app.routes))
            app.openapi_schema = content
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
