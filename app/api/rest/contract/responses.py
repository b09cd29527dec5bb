"""Answers: their headers, refusals once for all operations, and files."""

from app.api.rest.contract.document import Document, DocumentedOperation, Json, schema_name
from app.api.rest.schemas import MODELS, problem_response

HEADERS: dict[str, Json] = {
    "ETag": {
        "description": 'The version of the record and a digest of this answer: `"3-9f86d081"`. '
        "Send it back as `If-Match` to change the record.",
        "schema": {"type": "string"},
        "example": '"3-9f86d081884c7d65"',
    },
    "Location": {
        "description": "The address of the record that was created.",
        "schema": {"type": "string", "format": "uri-reference"},
        "example": "/api/v1/teams/0193c1e0-7a40-7c0e-9d7b-3f1f6f3a2b11",
    },
    "Retry-After": {
        "description": "After how many seconds to try again.",
        "schema": {"type": "integer", "minimum": 0},
        "example": 30,
    },
    "Idempotency-Replayed": {
        "description": "`true` where this is the first answer again, under the same key.",
        "schema": {"type": "string", "const": "true"},
        "example": "true",
    },
}
LATE = {
    "412": problem_response("Changed meanwhile: the current version, and the fields that differ."),
    "428": problem_response("If-Match is missing."),
}
BUDGET = problem_response("More requests than the budget allows.")
UNCHANGED: Json = {"description": "Nothing has changed since the ETag in `If-None-Match`."}
BUSY = ("429", "503")
FREE = ("/health/live", "/health/ready")  # no budget: monitors ask often
TOO_LARGE = problem_response("The headers of the request are too large.")


def complete_responses(document: Document) -> None:
    """Add what every operation of a kind may answer, with the headers that come with it."""
    document.content["components"]["headers"] = HEADERS
    for operation in document.operations:
        responses: dict[str, Json] = operation.content["responses"]
        _describe(operation)
        responses |= {"431": TOO_LARGE} if operation.path in FREE else {}
        if operation.path not in FREE:
            responses.setdefault("429", BUDGET)
        if any(parameter["name"] == "If-Match" for parameter in operation.parameters):
            responses |= LATE
        if operation.shape is not None:
            responses["304"] = UNCHANGED | {"headers": _references("ETag")}
        if names := _headers_of(operation):
            operation.answer.setdefault("headers", {}).update(_references(*names))
        for status in BUSY:
            if status in responses:
                responses[status] = responses[status] | {"headers": _references("Retry-After")}
        operation.content["responses"] = dict(sorted(responses.items()))


def _describe(operation: DocumentedOperation) -> None:
    """Replace the text that FastAPI gives to every answer."""
    if operation.answer["description"] == "Successful Response":
        if operation.content["operationId"].startswith("list_"):
            text = "A page of the list."
        elif schema_name(operation.answer) in MODELS:
            text = "The record as it is now."
        else:
            text = "The result."
        operation.answer["description"] = text


def _headers_of(operation: DocumentedOperation) -> list[str]:
    """Return the headers of an answer: an ETag of rows, the address of a created one."""
    name = schema_name(operation.answer)
    names = ["ETag"] if name in MODELS or operation.shape is not None else []
    if name in MODELS and "201" in operation.content["responses"]:
        names.append("Location")
    if any(parameter["name"] == "Idempotency-Key" for parameter in operation.parameters):
        names.append("Idempotency-Replayed")
    return names


def _references(*names: str) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
