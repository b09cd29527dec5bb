"""Bodies: schemas have names among the components, and answers have schemas."""

from app.api.rest.contract.document import Document, Json


def name_bodies(document: Document) -> None:
    """Move schemas that stand in a body among the components, under their titles."""
    for operation in document.operations:
        for content in operation.content.get("requestBody", {}).get("content", {}).values():
            schema: Json = content.get("schema", {})
            if "properties" in schema:
                name: str = schema["title"]
                document.schemas.setdefault(name, schema)
                content["schema"] = {"$ref": f"#/components/schemas/{name}"}
        _drop_unknown(operation.answer)


def _drop_unknown(answer: Json) -> None:
    """Remove the untyped JSON that FastAPI adds to endpoints that build a response."""
    content: Json = answer.get("content", {})
    if content.get("application/json", {}).get("schema", ...) in ({}, {"type": "object"}):
        del content["application/json"]
    if not content:
        answer.pop("content", None)
