"""Pictures of informants, redrawn so that no metadata of a camera stays."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from app.domain.tips.intake.errors import FileUnreadable, MediaTypeNotAllowed
from app.domain.tips.intake.limits import MAX_PIXELS

KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
TEXT = "text/plain"
SAVED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
}
MODES = {"JPEG": ("L", "RGB"), "PNG": ("L", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}
SIGNS = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"RIFF", "WEBP"))
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file without metadata about its maker."""

    media_type: str
    content: bytes


def clean_file(content: bytes) -> CleanFile:
    """Redraw a picture from its pixels, or pass a text; refuse anything else."""
    kind = next((kind for sign, kind in SIGNS if content.startswith(sign)), None)
    if kind is not None:
        return CleanFile(KINDS[kind], _redraw(content, kind))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise MediaTypeNotAllowed() from None
    if "\0" in text:
        raise MediaTypeNotAllowed()
    return CleanFile(TEXT, content)


def _redraw(content: bytes, kind: str) -> bytes:
    try:
        return _save(_copy_pixels(content, kind), kind)
    except Exception:  # decoders raise what they like on what is broken
        raise FileUnreadable() from None


def _copy_pixels(content: bytes, kind: str) -> Image.Image:
    """Copy the pixels of a picture, upright, into one without metadata."""
    with Image.open(BytesIO(content), formats=(kind,)) as given:
        upright = ImageOps.exif_transpose(given)
        modes = MODES[kind]
        mode = upright.mode if upright.mode in modes else modes[-1]
        bare = Image.new(mode, upright.size)
        bare.paste(upright.convert(mode))
    return bare


def _save(picture: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **SAVED[kind])
    return file.getvalue()
