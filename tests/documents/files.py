"""Files as people send them, made here."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import xlsxwriter

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODT = b"application/vnd.oasis.opendocument.text"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(*objects: bytes, tail: bytes = b"") -> bytes:
    """A PDF of one empty page and whatever objects are given besides."""
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>", *objects]  # fmt: skip
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    end = b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n"
    return body + head + table + end % (len(parts) + 1, tail, len(body))


def stream(entries: bytes, content: bytes) -> bytes:
    """An object that holds packed content."""
    packed = zlib.compress(content)
    head = b"<< %s /Length %d /Filter /FlateDecode >>\nstream\n" % (entries, len(packed))
    return head + packed + b"\nendstream"


def png(width: int = 2, height: int = 2) -> bytes:
    rows = b"".join(b"\0" + b"\xff\0\0" * min(width, 2) for _ in range(min(height, 2)))
    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    told = (
        struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def jpeg(width: int = 8, height: int = 8) -> bytes:
    """The frame of a picture; nobody here looks at its pixels."""
    front = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    frame = b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", height, width) + b"\1\1\x11\0"
    return front + frame + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"\x55" * 40 + b"\xff\xd9"


def types(main: str = WORD) -> str:
    head = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    return (
        f'<?xml version="1.0"?>{head}<Override PartName="/main.xml" ContentType="{main}"/></Types>'
    )


def relations(
    target: str = "word/document.xml", kind: str = "officeDocument", mode: str = ""
) -> str:
    told = f' TargetMode="{mode}"' if mode else ""
    one = f'<Relationship Id="r1" Type="{RELATED}/{kind}" Target="{target}"{told}/>'
    return f'<?xml version="1.0"?><Relationships xmlns="{RELATED}">{one}</Relationships>'


Parts = Mapping[str | zipfile.ZipInfo, bytes | str]


def archive(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return kept.getvalue()


def word_parts(more: Parts | None = None) -> dict[str | zipfile.ZipInfo, bytes | str]:
    text = "<w:document xmlns:w='w'><w:body>Kế hoạch</w:body></w:document>"
    parts: dict[str | zipfile.ZipInfo, bytes | str] = {
        "[Content_Types].xml": types(), "_rels/.rels": relations(), "word/document.xml": text,
    }  # fmt: skip
    return parts | dict(more or {})


def docx(more: Parts | None = None) -> bytes:
    return archive(word_parts(more))


def xlsx() -> bytes:
    """A workbook as a library writes it, with a chart and a link that is followed by hand."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Số liệu")
        for row in range(200):
            sheet.write_row(row, 0, [f"Thôn {row}", row, row * row])
        sheet.write_url("E1", "https://example.vn")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "='Số liệu'!$B$1:$B$200"})
        sheet.insert_chart("G2", chart)
    return kept.getvalue()


def odt(more: Parts | None = None) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", ODT, zipfile.ZIP_STORED)
        made.writestr("content.xml", "<office:document-content xmlns:office='o'/>")
        for name, content in (more or {}).items():
            made.writestr(name, content)
    return kept.getvalue()


GOOD = {
    "Nghị quyết 04.pdf": (pdf(), "application/pdf"),
    "dấu.png": (png(), "image/png"),
    "ảnh.JPG": (jpeg(), "image/jpeg"),
    "kế hoạch.docx": (
        docx({"word/_rels/document.xml.rels": relations("https://a.vn", "hyperlink", "External")}),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "bảng.xlsx": (xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "tờ trình.odt": (odt(), "application/vnd.oasis.opendocument.text"),
    "danh sách.csv": ("thôn,hộ\nNà Ỏi,12\n".encode(), "text/csv; charset=utf-8"),
    "ghi chú.txt": ("\ufeffĐã họp.\r\n".encode(), "text/plain; charset=utf-8"),
}
