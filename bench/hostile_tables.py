"""Tables that are to exhaust a server: sheets, and lines of JSON."""

import io
import zipfile
from collections.abc import Callable, Iterator

SHEET = "xl/worksheets/sheet1.xml"
BOOK = (
    '<workbook xmlns:r="r"><sheets><sheet name="Danh sách" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>"
)
RELATIONS = (
    '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>"
)
HEADER = "".join(
    f'<c r="{at}1" t="inlineStr"><is><t>{title}</t></is></c>'
    for at, title in zip("ABCD", ("parent", "name", "kind", "valid_from"), strict=True)
)


def workbook(rows: str, *, before: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """Return a workbook of one sheet; its parts pack well."""
    file, sheet = io.BytesIO(), f"{before}<worksheet><sheetData>{rows}</sheetData></worksheet>"
    parts = {"xl/workbook.xml": BOOK.encode(), "xl/_rels/workbook.xml.rels": RELATIONS.encode(),
             SHEET: sheet.encode()} | (more or {})  # fmt: skip
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def far_cells() -> bytes:
    return workbook('<row r="1"><c r="A1"><v>1</v></c></row>'
                    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')  # fmt: skip


def far_row() -> bytes:
    return workbook(f'<row r="1">{HEADER}</row><row r="1048576"><c r="A1048576"><v>1</v></c></row>')


def many_cells() -> bytes:
    row = "<row>" + "<c><v>1</v></c>" * 200 + "</row>"
    return workbook(row * 20_000)


def many_rows() -> bytes:
    return workbook(f"<row>{HEADER}</row>" + "<row><c><v>1</v></c></row>" * 500_000)


def many_texts() -> bytes:
    texts = b"<sst>" + b"<si><t>" + b"a" * 30_000_000 + b"</t></si>" + b"<si/>" * 5_000_000
    return workbook("<row/>", more={"xl/sharedStrings.xml": texts + b"</sst>"})


def unpacking() -> bytes:
    return workbook("<row/>" + " " * 250_000_000)


def entities() -> bytes:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    return workbook("<row><c><v>&e9;</v></c></row>", before=f"<!DOCTYPE x [{names}]>")


def deep() -> bytes:
    return workbook("<x>" * 1_000_000)


def many_parts() -> bytes:
    return workbook("<row/>", more={f"xl/{n}": b"" for n in range(5_000)})


def no_workbook() -> bytes:
    return b"PK\3\4" + b"\0" * 1_000


WORKBOOKS: tuple[Callable[[], bytes], ...] = (
    far_cells, far_row, many_cells, many_rows, many_texts, unpacking, entities, deep, many_parts,
    no_workbook,
)  # fmt: skip


def sheets_of_text() -> Iterator[bytes]:
    """Yield files of CSV that are no tables."""
    yield b"parent,name\n02083,\0\n"
    yield b'parent,name\n02083,"a\n' + b"b,c\n" * 50_000
    yield b"parent,name\n02083," + b"a" * 100_000 + b"\n"
    yield b"parent,name" + b",x" * 300 + b"\n" + b"1," * 302 + b"\n"
    yield "parent,name\n02083,Thôn".encode("utf-16-le")
    yield b"parent,name\n02083,\xff\xfe\n"
    yield b"parent,name,kind,valid_from\n" + b"02083,a,b,c\n" * 200_000


def lines() -> Iterator[bytes]:
    """Yield files of NDJSON that are no tables."""
    yield b"[" * 50_000
    yield b'{"name":' * 30_000
    yield b'{"parent": ' + b"9" * 200_000 + b"}"
    yield b'{"parent": NaN}'
    yield b'{"parent": 1e999999}'
    yield b'{"name": "\\ud800"}'
    yield b"\xff\xfe{}"
    yield b'{"name": "' + b"a" * 5_000_000 + b'"}'
    yield b"{" + b",".join(b'"k%d": 1' % n for n in range(15_000)) + b"}"
    yield b'{"parent": "02083", "name": "a"}\n' * 25_000
    yield b'{"parent": {"a": [1]}, "name": []}\n' * 15_000
