"""Names, summaries and tags of operations."""

import re

from app.api.descriptions import describe_tag
from app.api.rest.contract.document import Document, DocumentedOperation

SENTENCE = re.compile(r"[.;:](\s|$)")


def name_operations(document: Document) -> None:
    """Call each operation as its function is called; say what it does and what it needs."""
    for operation in document.operations:
        text = " ".join((operation.endpoint.__doc__ or "").split("\n\n")[0].split())
        operation.content["operationId"] = operation_id(operation)
        operation.content["summary"] = SENTENCE.split(text)[0]
        operation.content["description"] = _description(operation)
        operation.content["tags"] = [_tag(operation)]
    used = sorted({operation.content["tags"][0] for operation in document.operations})
    document.content["tags"] = [{"name": tag, "description": describe_tag(tag)} for tag in used]


def operation_id(operation: DocumentedOperation) -> str:
    """The name of the function; reads are called after what they read."""
    if operation.shape is None:
        return operation.name
    one = snake_case(operation.shape.name)
    return (
        f"list_{plural(one)}" if operation.endpoint.__name__.startswith("list") else f"read_{one}"
    )


def snake_case(name: str) -> str:
    """`TeamMember` -> `team_member`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def plural(name: str) -> str:
    """`team` -> `teams`, `audit_entry` -> `audit_entries`."""
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def _description(operation: DocumentedOperation) -> str:
    doc: str = (operation.endpoint.__doc__ or "").strip()
    paragraphs = [" ".join(part.split()) for part in doc.split("\n\n")]
    needs = operation.permission
    access = (
        f"Requires the permission `{needs}`." if needs else "Open to everyone, without a token."
    )
    return "\n\n".join([*paragraphs, access])


def _tag(operation: DocumentedOperation) -> str:
    tag: str = operation.content["tags"][0]
    return tag
