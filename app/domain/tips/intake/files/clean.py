"""Make a file of an informant clean, in a limited process: the task that the pool runs."""

from dataclasses import dataclass
from typing import Any

from app.domain.tips.intake.files import pictures, texts
from app.domain.tips.intake.files.dimensions import read_header


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file without metadata about its maker."""

    media_type: str
    content: bytes


def clean_file(content: bytes) -> CleanFile:
    """Redraw a picture from its pixels, or pass a plain text; refuse anything else."""
    header = read_header(content)
    if header is None:
        texts.check_text(content)
        return CleanFile(texts.MEDIA_TYPE, content)
    pictures.check_header(header, len(content))
    return CleanFile(pictures.MEDIA_TYPES[header.kind], pictures.redraw(content, header))


def clean(content: bytes, given: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Answer the pool with a clean file."""
    made = clean_file(content)
    return {"media_type": made.media_type}, made.content
