"""Inspect a file in a limited process: the task that the pool runs."""

from typing import Any

from app.domain.attachments.faults import FileRefused, KindNotTaken
from app.domain.attachments.media_types import media_type_of
from app.domain.records.files.child.refusal import Refused

KIND = "kind"


def inspect(content: bytes, given: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Answer the pool with the media type of an acceptable file."""
    try:
        return {"media_type": media_type_of(content, given["name"])}, b""
    except FileRefused as refusal:
        raise Refused(refusal.facts["fault"]) from None
    except KindNotTaken:
        raise Refused(KIND) from None
