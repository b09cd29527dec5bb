"""Pictures of informants, redrawn so that no metadata of a camera stays."""

import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from app.domain.records.files.child.refusal import Refused
from app.domain.tips.intake.files.dimensions import UNREADABLE, PictureHeader

MAX_PIXELS = 52_000_000
LARGE = 16_000_000  # pixels from which encoders work fast rather than well
SMALL_BOMB, MAX_PIXELS_OF_BYTE = 4_000_000, 2_000  # no camera and no scanner packs that much
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
SAVED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
}
SAVED_FAST: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90},
    "PNG": {"compress_level": 3},
    "WEBP": {"quality": 90, "method": 0},
}
MODES = {"JPEG": ("L", "RGB"), "PNG": ("L", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}
DEEP = ("I", "I;16", "I;16L", "I;16B", "I;16N")
CONVERTED = {*DEEP, "1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr"}
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def check_header(header: PictureHeader, size: int) -> None:
    """Refuse a picture by what it declares."""
    pixels = header.width * header.height
    if not pixels:
        raise Refused(UNREADABLE)
    if pixels > MAX_PIXELS:
        raise Refused("too_many_pixels")
    if pixels > SMALL_BOMB and pixels > MAX_PIXELS_OF_BYTE * size:
        raise Refused("picture_bomb")
    if header.moves:
        raise Refused("picture_moves")


def redraw(content: bytes, header: PictureHeader) -> bytes:
    """Draw a picture from its pixels, upright, into a file without metadata."""
    try:
        with Image.open(BytesIO(content), formats=(header.kind,)) as given:
            if given.size != (header.width, header.height) or given.mode not in CONVERTED:
                raise Refused("picture_kind_unknown")
            if header.kind != "JPEG" and getattr(given, "n_frames", 1) > 1:
                raise Refused("picture_moves")
            bare = _copy_pixels(given, header.kind)
        return _save(bare, header.kind)
    except (Refused, MemoryError):
        raise
    except Exception:  # decoders raise what they like on what is broken
        raise Refused(UNREADABLE) from None


def _copy_pixels(given: Image.Image, kind: str) -> Image.Image:
    ImageOps.exif_transpose(given, in_place=True)
    modes = MODES[kind]
    if given.mode in DEEP:
        shown = given.convert("I").point(lambda depth: depth * (1 / 256)).convert("L")
    elif "transparency" in given.info and "RGBA" in modes:
        shown = given.convert("RGBA")
    else:
        shown = given
    mode = shown.mode if shown.mode in modes else modes[-1]
    bare = Image.new(mode, shown.size)
    bare.paste(shown if shown.mode == mode else shown.convert(mode))
    return bare


def _save(picture: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    large = picture.width * picture.height > LARGE
    picture.save(file, kind, **(SAVED_FAST if large else SAVED)[kind])
    return file.getvalue()
