"""Errors of imports."""

from collections.abc import Sequence
from typing import Any

from app.db.tables.imports import DataImport
from app.domain.errors import Conflict, FieldError, Invalid, InvalidFields
from app.domain.records.errors import derive_not_found

derive_not_found(DataImport, "import", "lần nhập tệp", code="import_not_found")


class ResourceNotImportable(Invalid):
    code = "resource_not_importable"
    en = "Files are not imported as {wanted}. Allowed: {_allowed}."
    vi = "Không nhập tệp thành {wanted}. Cho phép: {_allowed}."


class FieldNotThere(InvalidFields):
    """Refuse a mapping to a field that the resource does not take from a cell."""

    def __init__(self, number: int, wanted: str, allowed: list[str]) -> None:
        names = ", ".join(allowed)
        super().__init__(
            FieldError(
                f"/columns/{number}/field", "field_unknown",
                f"{wanted} is no field of this resource. Allowed: {names}.",
                f"Không có mục {wanted} ở loại bản ghi này. Cho phép: {names}.", allowed=allowed,
            )
        )  # fmt: skip


class PlanHashNeeded(InvalidFields):
    def __init__(self) -> None:
        super().__init__(
            FieldError(
                "/plan_hash", "plan_hash_needed",
                "commit needs the plan_hash of the preview.",
                "commit cần plan_hash của lần xem trước.",
            )
        )  # fmt: skip


class PlanIsAnother(Conflict):
    """Refuse to commit a plan that does not hold; the error lists the rows that differ."""

    code = "plan_changed"
    en = "The import would do something else than was previewed: {_rows}. Check it again."
    vi = "Kết quả nhập sẽ khác lần xem trước: {_rows}. Hãy kiểm tra lại."

    def __init__(
        self, plan_hash: str | None, differing: list[dict[str, Any]], rows: Sequence[Any] = ()
    ) -> None:
        self.rows = rows
        shown = "; ".join(f"{one['row']}: {one['message_vi']}" for one in differing[:5]) or "—"
        super().__init__(plan_hash=plan_hash, differing=differing, _rows=shown)


class RowsRefused(Conflict):
    code = "rows_refused"
    en = "{count} rows have faults. Correct the file, or commit the others with skip_faults."
    vi = "Có {count} dòng lỗi. Hãy sửa tệp, hoặc nhập các dòng còn lại bằng skip_faults."


class NothingToImport(Conflict):
    code = "nothing_to_import"
    en = "No row of this import is ready."
    vi = "Không có dòng nào sẵn sàng để nhập."


class RowsDeleted(Conflict):
    code = "rows_deleted"
    en = "The rows of this import were deleted on {day}; send the file again."
    vi = "Các dòng của lần nhập này đã bị xóa ngày {day}; hãy gửi lại tệp."
