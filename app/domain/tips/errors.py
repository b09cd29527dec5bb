"""What can be refused about tips, whoever asks."""

from app.domain.errors import NotFound, Unavailable


class TipNotFound(NotFound):
    code = "tip_not_found"
    en = "There is no such tip among those of your unit."
    vi = "Không có tin báo này trong phạm vi đơn vị của bạn."


class SealedHere(Unavailable):
    code = "sealed_here"
    en = "This server holds no key that opens what informants told; ask one that handles tips."
    vi = "Máy chủ này không giữ khóa mở nội dung tin báo; hãy dùng máy chủ xử lý tin."


class IntakeBusy(Unavailable):
    code = "intake_busy"
    en = "Very many tips are being handed in at this moment; send it again shortly."
    vi = "Hiện có rất nhiều tin báo gửi đến cùng lúc; vui lòng gửi lại sau ít phút."
