"""Refusals about emergency openings of cases."""

from app.db.tables.reintegration_openings import ReintegrationOpening
from app.domain.errors import Conflict, Forbidden
from app.domain.records.errors import derive_not_found

derive_not_found(ReintegrationOpening, "emergency opening", "lượt mở khẩn cấp")


class CaseOpenAlready(Conflict):
    code = "case_open_already"
    en = "You have opened this case already; it is open to you until the time named."
    vi = "Bạn đã mở hồ sơ này; hồ sơ mở cho bạn đến thời điểm nêu kèm theo."


class PartInCase(Conflict):
    code = "part_in_case"
    en = "You have a part in this case: read it by that."
    vi = "Bạn được phân công trong hồ sơ này: hãy đọc theo phân công đó."


class OwnOpening(Forbidden):
    code = "own_opening"
    en = "Nobody reviews their own opening; another approver of this unit or of one above does."
    vi = "Không tự xem xét lượt mở của mình; người phê duyệt khác của đơn vị hoặc cấp trên xem xét."
