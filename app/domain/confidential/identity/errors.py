"""Refusals to request, decide upon or open an identity."""

from app.domain.errors import FieldError, Forbidden


class NotYourRequest(Forbidden):
    code = "not_your_request"
    en = "Only the requester can withdraw a request."
    vi = "Chỉ người lập yêu cầu được rút yêu cầu."


class SecondPersonNeeded(Forbidden):
    code = "second_person_needed"
    en = "Another person decides, who serves for another unit, not below that of the requester."
    vi = "Phải do người khác, thuộc đơn vị khác không nằm dưới đơn vị người yêu cầu, quyết định."


class IdentityNotOpened(Forbidden):
    """Lists each condition that fails, and says so where only a fresh sign-in is missing."""

    code = "identity_not_opened"
    audited = True  # with the condition that failed
    en = "The identity stays closed; see errors."
    vi = "Chưa được mở danh tính; xem errors."


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
