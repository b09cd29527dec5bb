"""Files and names that mean harm, or are broken; each with the fault that has to be named."""

import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.dice import make_dice
from tests.documents.files import (
    SHEET,
    Parts,
    archive,
    docx,
    jpeg,
    odt,
    pdf,
    png,
    relations,
    stream,
    types,
    word_parts,
    xlsx,
)

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "&lol;" * 10}">' for n in range(10))
    + "]><sst>&l9;</sst>"
)
NOT_TAKEN = "file_kind_not_taken"


@dataclass(frozen=True)
class Hostile:
    """One of them, and how it has to be refused."""

    about: str
    make: Callable[[], bytes]
    fault: str
    name: str = "tệp.docx"
    status: int = 422

    def __str__(self) -> str:
        return self.about


def noise(size: int) -> bytes:
    """Make bytes that no archive can make smaller."""
    return make_dice("noise").randbytes(size)


def _patch(content: bytes, mark: bytes, at: int, new: bytes, which: int = 0) -> bytes:
    """The file with some bytes changed, so far behind the n-th mark."""
    place = -1
    for _ in range(which + 1):
        place = content.index(mark, place + 1)
    return content[: place + at] + new + content[place + at + len(new) :]


def _matryoshka() -> bytes:
    inside = archive({f"{n}.zip": archive({"0": b"\0" * 1_000_000}) for n in range(16)})
    return docx({"word/media/42.bin": inside})


def _small_in_the_directory() -> bytes:
    """The directory says 10 bytes of a part that unpacks to a million."""
    made = docx({"word/big.bin": b"\0" * 1_000_000 + noise(20_000)})
    return _patch(made, b"PK\1\2", 24, struct.pack("<L", 10), which=3)


def _small_everywhere() -> bytes:
    made = _small_in_the_directory()
    return _patch(made, b"PK\3\4", 22, struct.pack("<L", 10), which=3)


def _overlapping() -> bytes:
    """Two names in the directory for one and the same content."""
    made = docx({"word/a.bin": b"\0" * 1_000, "word/b.bin": b"\0" * 1_000})
    at = made.index(b"PK\1\2")
    for _ in range(3):
        at = made.index(b"PK\1\2", at + 1)
    offset = made[at + 42 : at + 46]
    return _patch(made, b"PK\1\2", 42, offset, which=4)


def _link() -> bytes:
    info = zipfile.ZipInfo("word/link")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return docx({info: "/etc/passwd"})


def _encrypt() -> bytes:
    return _patch(_patch(docx(), b"PK\1\2", 8, b"\1\0"), b"PK\3\4", 6, b"\1\0")


def _claims_many() -> bytes:
    made = docx()
    at = made.rindex(b"PK\5\6")
    return made[: at + 8] + b"\xff\xff\xff\xff" + made[at + 12 :]


def _without(content: bytes, part: float) -> bytes:
    return content[: int(len(content) * part)]


def _sheet(more: Parts) -> bytes:
    parts: Parts = {"[Content_Types].xml": types(SHEET), "xl/workbook.xml": "<workbook/>"}
    return archive({**parts, **more})


def _wide() -> bytes:
    """210 million bytes in a part, with so much noise that the ratio looks harmless."""
    part = zipfile.ZipInfo("word/noise.bin")
    return docx({part: noise(2_500_000), "word/big.bin": b"\0" * 210_000_000})


def _hidden_script() -> bytes:
    return pdf(
        stream(b"/Type /ObjStm /N 1 /First 4", b"9 0 << /S /JavaScript /JS (app.alert(1)) >>")
    )


def _packed_bomb() -> bytes:
    return pdf(stream(b"/Type /ObjStm /N 1 /First 4", b"\0" * 60_000_000))


