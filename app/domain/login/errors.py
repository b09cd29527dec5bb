"""Errors of sign-in and of changing credentials."""

from app.domain.errors import (
    DomainError,
    FieldError,
    Forbidden,
    Invalid,
    InvalidFields,
    Unavailable,
)


class WrongCredentials(Forbidden):
    code = "wrong_credentials"
    en = "The sign-in name and password do not go together."
    vi = "Tên đăng nhập và mật khẩu không khớp."


class WrongCode(Forbidden):
    code = "wrong_code"
    en = "This code is not right, or has been used; wait for the next one."
    vi = "Mã không đúng hoặc đã dùng; hãy chờ mã kế tiếp."


class WrongPassword(Forbidden):
    code = "wrong_password"
    en = "The present password is not right."
    vi = "Mật khẩu hiện tại không đúng."


class TooManyTries(DomainError):
    code = "too_many_tries"
    en = "Too many wrong tries. Try again in {retry_after} s."
    vi = "Nhập sai quá nhiều lần. Hãy thử lại sau {retry_after} giây."


class SignInBusy(Unavailable):
    code = "sign_in_busy"
    en = "Very many people are signing in at this moment. Try again in {retry_after} s."
    vi = "Hiện có rất nhiều người đăng nhập cùng lúc. Hãy thử lại sau {retry_after} giây."

    def __init__(self) -> None:
        super().__init__(retry_after=2)


class StartAgain(Invalid):
    code = "start_again"
    en = (
        "This page has been used or is older than five minutes. Go back to the app and start again."
    )
    vi = "Trang này đã dùng hoặc quá năm phút. Hãy quay lại ứng dụng và bắt đầu lại."


class NothingGranted(Forbidden):
    code = "nothing_granted"
    en = "You have signed in, but no unit has granted you a role. Ask your administrator."
    vi = "Bạn đã đăng nhập nhưng chưa được đơn vị nào giao vai trò. Hãy liên hệ người quản trị."


class NotYourUnit(Forbidden):
    code = "not_your_unit"
    en = "You have no role for this unit. Choose one of those listed."
    vi = "Bạn không có vai trò ở đơn vị này. Hãy chọn một đơn vị trong danh sách."


class ClientNotForYou(Forbidden):
    code = "client_not_for_your_unit"
    en = (
        "{application} works for the people of the unit that registered it, and yours is not one "
        "of those. An administrator of a higher unit can open it to your unit."
    )
    vi = (
        "{application} chỉ phục vụ đơn vị đã đăng ký nó, không phải đơn vị của bạn. Quản trị viên "
        "cấp trên có thể mở ứng dụng này cho đơn vị của bạn."
    )


class NothingToHand(Forbidden):
    code = "nothing_to_hand"
    en = "{application} asks for nothing that you may do, so there is nothing to allow it."
    vi = "{application} không yêu cầu việc nào thuộc quyền của bạn nên không có gì để cho phép."


class UnknownOutside(Forbidden):
    code = "unknown_outside"
    en = "The provider knows you, but no account here is yours. Ask your administrator."
    vi = "Nhà cung cấp xác nhận bạn, nhưng ở đây chưa có tài khoản của bạn. Hãy liên hệ quản trị."


class ProviderRefused(Forbidden):
    code = "provider_refused"
    en = "The sign-in at the provider was not completed. You may sign in with a password."
    vi = "Chưa hoàn tất đăng nhập ở nhà cung cấp. Bạn có thể đăng nhập bằng mật khẩu."


class ProviderDown(Unavailable):
    code = "provider_down"
    en = "The provider does not answer right now. You may sign in with a password."
    vi = "Nhà cung cấp tạm thời không trả lời. Bạn có thể đăng nhập bằng mật khẩu."


class InvitationSpent(Forbidden):
    code = "invitation_spent"
    en = "This invitation has been used or has run out. Ask your administrator for another."
    vi = "Thư mời này đã dùng hoặc hết hạn. Hãy xin người quản trị thư mời khác."


class NotAPerson(Forbidden):
    code = "not_a_person"
    en = "Only somebody who has an account can do this."
    vi = "Chỉ người có tài khoản mới làm được việc này."


class WeakPassword(InvalidFields):
    """A new password that is easy to guess; gives the reason."""

    code = "weak_password"
    en = "The new password is not strong enough: {_why_en}"
    vi = "Mật khẩu mới chưa đủ mạnh: {_why_vi}"

    def __init__(self, code: str, en: str, vi: str) -> None:
        super().__init__(FieldError("/new_password", code, en, vi), _why_en=en, _why_vi=vi)


class NotTheSame(InvalidFields):
    code = "not_the_same"
    en = "The two new passwords are not the same."
    vi = "Hai mật khẩu mới không giống nhau."


class NoDeliveryChannel(Unavailable):
    code = "no_delivery_channel"
    en = (
        "Invitations cannot be delivered: the operator of this server sets "
        "BINHYEN_INVITATION_OUTBOX to a folder that it can write to."
    )
    vi = (
        "Chưa gửi được thư mời: người vận hành máy chủ cần đặt BINHYEN_INVITATION_OUTBOX là thư "
        "mục ghi được."
    )
