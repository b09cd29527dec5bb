"""Errors of documents."""

from app.db.tables.documents import Document
from app.domain.errors import Conflict, FieldError, Invalid, InvalidFields, NotFound
from app.domain.records.errors import derive_not_found

derive_not_found(Document, "document", "văn bản")


class DocumentExists(Conflict):
    code = "document_exists"
    en = "This issuer's document {number} {symbol} of {year} has been recorded already."
    vi = "Văn bản {number} {symbol} năm {year} của cơ quan này đã được ghi nhận."


class EarlierNotFound(NotFound):
    code = "earlier_document_not_found"
    en = "The document {wanted}, which this one supersedes, is not among your units."
    vi = "Văn bản {wanted} bị thay thế không có trong phạm vi đơn vị của bạn."


class NotInForce(Conflict):
    code = "document_not_in_force"
    en = "The document {wanted} is {state}: what was issued and stands can be superseded."
    vi = "Văn bản {wanted} đang ở trạng thái {state}: chỉ văn bản còn hiệu lực mới bị thay thế."


class LinksAreFixed(Conflict):
    code = "links_are_fixed"
    en = "Superseded documents are declared before the document is submitted."
    vi = "Việc thay thế văn bản khác phải được nêu trước khi trình."


class NumberNeeded(InvalidFields):
    def __init__(self) -> None:
        en = "A document is issued with a number and a symbol; register one that never had them."
        vi = "Văn bản ban hành phải có số và ký hiệu; hãy dùng register nếu văn bản gốc không có."
        super().__init__(FieldError("/number", "number_needed", en, vi))


class PeriodTurned(InvalidFields):
    def __init__(self) -> None:
        en, vi = "A period has both years, in order.", "Giai đoạn gồm hai năm, theo thứ tự."
        super().__init__(FieldError("/period_to", "period_turned", en, vi))


class ForceBeforeIssue(InvalidFields):
    def __init__(self) -> None:
        en = "A document comes into force on the day of its issue or later."
        vi = "Văn bản có hiệu lực từ ngày ban hành trở đi."
        super().__init__(FieldError("/in_force_on", "force_before_issue", en, vi))


class IssuedLater(Invalid):
    code = "issued_in_the_future"
    en = "A document is not issued on a day to come: {day}."
    vi = "Không thể ban hành văn bản vào một ngày chưa đến: {day}."


class SupersededTwice(InvalidFields):
    def __init__(self, wanted: str) -> None:
        en, vi = f"{wanted} is named twice.", f"{wanted} được nêu hai lần."
        super().__init__(FieldError("/supersedes", "superseded_twice", en, vi))
