"""Refusals about reintegration cases as such."""

from app.db.tables.reintegration import ReintegrationCase
from app.domain.errors import Conflict, FieldError, Forbidden, InvalidFields, NotFound, Unavailable
from app.domain.records.errors import derive_not_found

derive_not_found(
    ReintegrationCase, "case", "hồ sơ tái hòa nhập",
    where=("that you are assigned to in your unit", "mà bạn được phân công trong đơn vị"),
)  # fmt: skip


class CaseSealed(Unavailable):
    code = "case_sealed_here"
    en = "This server does not have the key of this case; use a server that handles cases."
    vi = "Máy chủ này không có khóa của hồ sơ; hãy dùng máy chủ xử lý hồ sơ tái hòa nhập."


class CaseClosed(Conflict):
    code = "case_closed"
    en = "The case is closed; a new return of the person is a new case that follows it."
    vi = "Hồ sơ đã kết thúc; lần trở về mới của người đó là một hồ sơ mới nối tiếp."


class OpenToReadAlone(Forbidden):
    code = "case_open_to_read_alone"
    en = "An emergency opening lets you read this case; who has a part in it changes it."
    vi = "Mở khẩn cấp chỉ cho đọc hồ sơ; chỉ người được phân công mới được thay đổi."


class SealedByClosing(Forbidden):
    code = "case_sealed_by_closing"
    en = "The case is closed, and opens for the rights of the person alone: purpose or dossier."
    vi = "Hồ sơ đã kết thúc, chỉ mở để thực hiện quyền của người đó: purpose hoặc bản sao hồ sơ."


class NoEarlierCase(InvalidFields):
    def __init__(self) -> None:
        en = "follows names a case of yours that was closed because of a new imprisonment."
        vi = "follows phải là hồ sơ của bạn đã kết thúc vì người đó lại bị phạt tù."
        super().__init__(FieldError("/follows", "no_earlier_case", en, vi))


class ClosingBasisNeeded(InvalidFields):
    def __init__(self, allowed: list[str]) -> None:
        known = ", ".join(allowed)
        en = f"close needs closing_basis, one of the six of TT 10/2024/TT-BCA, Đ.14: {known}."
        vi = f"close cần closing_basis, một trong sáu căn cứ tại Đ.14 TT 10/2024/TT-BCA: {known}."
        super().__init__(
            FieldError("/closing_basis", "closing_basis_needed", en, vi, allowed=allowed)
        )


class ClosingBasisNotTaken(InvalidFields):
    def __init__(self, action: str) -> None:
        en, vi = (
            f"closing_basis is not used to {action}.",
            f"closing_basis không dùng cho {action}.",
        )
        super().__init__(FieldError("/closing_basis", "out_of_place", en, vi))


class CannotTakeCase(InvalidFields):
    """The same for unknown persons as for refused ones, so that accounts are not found out."""

    def __init__(self) -> None:
        en = "subject names a reintegration case worker whose unit reaches this case."
        vi = "subject phải là cán bộ tái hòa nhập có đơn vị quản lý hồ sơ này."
        super().__init__(FieldError("/subject", "cannot_be_assigned", en, vi))


class HasPartAlready(Conflict):
    code = "has_part_already"
    en = "This person has a part in the case already; end that first."
    vi = "Người này đã tham gia hồ sơ; hãy kết thúc phân công đó trước."


class PartNotFound(NotFound):
    code = "case_assignment_not_found"
    en = "This case has no such assignment that has not ended."
    vi = "Hồ sơ không có phân công đang hiệu lực như vậy."


class OwnPart(Conflict):
    code = "own_part"
    en = "Nobody leaves a case by themselves: assign a colleague, who then ends your part."
    vi = "Không tự rời hồ sơ: hãy phân công đồng nghiệp, người đó sẽ kết thúc phần của bạn."


class EntryNotFound(NotFound):
    code = "case_entry_not_found"
    en = "This case has no such entry that is still open."
    vi = "Hồ sơ không có mục đang mở như vậy."


class DayInFuture(InvalidFields):
    def __init__(self, field: str, today: str) -> None:
        en = f"{field} is a day that has come: {today} at the latest."
        vi = f"{field} không được sau ngày hôm nay ({today})."
        super().__init__(FieldError(f"/{field}", "in_the_future", en, vi, at_most=today))


class MinorMismatch(InvalidFields):
    def __init__(self, *, is_minor: bool) -> None:
        right = str(is_minor).lower()
        en = f"By the year of birth, is_minor is {right}: it says who is under 18 on release."
        vi = f"Theo năm sinh, is_minor phải là {right}: người chưa đủ 18 tuổi vào ngày trở về."
        super().__init__(FieldError("/is_minor", "minor_mismatch", en, vi))


class EndsBeforeBeginning(InvalidFields):
    def __init__(self, field: str, since: str) -> None:
        en, vi = f"{field} is {since} at the earliest.", f"{field} không được trước {since}."
        super().__init__(FieldError(f"/{field}", "ends_before_beginning", en, vi, at_least=since))


class CaseAttended(Conflict):
    code = "case_attended"
    en = "Somebody has the lead of this case, or a part in it; they assign others."
    vi = "Hồ sơ đang có người phụ trách hoặc tham gia; người đó phân công thêm."


class NoNeedHere(InvalidFields):
    def __init__(self) -> None:
        en = "none_identified stands for a field in which the person has no need; it takes no text."
        vi = "none_identified nghĩa là không có nhu cầu trong lĩnh vực này; không kèm nội dung."
        super().__init__(FieldError("/text", "no_need_here", en, vi))


class VillagesHoldNone(InvalidFields):
    def __init__(self) -> None:
        en, vi = "Villages hold no cases; name the commune.", "Thôn không giữ hồ sơ; hãy chọn xã."
        super().__init__(FieldError("/unit", "not_in_a_village", en, vi))
