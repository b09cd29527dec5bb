"""The parts of a workbook that its sheets refer to: names, shared texts, formats of numbers."""

import posixpath
import re
from dataclasses import dataclass, field

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.tables.xlsx_package import Attributes, Package, XmlReader

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
OF_DATES = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}  # formats that every sheet knows
OF_TIMES = {18, 19, 20, 21, 45, 46, 47}
NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
ZEROS = re.compile(r"0{2,15}")
MAX_SHEETS, MAX_TEXTS = 100, 1_000_000


@dataclass(slots=True)
class SheetPart:
    """A sheet: its name, and the part that holds it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Book:
    """The parts that the sheets of a workbook share."""

    sheets: list[SheetPart] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)  # date, time, zeros, or nothing, by style
    from_1904: bool = False


def read_book(package: Package) -> Book:
    """Read the parts that all sheets share."""
    if not package.has(BOOK) or not package.has(RELATIONS):
        raise Refused("not_a_workbook")
    book, targets = Book(), _read_targets(package)

    def start(tag: str, given: Attributes) -> None:
        if tag == "workbookPr":
            book.from_1904 = given.get("date1904") in ("1", "true")
        if tag == "sheet" and (target := targets.get(_relation(given))):
            hidden = given.get("state", "visible") != "visible"
            book.sheets.append(SheetPart(given.get("name", ""), target, hidden))

    XmlReader(start).feed(package.unpack(BOOK))
    if len(book.sheets) > MAX_SHEETS:
        raise Refused("bomb")
    book.texts, book.formats = _read_texts(package), _read_formats(package)
    return book


def _relation(given: Attributes) -> str:
    return next((value for name, value in given.items() if name.endswith(":id")), "")


def _read_targets(package: Package) -> dict[str, str]:
    """Return the parts of worksheets by the names of their relations; charts have no cells."""
    found: dict[str, str] = {}

    def start(tag: str, given: Attributes) -> None:
        if given.get("Type", "").endswith("/worksheet"):
            path = posixpath.join("/xl", given.get("Target", ""))
            found[given.get("Id", "")] = posixpath.normpath(path).lstrip("/")

    XmlReader(start).feed(package.unpack(RELATIONS))
    return found


def _read_texts(package: Package) -> list[str]:
    texts: list[str] = []
    held: list[str] = []
    state = {"t": False, "rPh": False}  # a reading aid beside a text is no part of it

    def start(tag: str, given: Attributes) -> None:
        if tag in state:
            state[tag] = True

    def end(tag: str) -> None:
        if tag in state:
            state[tag] = False
        if tag == "si":
            texts.append("".join(held))
            if len(texts) > MAX_TEXTS:
                raise Refused("bomb")
            held.clear()

    def add(text: str) -> None:
        if state["t"] and not state["rPh"]:
            held.append(text)

    if package.has("xl/sharedStrings.xml"):
        XmlReader(start, end, add).feed(package.unpack("xl/sharedStrings.xml"))
    return texts


def _read_formats(package: Package) -> list[str]:
    codes: dict[str, str] = {}
    styles: list[str] = []
    inside = {"cellXfs": False}

    def start(tag: str, given: Attributes) -> None:
        if tag == "cellXfs":
            inside[tag] = True
        elif tag == "numFmt":
            codes[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif tag == "xf" and inside["cellXfs"]:
            styles.append(given.get("numFmtId", "0"))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside[tag] = False

    if package.has("xl/styles.xml"):
        XmlReader(start, end).feed(package.unpack("xl/styles.xml"))
    return [_classify(style, codes.get(style)) for style in styles]


def _classify(style: str, code: str | None) -> str:
    """Return what a format makes of a number: a date, a time, or so many digits."""
    if code is None:
        known = int(style) if style.isdigit() else 0
        return "date" if known in OF_DATES else "time" if known in OF_TIMES else ""
    bare = NOT_CODE.sub("", code.partition(";")[0]).lower()
    if ZEROS.fullmatch(bare):
        return bare
    if set(bare) & {"d", "y"} or ("m" in bare and not set(bare) & {"h", "s", "0", "#"}):
        return "date"
    return "time" if set(bare) & {"h", "s"} and "0" not in bare.partition("s")[0] else ""
