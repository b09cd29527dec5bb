"""Faults of files; each is named, no content is repeated. Imports nothing heavy."""

from app.domain.errors import DomainError, FieldError, Invalid

TAKEN = ("pdf", "png", "jpeg", "docx", "xlsx", "odt", "csv", "txt")
# Each fault in English and Vietnamese.
FAULTS = {
    "name_missing": (
        "Say the name of the file in the header file-name, percent-encoded as UTF-8.",
        "Hãy ghi tên tệp ở tiêu đề file-name, mã hóa phần trăm theo UTF-8.",
    ),
    "name_unreadable": (
        "The file name is not percent-encoded UTF-8.",
        "Tên tệp không được mã hóa phần trăm theo UTF-8.",
    ),
    "name_is_a_path": (
        "The file name holds parts of a path: no / \\ : and no dot in front.",
        "Tên tệp chứa đường dẫn: không dùng / \\ : và không bắt đầu bằng dấu chấm.",
    ),
    "name_has_hidden_signs": (
        "The file name holds control signs or marks that turn the direction of writing.",
        "Tên tệp chứa ký tự điều khiển hoặc ký tự đổi hướng chữ.",
    ),
    "name_too_long": (
        "The file name is longer than 200 characters.",
        "Tên tệp dài quá 200 ký tự.",
    ),
    "name_does_not_fit": (
        "The ending of the file name is not that of its content.",
        "Phần mở rộng của tên tệp không khớp với nội dung.",
    ),
    "empty": ("The file is empty.", "Tệp rỗng."),
    "unreadable": (
        "The file is damaged or cut off.",
        "Tệp bị hỏng hoặc bị cắt cụt.",
    ),
    "polyglot": (
        "The file is of two kinds at once.",
        "Tệp mang hai định dạng cùng lúc.",
    ),
    "bomb": (
        "The file unpacks to far more than its size.",
        "Tệp giải nén ra lớn hơn rất nhiều so với dung lượng của nó.",
    ),
    "lies": (
        "The file says other sizes or names of its parts than they have.",
        "Tệp khai sai kích thước hoặc tên các phần bên trong.",
    ),
    "too_many_parts": (
        "The file has too many parts.",
        "Tệp có quá nhiều phần bên trong.",
    ),
    "path_inside": (
        "A part of the file is named like a path that leads outside.",
        "Một phần bên trong tệp có tên như đường dẫn ra ngoài.",
    ),
    "link_inside": (
        "A part of the file is a link to another place.",
        "Một phần bên trong tệp là liên kết tới nơi khác.",
    ),
    "file_inside": (
        "The file holds another archive, program or embedded file.",
        "Tệp chứa tệp nén, chương trình hoặc tệp nhúng khác.",
    ),
    "encrypted": (
        "The file is encrypted, so nobody can look into it.",
        "Tệp được mã hóa nên không thể kiểm tra.",
    ),
    "doctype": (
        "The file declares a document type or entities in its XML.",
        "Tệp khai báo DOCTYPE hoặc thực thể trong XML.",
    ),
    "macros": ("The file holds macros.", "Tệp chứa macro."),
    "fetches": (
        "The file fetches content from elsewhere when it is opened.",
        "Tệp tự tải nội dung từ nơi khác khi mở.",
    ),
    "acts": (
        "The PDF holds scripts, launches programs or carries other files.",
        "Tệp PDF chứa mã lệnh, gọi chương trình hoặc mang tệp đính kèm.",
    ),
    "too_many_pixels": (
        "The picture has too many pixels.",
        "Ảnh có quá nhiều điểm ảnh.",
    ),
}


class FileRefused(Invalid):
    """The fault has a code of its own, under `fault`."""

    code = "file_refused"
    en = "This file is not taken; see errors."
    vi = "Không nhận tệp này; xem errors."

    def __init__(self, fault: str) -> None:
        name = fault.startswith("name_")
        where = {"in": "header"} if name else {}
        place = "/file-name" if name else ""
        super().__init__(FieldError(place, fault, *FAULTS[fault], **where), fault=fault)


class KindNotTaken(DomainError):
    code = "file_kind_not_taken"
    en = "By its content this is none of the kinds that are taken: {_allowed}."
    vi = "Theo nội dung, tệp không thuộc loại được nhận: {_allowed}."

    def __init__(self) -> None:
        super().__init__(allowed=list(TAKEN), _allowed=", ".join(TAKEN))
