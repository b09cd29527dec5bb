"""Refusals about tips as such."""

from app.db.tables.tips import Tip
from app.domain.errors import Unavailable
from app.domain.records.errors import derive_not_found

derive_not_found(
    Tip, "tip", "tin báo",
    where=("among those of your unit", "trong phạm vi đơn vị của bạn"),
)  # fmt: skip


class SealedHere(Unavailable):
    code = "sealed_here"
    en = "This server holds no key that decrypts tips; use a server that handles tips."
    vi = "Máy chủ này không giữ khóa mở nội dung tin báo; hãy dùng máy chủ xử lý tin."


class IntakeBusy(Unavailable):
    code = "intake_busy"
    en = "Very many tips are being handed in at this moment; send it again shortly."
    vi = "Hiện có rất nhiều tin báo gửi đến cùng lúc; vui lòng gửi lại sau ít phút."
