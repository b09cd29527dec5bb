"""Refusals to transfer a tip."""

from app.db.tables.tip_transfers import TipTransfer
from app.domain.errors import Conflict
from app.domain.records.errors import derive_not_found

derive_not_found(
    TipTransfer, "transfer", "việc chuyển tin",
    where=("from your unit or to it", "từ đơn vị của bạn hoặc đến đơn vị của bạn"),
)  # fmt: skip


class NotTransferable(Conflict):
    code = "tip_not_to_be_moved"
    en = "The tip is {state}; only one that is triaged is handed over."
    vi = "Tin đang ở trạng thái {state}; chỉ chuyển tin đã phân loại."


class AlreadyOffered(Conflict):
    code = "tip_already_offered"
    en = "The tip is offered to a unit already; withdraw that offer first."
    vi = "Tin đang được đề nghị chuyển cho một đơn vị khác; hãy rút đề nghị đó trước."


class MovedOn(Conflict):
    code = "tip_moved_on"
    en = "The unit that offered this tip has gone on with it; decline the offer."
    vi = "Đơn vị chuyển đã tiếp tục xử lý tin này; hãy từ chối đề nghị."
