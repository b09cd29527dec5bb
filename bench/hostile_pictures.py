"""Pictures that are to exhaust a server or to pass unclean, and files of many parts."""

import io
import zlib
from collections.abc import Iterator

from PIL import Image

PNG = b"\x89PNG\r\n\x1a\n"


def png(width: int, height: int, *, depth: int = 1, colours: int = 0, more: bytes = b"") -> bytes:
    """Return a PNG of one colour that unpacks to all of its pixels."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((depth, colours, 0, 0, 0))
    channels = {0: 1, 2: 3, 6: 4}[colours]
    packer, line = zlib.compressobj(9), bytes(1 + (width * depth * channels + 7) // 8)
    rows = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    return PNG + _chunk(b"IHDR", head) + more + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + name + content + check


def claim_size(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and has next to nothing."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 6, 0, 0, 0))
    return PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(99)))


def save_picture(kind: str, size: tuple[int, int], **more: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, kind, **more)
    return file.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "green")]
    file = io.BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    return file.getvalue()


def pictures() -> Iterator[bytes]:
    """Yield pictures, and documents that call themselves text."""
    yield save_picture("WEBP", (7_200, 7_200), lossless=True)
    yield save_picture("WEBP", (16_000, 16_000), lossless=True, method=0)
    yield png(7_000, 7_000)
    yield png(7_200, 7_200, depth=8, colours=6)
    yield claim_size(60_000, 60_000)
    yield claim_size(2_147_483_647, 2_147_483_647)
    yield moving("PNG")
    yield moving("WEBP")
    yield save_picture("JPEG", (5_000, 5_000))[:-500]
    yield png(64, 64, more=_chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(50_000_000))))
    yield b"RIFF\xff\xff\xff\x7fWEBPVP8X" + b"\xff" * 40
    yield b"{\\rtf1{\\info{\\author CANARY}}}"
    yield b"<svg><metadata>CANARY</metadata></svg>"


def forms() -> Iterator[tuple[bytes, str]]:
    """Yield bodies of many parts, with the boundary that each names."""
    part = b'--x\r\ncontent-disposition: form-data; name="a"; filename="b"\r\n\r\n1\r\n'
    yield part * 3_000, "x"
    yield b"--x\r\n" + b"a: b\r\n" * 30_000, "x"
    yield b"--" + b"y" * 200_000, "y" * 60
    yield b"--x\r\ncontent-disposition: form-data; name=" + b"n" * 200_000, "x"
    yield b"\r\n" * 100_000, "x"
