"""What can be refused when a tip is handed over."""

from app.domain.errors import Conflict, FieldError, Forbidden, InvalidFields, NotFound


class TransferNotFound(NotFound):
    code = "tip_transfer_not_found"
    en = "There is no such transfer from your unit or to it."
    vi = "Không có việc chuyển tin này từ đơn vị của bạn hoặc đến đơn vị của bạn."


class NotToBeMoved(Conflict):
    code = "tip_not_to_be_moved"
    en = "The tip is {state}; only one that is triaged is handed over."
    vi = "Tin đang ở trạng thái {state}; chỉ chuyển tin đã phân loại."


class AlreadyOffered(Conflict):
    code = "tip_already_offered"
    en = "The tip is offered to a unit already; withdraw that offer first."
    vi = "Tin đang được đề nghị chuyển cho một đơn vị khác; hãy rút đề nghị đó trước."


class TakenBack(Conflict):
    code = "tip_moved_on"
    en = "The unit that offered this tip has gone on with it; decline the offer."
    vi = "Đơn vị chuyển đã tiếp tục xử lý tin này; hãy từ chối đề nghị."


class NotYourSide(Forbidden):
    code = "not_your_side"
    en = "The unit it is offered to accepts or declines; the unit that offers it withdraws."
    vi = "Đơn vị nhận quyết định tiếp nhận hoặc từ chối; đơn vị chuyển được rút đề nghị."


class NotThere(InvalidFields):
    """Told with the reason why a tip cannot go to a unit."""

    def __init__(self, code: str, en: str, vi: str) -> None:
        super().__init__(FieldError("/to_unit", code, en, vi))


class NotYoursToShare(InvalidFields):
    """Parts that were not shared with whoever hands the tip on."""

    def __init__(self, missing: list[str], allowed: list[str]) -> None:
        told, known = ", ".join(missing), ", ".join(allowed)
        en = f"{told}: not shared with your unit. Allowed: {known}."
        vi = f"{told}: không được chia sẻ cho đơn vị của bạn. Cho phép: {known}."
        super().__init__(FieldError("/shared", "not_shared", en, vi, allowed=allowed))
