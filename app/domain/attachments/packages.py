"""DOCX, XLSX and ODT: ZIP archives, of which every part is looked into before any is believed.

Nothing is unpacked to disk, no part is held whole, and what the archive says of its parts counts
only when it is true.
"""

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from app.domain.attachments.faults import FileRefused, KindNotTaken
from app.domain.attachments.parts import Part

END = struct.Struct("<4sHHHHLLH")
CENTRAL = struct.Struct("<4sBBHHHHHLLLHHHHHLL")
LOCAL = struct.Struct("<4sHHHHHLLLHH")
UNIX, STORED, DEFLATED = 3, 0, 8
ENCRYPTED, SIZES_FOLLOW, IN_UTF8 = 0x2041, 0x8, 0x800
MAX_PARTS = {"docx": 200, "odt": 200, "xlsx": 1_000}  # a sheet has parts of its own
MAX_DIRECTORY_BYTES = 1_048_576
MOST_UNPACKED, MOST_RATIO = 200_000_000, 100
PIECE, GAP = 65_536, 32  # between parts a writer may leave a description of 24 bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One part as the directory of the archive tells of it."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def kind_of(file: IO[bytes], size: int) -> str:
    """Return the kind of document in an archive; refuse an archive that is anything else too."""
    entries, directory = _directory(file, size)
    budget, end, parts = min(MOST_UNPACKED, MOST_RATIO * size), 0, []
    for entry in sorted(entries, key=lambda entry: entry.offset):
        begin = _begin(file, entry, end)
        end, part = begin + entry.packed, Part(entry.name)
        for piece in _unpack(file, entry, begin, budget):
            budget -= len(piece)
            part.add(piece)
        part.close()
        parts.append(part)
    if not end <= directory <= end + GAP:
        raise FileRefused("lies")
    return _check_part(parts)


def _directory(file: IO[bytes], size: int) -> tuple[list[Entry], int]:
    """The directory, which ends the file; nothing may stand behind it."""
    if size < END.size:
        raise FileRefused("unreadable")
    file.seek(size - END.size)
    mark, disk, first, here, count, length, offset, comment = END.unpack(file.read(END.size))
    if mark != b"PK\5\6" or comment or disk or first or here != count:
        raise FileRefused("unreadable")
    if count > max(MAX_PARTS.values()) or length > MAX_DIRECTORY_BYTES:
        raise FileRefused("too_many_parts")
    if offset + length + END.size != size:
        raise FileRefused("lies")
    file.seek(offset)
    return list(_entries(file.read(length), count)), offset


def _entries(directory: bytes, count: int) -> Iterator[Entry]:
    at, seen = 0, set[str]()
    for _ in range(count):
        if len(directory) < at + CENTRAL.size:
            raise FileRefused("unreadable")
        head = CENTRAL.unpack_from(directory, at)
        system, flags, method, crc, packed, size = head[2], head[4], head[5], *head[8:11]
        name = _name(directory[at + CENTRAL.size :][: head[11]], flags)
        if head[0] != b"PK\1\2" or name.casefold() in seen:
            raise FileRefused("lies")
        if system == UNIX and stat.S_IFMT(head[16] >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise FileRefused("link_inside")
        if flags & ENCRYPTED:
            raise FileRefused("encrypted")
        seen.add(name.casefold())
        at += CENTRAL.size + sum(head[11:14])
        yield Entry(name, flags, method, crc, packed, size, head[17])
    if at != len(directory):
        raise FileRefused("lies")


def _name(given: bytes, flags: int) -> str:
    """The name of a part; refused where it could lead out of the archive."""
    try:
        name = given.decode("utf-8" if flags & IN_UTF8 else "cp437")
    except UnicodeDecodeError:
        raise FileRefused("path_inside") from None
    steps = name.removesuffix("/").split("/")
    if {"", ".", ".."} & set(steps) or not name.isprintable() or set(name) & {"\\", ":"}:
        raise FileRefused("path_inside")
    return name


def _begin(file: IO[bytes], entry: Entry, end: int) -> int:
    """Return the offset of a part's content; parts are consecutive and never overlap."""
    if not end <= entry.offset <= end + (GAP if end else 0):
        raise FileRefused("lies")
    file.seek(entry.offset)
    head = file.read(LOCAL.size)
    if len(head) < LOCAL.size or head[:4] != b"PK\3\4":
        raise FileRefused("unreadable")
    _, _, flags, method, _, _, crc, packed, size, named, extra = LOCAL.unpack(head)
    same = (crc, packed, size) == (entry.crc, entry.packed, entry.size) or flags & SIZES_FOLLOW
    differ = (flags ^ entry.flags) & (ENCRYPTED | SIZES_FOLLOW)
    if differ or method != entry.method or not same:
        raise FileRefused("lies")
    if _name(file.read(named), flags) != entry.name:
        raise FileRefused("lies")
    return entry.offset + LOCAL.size + int(named) + int(extra)


def _unpack(file: IO[bytes], entry: Entry, begin: int, budget: int) -> Iterator[bytes]:
    """A part piece by piece, as it truly is; the end of patience comes before that of memory."""
    left, seen, crc = entry.packed, 0, 0
    for piece in _pieces(file, entry, begin, left):
        seen, crc = seen + len(piece), zlib.crc32(piece, crc)
        if seen > budget:
            raise FileRefused("bomb")
        if seen > entry.size:
            raise FileRefused("lies")
        yield piece
    if (seen, crc) != (entry.size, entry.crc):
        raise FileRefused("lies")


def _pieces(file: IO[bytes], entry: Entry, begin: int, left: int) -> Iterator[bytes]:
    if entry.method not in (STORED, DEFLATED):
        raise FileRefused("unreadable")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    file.seek(begin)
    while left > 0:
        packed = file.read(min(PIECE, left))
        left -= len(packed)
        if not packed or inflate.eof:
            raise FileRefused("unreadable")
        if entry.method == STORED:
            yield packed
        else:
            yield from inflate_part(inflate, packed, PIECE)
    if entry.method == DEFLATED and (not inflate.eof or inflate.unused_data):
        raise FileRefused("lies")


def inflate_part(inflate: Any, packed: bytes, most: int) -> Iterator[bytes]:
    """Inflate packed bytes in chunks of bounded size."""
    piece = b""
    while (packed or len(piece) == most) and not inflate.eof:  # a full piece: more may follow
        try:
            piece = inflate.decompress(packed, most)
        except zlib.error:
            raise FileRefused("unreadable") from None
        packed = inflate.unconsumed_tail
        yield piece


def _check_part(parts: list[Part]) -> str:
    """Return the kind of document that the parts make."""
    kinds = {part.document for part in parts if part.document}
    if len(kinds) != 1:
        raise KindNotTaken()
    kind = kinds.pop()
    if kind == "odt" and parts[0].name != "mimetype":
        raise FileRefused("lies")
    if len(parts) > MAX_PARTS[kind]:
        raise FileRefused("too_many_parts")
    return kind
