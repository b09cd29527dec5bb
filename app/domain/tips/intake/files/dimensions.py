"""Pictures as they declare themselves, before a pixel is decoded."""

from dataclasses import dataclass

from app.domain.records.files.child.refusal import Refused

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
WEBP_ANIMATION = 0x02
UNREADABLE = "picture_unreadable"


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """Kind and size of a picture, and whether it moves."""

    kind: str
    width: int
    height: int
    moves: bool = False


def read_header(content: bytes) -> PictureHeader | None:
    """Return what a picture declares; None for what is no picture of a kind that is taken."""
    if content.startswith(JPEG):
        return _read_jpeg(content)
    if content.startswith(PNG):
        return _read_png(content)
    if content[:4] == b"RIFF":
        return _read_webp(content)
    return None


def _read_png(content: bytes) -> PictureHeader:
    if content[12:16] != b"IHDR" or len(content) < 33:
        raise Refused(UNREADABLE)
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    at, name = 8, b""
    while at + 12 <= len(content) and name != b"IDAT":  # an animation says so before its pixels
        length, name = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if name == b"acTL":
            return PictureHeader("PNG", width, height, moves=True)
        at += 12 + length
    return PictureHeader("PNG", width, height)


def _read_jpeg(content: bytes) -> PictureHeader:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        mark, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if mark in JPEG_FRAMES:
            height, width = (int.from_bytes(content[n : n + 2], "big") for n in (at + 5, at + 7))
            return PictureHeader("JPEG", width, height)
        at += 1 if mark == 0xFF else 2 + length
    raise Refused(UNREADABLE)


def _read_webp(content: bytes) -> PictureHeader:
    form = content[12:16]
    if content[8:12] != b"WEBP" or len(content) < 30:
        raise Refused(UNREADABLE)
    if form == b"VP8X":
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
        return PictureHeader("WEBP", width, height, moves=bool(content[20] & WEBP_ANIMATION))
    if form == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return PictureHeader("WEBP", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if form == b"VP8 ":
        width, height = (int.from_bytes(content[at : at + 2], "little") & 0x3FFF for at in (26, 28))
        return PictureHeader("WEBP", width, height)
    raise Refused(UNREADABLE)
