"""Media types by content; the name only has to agree."""

import codecs
from io import BytesIO

from app.domain.attachments import packages, pdf, pictures
from app.domain.attachments.faults import FileRefused, KindNotTaken
from app.domain.attachments.names import name_suffix

OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
ALSO = {"jpg": "jpeg"}
PDF, ZIP, ZIP_END = b"%PDF-1.", b"PK\3\4", b"PK\5\6"
IN_TEXT = frozenset("\t\n\r\f")
FRONT, BACK, PIECE = 1_024, 65_557, 65_536


def media_type_of(seen: bytes, name: str) -> str:
    """Return the media type of an acceptable file; refuse any other with its fault."""
    named = name_suffix(name)
    named = ALSO.get(named, named)
    kind = _kind(seen, named)
    if kind != named:
        raise FileRefused("name_does_not_fit")
    return MEDIA[kind]


def _kind(seen: bytes, named: str) -> str:
    front = seen[:FRONT]
    if front.startswith(ZIP):
        return packages.kind_of(BytesIO(seen), len(seen))
    if b"%PDF-" in front[1:] or ZIP_END in seen[max(0, len(seen) - BACK) :]:
        raise FileRefused("polyglot")
    if front.startswith(PDF):
        pdf.check(seen)
        return "pdf"
    if front.startswith(pictures.PNG):
        pictures.check_png(seen)
        return "png"
    if front.startswith(pictures.JPEG):
        pictures.check_jpeg(seen)
        return "jpeg"
    _check_text(seen)
    return "csv" if named == "csv" else "txt"


def _check_text(seen: bytes) -> None:
    """Text is UTF-8 that people can see."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        for at in range(0, len(seen), PIECE):
            piece = decoder.decode(seen[at : at + PIECE], at + PIECE >= len(seen))
            if any(sign < " " and sign not in IN_TEXT for sign in set(piece)):
                raise KindNotTaken()
    except UnicodeDecodeError:
        raise KindNotTaken() from None