FILES = [
    Hostile("nested archives, as 42.zip", _matryoshka, "file_inside"),
    Hostile("300 MB of nothing", lambda: docx({"word/x.bin": b"\0" * 300_000_000}), "bomb"),
    Hostile("200 MB behind noise", _wide, "bomb"),
    Hostile("a directory that lies about a size", _small_in_the_directory, "lies"),
    Hostile("sizes that lie twice", _small_everywhere, "lies"),
    Hostile("parts that overlap", _overlapping, "lies"),
    Hostile("billion laughs in xlsx", lambda: _sheet({"xl/sharedStrings.xml": LAUGHS}), "doctype",
            "bảng.xlsx"),
    Hostile("laughs in UTF-16", lambda: _sheet({"xl/x.bin": LAUGHS.encode("utf-16")}), "doctype",
            "bảng.xlsx"),
    Hostile("an outer entity in the list of types", lambda: archive(
        word_parts() | {"[Content_Types].xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}),
        "doctype"),
    Hostile("zip-slip", lambda: docx({"../../etc/cron.d/x": "x"}), "path_inside"),
    Hostile("zip-slip of Windows", lambda: docx({"..\\..\\x": "x"}), "path_inside"),
    Hostile("an absolute part", lambda: docx({"/etc/x": "x"}), "path_inside"),
    Hostile("a drive", lambda: docx({"C:/x": "x"}), "path_inside"),
    Hostile("a symbolic link", _link, "link_inside"),
    Hostile("macros by their part", lambda: docx({"word/vbaProject.bin": b"x"}), "macros"),
    Hostile("xlsm under the name of xlsx", lambda: archive({"[Content_Types].xml": types(
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml")}), "macros", "bảng.xlsx"),
    Hostile("macros of ODT", lambda: odt({"Basic/Standard/Module1.xml": "<x/>"}), "macros",
            "a.odt"),
    Hostile("a template from elsewhere", lambda: docx({"word/_rels/settings.xml.rels": relations(
        "http://a.vn/x.dotm", "attachedTemplate", "External")}), "fetches"),
    Hostile("a program inside", lambda: docx({"word/embeddings/a.bin": b"MZ\x90\0" * 9}),
            "file_inside"),
    Hostile("encrypted", _encrypt, "encrypted"),
    Hostile("300 parts", lambda: docx({f"word/{n}.bin": b"x" for n in range(300)}),
            "too_many_parts"),
    Hostile("65,535 parts by its own word", _claims_many, "too_many_parts"),
    Hostile("two parts of one name", lambda: docx({"word/A.bin": b"1", "word/a.bin": b"2"}),
            "lies"),
    Hostile("a list of relations of 2 MB", lambda: docx({"word/_rels/x.rels": b" " * 2_000_000
            + noise(30_000)}), "bomb"),
    Hostile("an archive in front of which a program stands", lambda: b"MZ" + docx(), "polyglot"),
    Hostile("an archive behind a picture", lambda: png() + docx(), "polyglot", "a.png"),
    Hostile("an archive behind a PDF", lambda: pdf() + docx(), "polyglot", "a.pdf"),
    Hostile("a PDF behind text", lambda: b"x\n" + pdf(), "polyglot", "a.txt"),
    Hostile("a page behind a picture", lambda: png() + b"<script>", "polyglot", "a.png"),
    Hostile("something behind the end of an archive", lambda: docx() + b"x", "unreadable"),
    Hostile("a plain archive", lambda: archive({"a": "b"}), NOT_TAKEN, status=415),
    Hostile("a program", lambda: b"MZ\x90\0\3\0", NOT_TAKEN, "a.pdf", 415),
    Hostile("a web page with NUL", lambda: b"<html>\0", NOT_TAKEN, "a.txt", 415),
    Hostile("old Office", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, NOT_TAKEN, status=415),
    Hostile("a picture called PDF", png, "name_does_not_fit", "a.pdf"),
    Hostile("a web page", lambda: b"<html><script>1</script>", "name_does_not_fit", "a.html"),
    Hostile("a PDF called a program", pdf, "name_does_not_fit", "a.pdf.exe"),
    Hostile("a script in a PDF", lambda: pdf(b"<< /S /JavaScript /JS (1) >>"), "acts", "a.pdf"),
    Hostile("a script in other letters", lambda: pdf(b"<< /S /J#61v#61Script >>"), "acts", "a.pdf"),
    Hostile("a script in a packed list", _hidden_script, "acts", "a.pdf"),
    Hostile("a launch", lambda: pdf(b"<< /S /Launch /F (cmd.exe) >>"), "acts", "a.pdf"),
    Hostile("a file in a PDF", lambda: pdf(b"<< /Type /EmbeddedFile >>"), "acts", "a.pdf"),
    Hostile("a locked PDF", lambda: pdf(tail=b" /Encrypt 9 0 R"), "encrypted", "a.pdf"),
    Hostile("a packed list that is a bomb", _packed_bomb, "bomb", "a.pdf"),
    Hostile("a picture of 4 billion pixels", lambda: png(65_535, 65_535), "too_many_pixels",
            "a.png"),
    Hostile("a JPEG of 4 billion pixels", lambda: jpeg(65_535, 65_535), "too_many_pixels", "a.jpg"),
    Hostile("nothing", lambda: b"", "empty", "a.pdf"),
]  # fmt: skip


def _truncate_all() -> Iterator[Hostile]:
    whole = {"a.pdf": pdf(), "a.png": png(), "a.jpg": jpeg(), "a.docx": docx(), "a.xlsx": xlsx()}
    for name, content in whole.items():
        for part in (0.5, 0.95):
            about = f"{name} cut at {part}"
            cut = _without(content, part)
            yield Hostile(about, lambda cut=cut: cut, "unreadable", name)  # type: ignore[misc]


FILES += _truncate_all()

NAMES = {
    "": "name_missing",
    "%20": "name_missing",
    "%ff.pdf": "name_unreadable",
    "../../etc/passwd.pdf": "name_is_a_path",
    "..%2F..%2Fx.pdf": "name_is_a_path",
    "%5C%5Cserver%5Cx.pdf": "name_is_a_path",
    "C%3A%5Cx.pdf": "name_is_a_path",
    ".htaccess.pdf": "name_is_a_path",
    "a%00.pdf": "name_has_hidden_signs",
    "a%0D%0Aset-cookie%3A%20x.pdf": "name_has_hidden_signs",
    "%E2%80%AEfdp.exe.pdf": "name_has_hidden_signs",
    "a%E2%80%8B.pdf": "name_has_hidden_signs",
    "a" * 300 + ".pdf": "name_too_long",
}
