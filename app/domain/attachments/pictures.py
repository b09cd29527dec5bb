"""PNG and JPEG: whole, of a sensible size, and nothing behind them."""

import struct

from app.domain.attachments.faults import FileRefused

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
MAX_PIXELS = 200_000_000
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the marks that tell height and width


def check_png(seen: bytes) -> None:
    """Walk from chunk to chunk; the last one ends the file."""
    at, name = len(PNG), b""
    while at + 12 <= len(seen) and name != b"IEND":
        length, name = struct.unpack(">L4s", seen[at : at + 8])
        if at == len(PNG):
            if (length, name) != (13, b"IHDR"):
                raise FileRefused("unreadable")
            _check_pixels(*struct.unpack(">LL", seen[at + 8 : at + 16]))
        at += 12 + length
    if name != b"IEND" or at > len(seen):
        raise FileRefused("unreadable")
    if at < len(seen):
        raise FileRefused("polyglot")


def check_jpeg(seen: bytes) -> None:
    """Walk to the frame that tells the size; the end mark ends the file."""
    at = 2
    while True:
        head = seen[at : at + 9]
        if len(head) < 9 or head[0] != 0xFF:
            raise FileRefused("unreadable")
        if head[1] in FRAMES:
            _check_pixels(*struct.unpack(">HH", head[5:9]))
            break
        at += 1 if head[1] == 0xFF else 2 + int.from_bytes(head[2:4], "big")
    if not seen[max(0, len(seen) - 64) :].rstrip(b"\0\r\n ").endswith(b"\xff\xd9"):
        raise FileRefused("unreadable")


def _check_pixels(one: int, other: int) -> None:
    if one * other > MAX_PIXELS:
        raise FileRefused("too_many_pixels")
    if not one * other:
        raise FileRefused("unreadable")
