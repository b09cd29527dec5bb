"""What can be refused about programme models."""

from app.domain.errors import Conflict, Invalid, NotFound


class ModelNotFound(NotFound):
    code = "model_not_found"
    en = "There is no such model among your units."
    vi = "Không có mô hình này trong phạm vi đơn vị của bạn."


class ModelTypeNotFound(NotFound):
    code = "model_type_not_found"
    en = "There is no model type {wanted}."
    vi = "Không có loại mô hình {wanted}."


class ModelTypeExists(Conflict):
    code = "model_type_exists"
    en = "A model type with the code {wanted} exists already."
    vi = "Đã có loại mô hình mang mã {wanted}."


class AlreadyRecorded(Conflict):
    code = "already_recorded"
    en = "You have recorded a model under the reference {reference} already."
    vi = "Bạn đã ghi nhận một mô hình với số tham chiếu {reference}."


class IllegalTransition(Conflict):
    code = "illegal_transition"
    en = "A model that is {state} cannot {action}. Allowed: {_allowed}."
    vi = "Mô hình ở trạng thái {state} không thể {action}. Cho phép: {_allowed}."

    def __init__(self, state: str, action: str, allowed_actions: list[str]) -> None:
        super().__init__(
            state=state,
            action=action,
            allowed_actions=allowed_actions,
            _allowed=", ".join(allowed_actions) or "—",
        )


class NotYet(Invalid):
    code = "not_in_the_future"
    en = "A model is not launched on a day to come: {day}."
    vi = "Không thể ra mắt mô hình vào một ngày chưa đến: {day}."
