"""Bodies that are files: bytes, whatever their media type."""

from app.api.rest.contract.document import Document, Json

TEXTS = ("application/json", "application/problem+json", "application/x-www-form-urlencoded")


def describe_files(document: Document) -> None:
    """Say of every body that is neither JSON nor a form that it is bytes."""
    for operation in document.operations:
        body: Json = operation.content.get("requestBody", {})
        for part in (body, *operation.content["responses"].values()):
            if "content" in part:
                part["content"] = dict(map(_describe, part["content"].items()))


def _describe(content: tuple[str, Json]) -> tuple[str, Json]:
    """A body under its media type, without a charset: bytes have none."""
    kind, body = content[0].partition(";")[0], content[1]
    if kind in TEXTS:
        return kind, body
    schema = {"type": "string", "format": "binary", "contentMediaType": kind}
    return kind, body | {"schema": schema}
