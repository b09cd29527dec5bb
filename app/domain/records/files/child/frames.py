"""Frames between the server and a process that opens files: a head in JSON, then bytes."""

import json
import os
from typing import Any

LENGTH_BYTES = 4
PIECE = 262_144


def read_head(channel: int) -> dict[str, Any] | None:
    """Read the head of the next frame; None where the server has gone."""
    length = _read(channel, LENGTH_BYTES)
    if length is None:
        return None
    head = _read(channel, int.from_bytes(length, "big"))
    return None if head is None else json.loads(head)


def read_content(channel: int, size: int) -> bytes:
    """Read the bytes that follow a head."""
    content = _read(channel, size)
    if content is None:
        raise EOFError
    return content


def pack_frame(head: dict[str, Any], content: bytes = b"") -> bytes:
    """Return a frame; the head states the size of the content."""
    text = json.dumps({**head, "size": len(content)}, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )
    return len(text).to_bytes(LENGTH_BYTES, "big") + text


def write_frame(channel: int, head: dict[str, Any], content: bytes = b"") -> None:
    """Write a frame whole."""
    for part in (pack_frame(head, content), content):
        left = memoryview(part)
        while left:
            left = left[os.write(channel, left[:PIECE]) :]


def _read(channel: int, size: int) -> bytes | None:
    found = bytearray()
    while len(found) < size:
        piece = os.read(channel, min(PIECE, size - len(found)))
        if not piece:
            return None
        found += piece
    return bytes(found)
