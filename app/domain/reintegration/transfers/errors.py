"""Refusals to hand a case over."""

from app.db.tables.reintegration_transfers import ReintegrationTransfer
from app.domain.errors import Conflict, FieldError, InvalidFields
from app.domain.records.errors import derive_not_found

derive_not_found(
    ReintegrationTransfer, "hand-over", "việc chuyển hồ sơ",
    where=("from your unit or to it", "từ đơn vị của bạn hoặc đến đơn vị của bạn"),
)  # fmt: skip


class CaseNotMovable(Conflict):
    code = "case_not_to_be_moved"
    en = "The case is closed; only an open one is handed over."
    vi = "Hồ sơ đã kết thúc; chỉ chuyển hồ sơ đang theo dõi."


class CaseAlreadyOffered(Conflict):
    code = "case_already_offered"
    en = "The case is offered to a unit already; withdraw that offer first."
    vi = "Hồ sơ đang được đề nghị chuyển cho một đơn vị; hãy rút đề nghị đó trước."


class CaseMovedOn(Conflict):
    code = "case_moved_on"
    en = "The unit that offered this case has gone on with it; decline the offer."
    vi = "Đơn vị chuyển đã tiếp tục xử lý hồ sơ này; hãy từ chối đề nghị."


class DeclineReasonNeeded(InvalidFields):
    def __init__(self, action: str, allowed: list[str]) -> None:
        known = ", ".join(allowed)
        en = f"Only declining has a reason, and needs one: {known}. This is: {action}."
        vi = f"Chỉ từ chối mới có, và phải có, reason: {known}. Bước này là: {action}."
        super().__init__(FieldError("/reason", "reason_needed", en, vi, allowed=allowed))
