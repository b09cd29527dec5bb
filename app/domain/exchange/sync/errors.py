"""Errors of offline sync."""

from app.db.tables.sync import SyncConflict
from app.domain.errors import Conflict, FieldError, Invalid, InvalidFields
from app.domain.records.errors import derive_not_found

derive_not_found(SyncConflict, "conflict", "xung đột", code="sync_conflict_not_found")


class ResourceNotSynced(Invalid):
    code = "resource_not_synced"
    en = "Operations of {wanted} are not pushed. Allowed: {_allowed}."
    vi = "Không nhận thao tác ngoại tuyến của {wanted}. Cho phép: {_allowed}."


class KindNotOffered(Invalid):
    code = "kind_not_offered"
    en = "{resource} takes no operation {wanted} from a device. Allowed: {_allowed}."
    vi = "{resource} không nhận thao tác {wanted} từ thiết bị. Cho phép: {_allowed}."


class OperationReused(Conflict):
    code = "operation_reused"
    en = "This operation id was used for another operation; make a new one for each."
    vi = "Mã thao tác này đã dùng cho thao tác khác; hãy tạo mã mới cho mỗi thao tác."


class ParentNeeded(InvalidFields):
    def __init__(self) -> None:
        en = "A new record of this resource needs parent_id, the record that it belongs to."
        vi = "Bản ghi mới loại này cần parent_id, mã của bản ghi mà nó thuộc về."
        super().__init__(FieldError("/parent_id", "parent_needed", en, vi))


class ConflictIsResolved(Conflict):
    code = "conflict_resolved"
    en = "This conflict is resolved already."
    vi = "Xung đột này đã được giải quyết."


class RecordVersionNeeded(InvalidFields):
    def __init__(self) -> None:
        en = "State record_version, the version of the record that you have read."
        vi = "Hãy nêu record_version, phiên bản của bản ghi mà bạn đã đọc."
        super().__init__(FieldError("/record_version", "record_version_needed", en, vi))


class ChoiceOfAnotherField(InvalidFields):
    """Refuse values beside a choice that has its own, or of another field."""

    def __init__(self, field: str) -> None:
        en = f"values holds {field} where the choice is other, and nothing otherwise."
        vi = f"values chỉ gồm {field} khi choice là other, và để trống trong trường hợp khác."
        super().__init__(FieldError("/values", "choice_misplaced", en, vi, allowed=[field]))
