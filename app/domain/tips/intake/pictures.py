"""Files of informants as they are kept: drawn anew, so that nothing stays that a camera wrote."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from app.domain.tips.intake.errors import FileKindNotTaken, FileUnreadable
from app.domain.tips.intake.kinds import MOST_PIXELS

KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
TEXT = "text/plain"
SAVED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
}
MODES = {"JPEG": ("L", "RGB"), "PNG": ("L", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}
SIGNS = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"RIFF", "WEBP"))
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file without anything that tells of its maker."""

    media_type: str
    content: bytes


def cleaned(content: bytes) -> Cleaned:
    """A picture drawn anew from its points, or a text as it is; anything else is not taken."""
    kind = next((kind for sign, kind in SIGNS if content.startswith(sign)), None)
    if kind is not None:
        return Cleaned(KINDS[kind], _drawn_anew(content, kind))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise FileKindNotTaken() from None
    if "\0" in text:
        raise FileKindNotTaken()
    return Cleaned(TEXT, content)


def _drawn_anew(content: bytes, kind: str) -> bytes:
    try:
        return _saved(_points(content, kind), kind)
    except Exception:  # decoders raise what they like on what is broken
        raise FileUnreadable() from None


def _points(content: bytes, kind: str) -> Image.Image:
    """The points of a picture as it is looked at, in a picture that knows nothing else."""
    with Image.open(BytesIO(content), formats=(kind,)) as given:
        upright = ImageOps.exif_transpose(given)
        modes = MODES[kind]
        mode = upright.mode if upright.mode in modes else modes[-1]
        bare = Image.new(mode, upright.size)
        bare.paste(upright.convert(mode))
    return bare


def _saved(points: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    points.save(file, kind, **SAVED[kind])
    return file.getvalue()
