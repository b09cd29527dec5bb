"""Errors of exports."""

from app.db.tables.exports import Export
from app.domain.errors import Conflict, Invalid, Unavailable
from app.domain.records.errors import derive_not_found

derive_not_found(Export, "export", "bản xuất dữ liệu")


class ExportNotReady(Conflict):
    code = "export_not_ready"
    en = "The export is {state}; it has no file. Look again later, or create another."
    vi = "Bản xuất đang ở trạng thái {state}, chưa có tệp. Hãy thử lại sau hoặc xuất lại."


class ExportExpired(Conflict):
    code = "export_expired"
    en = "The file was deleted at {expires_at}; create another export."
    vi = "Tệp đã bị xóa lúc {expires_at}; hãy xuất lại danh sách."


class ExportTooLargeHere(Invalid):
    code = "export_too_large_here"
    en = "This file is larger than {most} bytes; read it over HTTP, at its address in REST."
    vi = "Tệp lớn hơn {most} byte; hãy tải qua REST."


class CellTooLong(Invalid):
    code = "export_cell_too_long"
    en = "A value of row {row} is longer than a sheet takes, {most} characters; export CSV."
    vi = "Có giá trị ở dòng {row} dài quá {most} ký tự của một ô; hãy xuất dạng CSV."


class ExportStorageAway(Unavailable):
    code = "export_storage_unavailable"
    en = "The storage of exports does not answer right now; try again shortly."
    vi = "Kho tệp xuất tạm thời không truy cập được; vui lòng thử lại sau ít phút."
