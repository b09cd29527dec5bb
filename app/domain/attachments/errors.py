"""Errors of attachments."""

from app.db.tables.documents import Attachment
from app.domain.errors import DomainError, Invalid, Unavailable
from app.domain.records.errors import derive_not_found


class FileTooLarge(DomainError):
    code = "file_too_large"
    en = "The file is larger than {most} bytes."
    vi = "Tệp lớn hơn {most} byte."


class TooLargeHere(Invalid):
    code = "content_too_large_here"
    en = "This content is larger than {most} bytes; read it over HTTP, at its address in REST."
    vi = "Nội dung lớn hơn {most} byte; hãy tải qua REST."


derive_not_found(Attachment, "attachment", "tệp đính kèm")


class StorageAway(Unavailable):
    code = "storage_unavailable"
    en = "The storage of attachments does not answer right now; try again shortly."
    vi = "Kho tệp đính kèm tạm thời không truy cập được; vui lòng thử lại sau ít phút."
