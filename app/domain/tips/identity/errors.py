"""What can be refused to whoever wants to know an informant."""

from app.domain.errors import Conflict, FieldError, Forbidden, NotFound


class IdentityRequestNotFound(NotFound):
    code = "identity_request_not_found"
    en = "There is no such request among those of your units."
    vi = "Không có yêu cầu này trong phạm vi đơn vị của bạn."


class NoContact(Conflict):
    code = "no_contact"
    en = "This informant left nothing by which he could be known."
    vi = "Người báo tin không để lại thông tin liên hệ."


class AlreadyRequested(Conflict):
    code = "identity_already_requested"
    en = "You have a request for this tip that is {state} already."
    vi = "Bạn đã có yêu cầu đối với tin này, đang ở trạng thái {state}."


class NotYourRequest(Forbidden):
    code = "not_your_request"
    en = "Only whoever made a request withdraws it."
    vi = "Chỉ người lập yêu cầu được rút yêu cầu."


class SecondPersonNeeded(Forbidden):
    code = "second_person_needed"
    en = "Another person decides, who serves for another unit, not below that of the requester."
    vi = "Phải do người khác, thuộc đơn vị khác không nằm dưới đơn vị người yêu cầu, quyết định."


class IdentityNotOpened(Forbidden):
    """Told with each condition that does not hold, and what would help where it is only one."""

    code = "identity_not_opened"
    en = "The identity stays closed; see errors."
    vi = "Chưa được mở danh tính; xem errors."


class IdentityGone(Conflict):
    code = "identity_gone"
    en = "What the informant left of himself is not kept any more."
    vi = "Thông tin liên hệ của người báo tin không còn được lưu."


NOT_ASSIGNED = FieldError(
    "", "not_assigned",
    "Only who asked for it and is assigned to the tip now opens it.",
    "Chỉ người đã yêu cầu và đang được phân công xử lý tin được mở.",
)  # fmt: skip
NOT_OPEN = FieldError(
    "", "not_open", "The request is not open.", "Yêu cầu không còn hiệu lực."
)  # fmt: skip
NOT_APPROVED = FieldError(
    "", "not_approved",
    "No second person of another unit has approved it.",
    "Chưa được người thứ hai thuộc đơn vị khác chấp thuận.",
)  # fmt: skip
SECOND_FACTOR = FieldError(
    "", "second_factor_not_fresh",
    "Sign in again with your second factor, then open it within five minutes.",
    "Hãy đăng nhập lại bằng yếu tố xác thực thứ hai rồi mở trong vòng năm phút.",
)  # fmt: skip
EXPIRED = FieldError(
    "", "expired",
    "It can be opened three times within fifteen minutes of the approval; that is over.",
    "Chỉ được mở ba lần trong mười lăm phút kể từ khi chấp thuận; đã hết.",
)  # fmt: skip
