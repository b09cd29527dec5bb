"""The parts of an XLSX file: a ZIP archive, unpacked piece by piece within a budget."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from xml.parsers import expat

from app.domain.records.files.child.refusal import Refused

MAX_PARTS, MAX_UNPACKED, PIECE = 2_000, 209_715_200, 65_536
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # XLS, or a workbook with a password
ENCRYPTED = 0x1
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, KeyError)
Attributes = dict[str, str]


class Package:
    """An archive; what it unpacks to is counted over all parts."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(OLD_OFFICE):
            raise Refused("old_or_locked")
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except (*BROKEN, ValueError):
            raise Refused("not_a_workbook") from None
        parts = self._archive.infolist()
        if len(parts) > MAX_PARTS:
            raise Refused("bomb")
        if any(part.flag_bits & ENCRYPTED for part in parts):
            raise Refused("old_or_locked")
        self._names = {part.filename.lower(): part for part in parts}
        self._left = MAX_UNPACKED

    def has(self, name: str) -> bool:
        return name.lower() in self._names

    def unpack(self, name: str, *, again: bool = False) -> Iterator[bytes]:
        """Yield a part in pieces; one that is read again was counted before."""
        try:
            with self._archive.open(self._names[name.lower()]) as part:
                while piece := part.read(PIECE):
                    self._left -= 0 if again else len(piece)
                    if self._left < 0:
                        raise Refused("bomb")
                    yield piece
        except BROKEN:
            raise Refused("not_a_workbook") from None


class XmlReader:
    """Reads XML by events, without namespaces' prefixes; document types are refused."""

    def __init__(
        self, start: Callable[[str, Attributes], Any], end: Callable[[str], Any] | None = None,
        text: Callable[[str], Any] | None = None,
    ) -> None:  # fmt: skip
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.StartElementHandler = lambda tag, given: start(_local(tag), given)
        if end:
            self._parser.EndElementHandler = lambda tag: end(_local(tag))
        if text:
            self._parser.CharacterDataHandler = text

    def feed(self, pieces: Iterator[bytes]) -> None:
        """Read a whole part."""
        for _ in self.read(pieces):
            pass

    def read(self, pieces: Iterator[bytes]) -> Iterator[None]:
        """Read a part, and stop after each piece of it."""
        try:
            for piece in pieces:
                self._parser.Parse(piece, False)
                yield
            self._parser.Parse(b"", True)
            yield
        except expat.ExpatError:
            raise Refused("not_a_workbook") from None


def _refuse_doctype(*_: Any) -> None:
    raise Refused("not_a_workbook")


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]
