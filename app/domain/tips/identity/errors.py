"""Refusals about the identities of informants."""

from app.db.tables.tip_parts import IdentityRequest
from app.domain.errors import Conflict, FieldError
from app.domain.records.errors import derive_not_found

derive_not_found(
    IdentityRequest, "request", "yêu cầu",
    where=("among those of your units", "trong phạm vi đơn vị của bạn"),
)  # fmt: skip


class NoContact(Conflict):
    code = "no_contact"
    en = "This informant left no contact details."
    vi = "Người báo tin không để lại thông tin liên hệ."


class AlreadyRequested(Conflict):
    code = "identity_already_requested"
    en = "You have a request for this tip that is {state} already."
    vi = "Bạn đã có yêu cầu đối với tin này, đang ở trạng thái {state}."


class IdentityGone(Conflict):
    code = "identity_gone"
    en = "The contact details of the informant are not stored any more."
    vi = "Thông tin liên hệ của người báo tin không còn được lưu."


NOT_ASSIGNED = FieldError(
    "", "not_assigned",
    "Only the requester, while assigned to the tip, can open it.",
    "Chỉ người đã yêu cầu và đang được phân công xử lý tin được mở.",
)  # fmt: skip
