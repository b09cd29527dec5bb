"""PDF: refused where it does more than show pages."""

import re
import zlib
from collections.abc import Iterator

from app.domain.attachments.faults import FileRefused
from app.domain.attachments.packages import inflate_part

ACTS = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])")
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")  # a name may write any of its letters so
STREAM = re.compile(rb"(?<!end)stream\r?\n")
BLOCK, OVERLAP, BEFORE, TAIL = 1_048_576, 64, 4_096, 2_048
MAX_UNPACKED_BYTES = 200_000_000


def check(seen: bytes) -> None:
    """Look for what acts, at large and in the packed lists of objects."""
    tail = seen[max(0, len(seen) - TAIL) :]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise FileRefused("unreadable")
    for block in _blocks(seen):
        _judge(block)
    budget = min(MAX_UNPACKED_BYTES, 100 * len(seen))
    for begin in _object_streams(seen):
        budget = _unpack(seen, begin, budget)


def _judge(block: bytes) -> None:
    plain = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), block)
    if LOCKED.search(plain):
        raise FileRefused("encrypted")
    if ACTS.search(plain):
        raise FileRefused("acts")


def _blocks(seen: bytes) -> Iterator[bytes]:
    for at in range(0, len(seen), BLOCK):
        yield seen[max(0, at - OVERLAP) : at + BLOCK]


def _object_streams(seen: bytes) -> Iterator[int]:
    """Yield the object streams of a PDF: names inside them are not visible from outside."""
    for found in STREAM.finditer(seen):
        before = seen[max(0, found.start() - BEFORE) : found.start()]
        told = before[before.rfind(b"obj") + 3 :] if b"obj" in before else before
        if b"/ObjStm" in ESCAPED.sub(lambda hit: bytes([int(hit[1], 16)]), told):
            yield found.end()


def _unpack(seen: bytes, begin: int, budget: int) -> int:
    inflate, at, before = zlib.decompressobj(), begin, b""
    while not inflate.eof and at < len(seen):
        packed = seen[at : at + BLOCK]
        at += len(packed)
        for piece in inflate_part(inflate, packed, BLOCK):
            budget -= len(piece)
            if budget < 0:
                raise FileRefused("bomb")
            _judge(before + piece)
            before = piece[-OVERLAP:]
    return budget
