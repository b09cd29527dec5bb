"""Errors about units and changes of the map."""

from app.domain.errors import Conflict, Invalid
from app.domain.records.unit_names import UnitNotFound as UnitNotFound


class CodeLacksZeros(UnitNotFound):  # type: ignore[misc, valid-type]
    code = "code_lacks_zeros"
    en = "There is no unit {wanted} on {day}; {likely} ({name}) is likely. Format codes as text."
    vi = "Không có đơn vị {wanted} vào ngày {day}; có lẽ là {likely} ({name}). Ghi mã dạng chữ."


class UnitClosed(Conflict):
    """Refuse an ended unit; the error lists its successors, so that a script can use one."""

    code = "unit_closed"
    en = "The unit {name} has ended on {closed_on}; use one of its successors."
    vi = "Đơn vị {name} đã kết thúc ngày {closed_on}; hãy dùng đơn vị kế thừa."


class NotASuccessor(Conflict):
    """Names the units that something of an ended unit may follow to."""

    code = "not_a_successor"
    en = "It can only follow to a successor of its unit that stands. Allowed: {_allowed}."
    vi = "Chỉ được chuyển sang đơn vị kế thừa đang tồn tại. Cho phép: {_allowed}."


class CodeTaken(Conflict):
    code = "code_taken"
    en = "Another unit has the code {wanted} in that period."
    vi = "Mã {wanted} đang thuộc một đơn vị khác trong thời gian đó."


class VillageExists(Conflict):
    code = "village_exists"
    en = "{parent} has a village {name} of this kind already."
    vi = "{parent} đã có {name} cùng loại."


class NotAnEnteredVillage(Conflict):
    code = "not_an_entered_village"
    en = "{name} is no village that was only entered: a change of the map corrects it."
    vi = "{name} không phải thôn chỉ mới được nhập; hãy sửa bằng một đợt sắp xếp đơn vị."


class ParentNotACommune(Invalid):
    code = "parent_not_a_commune"
    en = "A village belongs to a commune; {name} is a {level}."
    vi = "Thôn thuộc cấp xã; {name} là cấp {level}."


class PlanChanged(Conflict):
    code = "plan_changed"
    en = "The plan has changed since the dry run: its hash is {plan_hash} now. Run it again."
    vi = "Phương án đã khác với bản bạn xem: mã băm nay là {plan_hash}. Hãy chạy thử lại."


class RowsInvalid(Invalid):
    code = "rows_invalid"
    en = "{faults} of {rows} rows are not valid; nothing was written."
    vi = "{faults} trên {rows} dòng không hợp lệ; chưa ghi gì."


class NotABoundary(Invalid):
    code = "not_a_boundary"
    en = "{given} is not a boundary. Allowed: as_recorded, current, as_of:YYYY-MM-DD."
    vi = "{given} không phải ranh giới hợp lệ. Cho phép: as_recorded, current, as_of:YYYY-MM-DD."


class NotBegun(Invalid):
    code = "not_begun"
    en = "A unit is entered on or after the day it begins, not ahead of it: {day}."
    vi = "Chỉ nhập đơn vị từ ngày bắt đầu trở đi, không nhập trước: {day}."
