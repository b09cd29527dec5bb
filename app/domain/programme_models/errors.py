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


class NotYet(Invalid):
    code = "not_in_the_future"
    en = "A model is not launched on a day to come: {day}."
    vi = "Không thể ra mắt mô hình vào một ngày chưa đến: {day}."
