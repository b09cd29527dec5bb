"""One part of a DOCX, XLSX or ODT: what is looked at while it passes by."""

from typing import Any
from xml.parsers import expat

from app.domain.attachments.faults import FileRefused

HEAD, MOST_LISTED = 65_536, 1_048_576
IN_XML = (".xml", ".rels", ".vml", ".rdf")
LISTS = (".rels",)
TYPES = "[content_types].xml"
MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
ODT = b"application/vnd.oasis.opendocument.text"
ACTIVE = ("vbaproject.bin", "vbadata.xml", "/activex/", "basic/", "scripts/", "/macrosheets/")
# Archives, compound files of old Office, programs.
OTHERS = (b"PK\3\4", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MZ", b"\x7fELF",
          b"\xd0\xcf\x11\xe0", b"%PDF-")  # fmt: skip
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class _PartStarted(Exception):
    """The root has begun: behind it no document type can be refuse_doctype."""


class Part:
    """Holds the head of a part; the whole of it only where it lists what belongs together."""

    def __init__(self, name: str) -> None:
        self.name, self.document = name, ""
        self._low, self._held = name.lower(), bytearray()
        self._listed = self._low == TYPES or self._low.endswith(LISTS)
        self._most = MOST_LISTED if self._listed else HEAD
        if any(mark in f"/{self._low}" for mark in ACTIVE):
            raise FileRefused("macros")

    def add(self, piece: bytes) -> None:
        """Take a look at the next piece."""
        if self._listed and len(self._held) + len(piece) > self._most:
            raise FileRefused("bomb")
        self._held += piece[: self._most - len(self._held)]

    def close(self) -> None:
        """Judge the part by what was seen of it."""
        held = bytes(self._held)
        if held.startswith(OTHERS):
            raise FileRefused("file_inside")
        if self._low == "mimetype":
            self.document = "odt" if held == ODT else ""
        elif self._listed:
            self._list(held)
        elif self._low.endswith(IN_XML) or held.lstrip()[:1] == b"<" or held.startswith(MARKS):
            _check_head(held)

    def _list(self, held: bytes) -> None:
        for tag, given in _elements(held):
            kind = given.get("ContentType", "")
            if "macroenabled" in kind.lower():
                raise FileRefused("macros")
            self.document = MAIN.get(kind, self.document)
            outside = given.get("TargetMode", "").lower() == "external"
            shown = given.get("Type", "").endswith("/hyperlink")  # only followed by hand
            if tag.endswith("Relationship") and outside and not shown:
                raise FileRefused("fetches")


def _check_head(held: bytes) -> None:
    """Read up to the root: a document type can only stand before it."""

    def stop_at_root(*_: Any) -> None:
        raise _PartStarted

    try:
        _reader(stop_at_root).Parse(held, False)
    except _PartStarted:
        return
    except expat.ExpatError:
        pass
    raise FileRefused("unreadable")


def _elements(held: bytes) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    try:
        _reader(lambda tag, given: found.append((tag, given))).Parse(held, True)
    except expat.ExpatError:
        raise FileRefused("unreadable") from None
    return found


def _reader(on_start: Any) -> Any:
    def refuse_doctype(*_: Any) -> None:
        raise FileRefused("doctype")

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = refuse_doctype
    reader.StartElementHandler = on_start
    return reader
