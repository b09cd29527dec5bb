"""Refusals to handle a tip."""

from datetime import date

from app.domain.errors import Conflict, FieldError, Forbidden, Invalid, InvalidFields, NotFound
from app.domain.values import format_day


class NotAssigned(Forbidden):
    code = "not_assigned"
    en = "Only who is assigned to this tip opens it; a tip officer of the unit assigns."
    vi = "Chỉ người được phân công mới mở được tin này; cán bộ tiếp nhận của đơn vị phân công."


class MustBeHandedOver(Conflict):
    code = "must_be_handed_over"
    en = "This is not settled here: {_en}. Transfer it, or let an investigator take it up."
    vi = "Không giải quyết tại chỗ: {_vi}. Hãy chuyển hoặc giao cho điều tra viên thụ lý."


class NoOpenDeadline(Conflict):
    code = "no_clock_runs"
    en = "No deadline of this kind is running for this tip."
    vi = "Tin này không có thời hạn nào như vậy đang chạy."


class AlreadyAssigned(Conflict):
    code = "already_assigned"
    en = "This person is assigned to the tip already."
    vi = "Người này đã được phân công xử lý tin."


class AssignmentNotFound(NotFound):
    code = "assignment_not_found"
    en = "This tip has no such assignment that has not ended."
    vi = "Tin này không có phân công đang hiệu lực như vậy."


class AlreadyLinked(Conflict):
    code = "already_linked"
    en = "These two tips are linked already."
    vi = "Hai tin này đã được liên kết."


class LinkNotFound(NotFound):
    code = "tip_link_not_found"
    en = "These two tips are not linked."
    vi = "Hai tin này chưa được liên kết."


class TipFileNotFound(NotFound):
    code = "tip_attachment_not_found"
    en = "This tip has no such attachment that you may read."
    vi = "Tin này không có tệp đính kèm như vậy trong phạm vi được đọc."


class TipFileMissing(Conflict):
    code = "tip_attachment_away"
    en = "The content of this attachment is not where it was stored."
    vi = "Không tìm thấy nội dung tệp đính kèm ở nơi lưu trữ."


class TipFileTooLarge(Invalid):
    code = "tip_attachment_too_large_here"
    en = "Over GraphQL an attachment has at most {most} bytes; read this one over REST."
    vi = "Qua GraphQL, tệp đính kèm tối đa {most} byte; hãy đọc tệp này qua REST."


class CannotBeAssigned(InvalidFields):
    """The same for unknown persons as for refused ones, so that accounts are not found out."""

    def __init__(self) -> None:
        en = "Say yourself, or a tip officer or investigator whose unit reaches this tip."
        vi = "Chỉ định chính mình, hoặc cán bộ tiếp nhận, điều tra viên có đơn vị quản lý tin này."
        super().__init__(FieldError("/subject", "cannot_be_assigned", en, vi))


class SpanOutside(InvalidFields):
    def __init__(self, number: int, length: int) -> None:
        en = f"A span lies within the text: it begins before it ends, at {length} at the latest."
        vi = f"Đoạn phải nằm trong nội dung: đầu trước cuối, cuối không quá {length}."
        super().__init__(FieldError(f"/spans/{number}", "span_outside", en, vi, length=length))


class FieldNotTaken(InvalidFields):
    def __init__(self, field: str, action: str) -> None:
        en, vi = f"{field} is not used to {action}.", f"{field} không dùng cho {action}."
        super().__init__(FieldError(f"/{field}", "out_of_place", en, vi))


class MessageNeeded(InvalidFields):
    def __init__(self) -> None:
        en = "A message to the informant is needed to notify them."
        vi = "Thông báo cho người báo tin cần có nội dung thông báo."
        super().__init__(FieldError("/message", "message_needed", en, vi))


class ChoiceNeeded(InvalidFields):
    def __init__(self, field: str, action: str, allowed: list[str]) -> None:
        known = ", ".join(allowed)
        en = f"{action} needs {field}. Allowed: {known}."
        vi = f"{action} cần có {field}. Cho phép: {known}."
        super().__init__(FieldError(f"/{field}", f"{field}_needed", en, vi, allowed=allowed))


class ReasonToDowngrade(InvalidFields):
    def __init__(self, kind: str) -> None:
        en = f"Say why this tip is no longer {kind}: its downgrade is counted beside the share."
        vi = f"Nêu lý do tin không còn là {kind}: việc hạ loại được thống kê cạnh tỷ lệ giải quyết."
        super().__init__(FieldError("/reason", "reason_needed", en, vi, kind=kind))


class NotToday(InvalidFields):
    def __init__(self, today: date) -> None:
        en = f"A step of a tip is recorded on the day it is taken: {today.isoformat()}, or nothing."
        vi = f"Bước xử lý được ghi nhận trong ngày thực hiện: {format_day(today)}, hoặc bỏ trống."
        allowed = [today.isoformat()]
        super().__init__(FieldError("/effective_on", "on_the_day_only", en, vi, allowed=allowed))


class SameTip(InvalidFields):
    def __init__(self) -> None:
        en, vi = "A tip is linked to another one.", "Chỉ liên kết với một tin khác."
        super().__init__(FieldError("/other_id", "itself", en, vi))
