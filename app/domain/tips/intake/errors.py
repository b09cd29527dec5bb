"""Refusals to an informant; nothing of what they sent is repeated."""

from typing import Any

from app.domain.errors import DomainError, FieldError, Invalid, InvalidFields, NotFound
from app.domain.tips.intake.files.pictures import MAX_PIXELS
from app.domain.tips.intake.limits import MAX_FILES, MEDIA_TYPES

MILLIONS = MAX_PIXELS // 1_000_000
# Why a file cannot be made clean, in English and Vietnamese.
REASONS = {
    "picture_unreadable": ("The picture is damaged or cut off.", "Ảnh bị hỏng hoặc bị cắt cụt."),
    "too_many_pixels": (
        f"The picture has more than {MILLIONS} million pixels; send a smaller one.",
        f"Ảnh có hơn {MILLIONS} triệu điểm ảnh; hãy gửi ảnh nhỏ hơn.",
    ),
    "picture_bomb": (
        "The picture unpacks to far more than its size; save it again as JPEG.",
        "Ảnh giải nén ra lớn hơn rất nhiều so với dung lượng; hãy lưu lại dạng JPEG.",
    ),
    "picture_moves": (
        "The picture is an animation; send its single pictures.",
        "Ảnh là ảnh động; hãy gửi từng ảnh riêng.",
    ),
    "picture_kind_unknown": (
        "The picture has colours that cannot be redrawn; save it again as JPEG.",
        "Không thể vẽ lại màu của ảnh này; hãy lưu lại dạng JPEG.",
    ),
    "text_is_a_document": (
        "This is a document of a program (such as RTF, SVG, a contact, a track or mail), which can "
        "name its author; send the bare text, or a picture of it.",
        "Đây là tài liệu của một phần mềm (như RTF, SVG, danh bạ, hành trình, thư), có thể chứa "
        "tên người tạo; hãy gửi văn bản thuần hoặc ảnh chụp.",
    ),
}


class WorkNeeded(DomainError):
    """Carries the challenge, so that a program can solve it and try again."""

    code = "work_needed"
    en = "Very many come at this moment. Solve the task in `challenge` and send it as `work`."
    vi = "Hiện có rất nhiều người gửi. Hãy giải bài toán trong `challenge` và gửi kèm ở `work`."

    def __init__(self, challenge: dict[str, Any]) -> None:
        super().__init__(challenge=challenge)


class ReceiptUnknown(NotFound):
    code = "receipt_unknown"
    en = "This receipt number opens nothing; look at the digits again."
    vi = "Mã biên nhận này không mở được tin nào; vui lòng kiểm tra lại từng chữ số."


class KeyTooShort(Invalid):
    code = "idempotency_key_too_short"
    en = "The Idempotency-Key of a tip is a secret: {least} to {most} visible ASCII characters."
    vi = "Idempotency-Key của tin báo là bí mật: từ {least} đến {most} ký tự ASCII hiển thị được."


class NoSuchUnit(InvalidFields):
    """Names the place of an unknown unit in the request."""

    def __init__(self, pointer: str, **place: str) -> None:
        en = "There is no such unit; choose one from the list of units."
        vi = "Không có đơn vị này; hãy chọn trong danh sách đơn vị."
        super().__init__(FieldError(pointer, "unit_not_found", en, vi, **place))


class MediaTypeNotAllowed(Invalid):
    code = "tip_file_kind_not_taken"
    en = "By its content this is none of the kinds that are taken: {_allowed}."
    vi = "Theo nội dung, tệp không thuộc loại được nhận: {_allowed}."

    def __init__(self) -> None:
        names = ", ".join(MEDIA_TYPES)
        en, vi = (text.format(_allowed=names) for text in (self.en, self.vi))
        fault = FieldError("/content", "file_kind_not_taken", en, vi)
        super().__init__(fault, allowed=list(MEDIA_TYPES), _allowed=names)


class FileNotClean(InvalidFields):
    """Refuses a file that cannot be made clean; its code is the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(FieldError("/content", reason, *REASONS[reason]))


class TooManyFiles(Invalid):
    code = "too_many_files"
    en = f"A tip takes {MAX_FILES} files; this one has as many."
    vi = f"Mỗi tin nhận tối đa {MAX_FILES} tệp; tin này đã đủ."
