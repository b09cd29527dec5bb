"""Errors about changes of the map, and faults of a plan."""

from app.db.tables.units import UnitReorganisation
from app.domain.errors import Conflict, Invalid
from app.domain.records.errors import derive_not_found

derive_not_found(
    UnitReorganisation, "reorganisation", "đợt sắp xếp", code="reorganisation_not_found"
)


class NotADraft(Conflict):
    code = "not_a_draft"
    en = "This reorganisation is {state} already; only a draft can be run dry or committed."
    vi = (
        "Đợt sắp xếp này đang ở trạng thái {state}; chỉ bản dự thảo mới chạy thử hay ban hành được."
    )


class NotReversible(Conflict):
    code = "not_reversible"
    en = "A {kind} that is {state} cannot be reversed; one that is committed can, once."
    vi = "Không thể đảo ngược {kind} đang ở trạng thái {state}; chỉ bản đã ban hành, và một lần."


class TouchedSince(Conflict):
    """Refuse the reversal; the error names the later change to reverse first."""

    code = "touched_since"
    en = "“{reorganisation}” has changed the same units since; reverse that first."
    vi = "“{reorganisation}” đã thay đổi chính các đơn vị này sau đó; hãy đảo ngược đợt ấy trước."


class PlanNotReady(Conflict):
    """Refuse the plan; the error lists its faults."""

    code = "plan_not_ready"
    en = "The plan has {count} faults; the map is as it was."
    vi = "Phương án còn {count} lỗi; bản đồ chưa thay đổi."


class UnitNotStanding(Conflict):
    code = "unit_not_standing"
    en = "The unit {name} does not exist on {day}."
    vi = "Đơn vị {name} không tồn tại vào ngày {day}."


class ChangedSince(Conflict):
    code = "changed_since"
    en = "The unit {name} has been changed with effect on {day} or later."
    vi = "Đơn vị {name} đã có thay đổi hiệu lực từ ngày {day} hoặc muộn hơn."


class LevelDoesNotFit(Invalid):
    code = "level_does_not_fit"
    en = "{name} is a {level}: it cannot become {other}, a {other_level}."
    vi = "{name} là cấp {level}: không thể thành {other}, cấp {other_level}."


class ParentDoesNotFit(Invalid):
    code = "parent_does_not_fit"
    en = "{name} is a {level}: it cannot lie under {parent}, a {parent_level}."
    vi = "{name} là cấp {level}: không thể thuộc {parent}, cấp {parent_level}."


class SuccessorMissing(Conflict):
    code = "successor_missing"
    en = "The unit {name} ends, and no successor of it is known."
    vi = "Đơn vị {name} kết thúc mà chưa rõ đơn vị kế thừa."


class SharesExceedOne(Invalid):
    code = "shares_exceed_one"
    en = "The shares of {name} add up to {sum}, more than the whole."
    vi = "Các phần của {name} cộng lại là {sum}, lớn hơn toàn bộ."


class SeveralMain(Invalid):
    code = "several_main_successors"
    en = "Only one successor of {name} can be the main one."
    vi = "{name} chỉ có thể có một đơn vị kế thừa chính."


class NamedTwice(Invalid):
    code = "named_twice"
    en = "The plan states two things about {name} that exclude each other."
    vi = "Phương án nêu hai điều loại trừ nhau về {name}."


class AlreadyThere(Conflict):
    code = "already_there"
    en = "{name} lies under {parent} already."
    vi = "{name} vốn đã thuộc {parent}."


class NeedsAParent(Conflict):
    code = "needs_a_parent"
    en = "{name} would have no known parent; add a move that states its parent."
    vi = "{name} sẽ không rõ thuộc đơn vị nào; hãy nêu nơi chuyển đến."


class NotEnded(Conflict):
    code = "not_ended"
    en = "{name} did not end on {day}; only the successions of an ended unit can be corrected."
    vi = "{name} không kết thúc ngày {day}; chỉ hiệu đính kế thừa của đơn vị đã kết thúc."


class NotYetEffective(Conflict):
    code = "not_yet_effective"
    en = "This takes effect on {day}; it can be committed from that day on."
    vi = "Phương án có hiệu lực ngày {day}; từ ngày đó mới ban hành được."
