"""Errors of forces."""

from app.db.tables.committees import Committee
from app.db.tables.forces import Team, TeamSizeRule
from app.db.tables.team_members import TeamMember
from app.domain.errors import Conflict, FieldError, Forbidden, Invalid, InvalidFields
from app.domain.records.errors import derive_not_found

derive_not_found(Team, "team", "tổ")
derive_not_found(
    TeamMember, "member", "thành viên", where=("among your teams", "trong các tổ của bạn")
)
derive_not_found(Committee, "committee", "ban chỉ đạo")
derive_not_found(TeamSizeRule, "rule of size", "quy định số lượng")


class UnitStands(Conflict):
    code = "unit_stands"
    en = "The unit of the committee stands; only a committee of an ended unit follows."
    vi = "Đơn vị của ban chỉ đạo vẫn tồn tại; chỉ chuyển ban chỉ đạo của đơn vị đã kết thúc."


class TeamRecorded(Conflict):
    code = "team_already_recorded"
    en = "You have recorded a team under the reference {reference} already."
    vi = "Bạn đã ghi nhận một tổ với số tham chiếu {reference}."


class TeamsRefused(InvalidFields):
    """Lists each fault with its row; nothing was recorded."""

    code = "teams_refused"
    en = "Some of the teams cannot be recorded, so none was; see errors."
    vi = "Có tổ không ghi nhận được nên chưa ghi tổ nào; xem errors."


class DayToCome(Invalid):
    code = "day_to_come"
    en = "Nothing takes effect here on a day to come: {day}."
    vi = "Không ghi nhận hiệu lực vào ngày chưa đến: {day}."


class TooEarly(Invalid):
    code = "too_early"
    en = "{day} lies before {since}, when what this follows took effect."
    vi = "{day} trước ngày {since}, là ngày việc trước đó có hiệu lực."


class TooManyPositions(Invalid):
    code = "too_many_positions"
    en = "{positions} positions beside the chair are more than a committee of {size} has."
    vi = "{positions} chức danh ngoài trưởng ban là quá số thành viên ({size}) của ban."


class NoSuchDay(Conflict):
    code = "no_such_day"
    en = "The state is {state}: it has no such day yet, which comes with its own action."
    vi = "Trạng thái là {state}: chưa có ngày này; ngày được ghi khi thực hiện bước tương ứng."


class TeamNotStanding(Conflict):
    code = "team_not_standing"
    en = "The team is {state}: only one that is established and not dissolved has members."
    vi = "Tổ đang ở trạng thái {state}: chỉ tổ đã thành lập và chưa giải thể mới có thành viên."


class TeamClosed(Conflict):
    code = "team_closed"
    en = "The team is {state}; nobody joins it."
    vi = "Tổ đang ở trạng thái {state}; không nhận thêm người."


class LeaderTaken(Conflict):
    code = "leader_taken"
    en = "The team has another leader since {since}; a team has one leader on any day."
    vi = "Tổ đã có tổ trưởng khác từ ngày {since}; mỗi ngày tổ chỉ có một tổ trưởng."


class OutsideSizeRule(Conflict):
    """Names the rule, its bounds and its legal basis."""

    code = "outside_size_rule"
    en = "The rule {basis} allows {least} to {most} members, {deputies} of them deputies."
    vi = "{basis} quy định từ {least} đến {most} thành viên, trong đó {deputies} tổ phó."


class NotServing(Conflict):
    code = "not_serving"
    en = "Only an active member can do this; this one is {state}."
    vi = "Chỉ áp dụng với thành viên đang hoạt động; người này ở trạng thái {state}."


class AlreadyRated(Conflict):
    code = "already_rated"
    en = "The service in {year} is rated already; say the reason to correct it."
    vi = "Năm {year} đã được xếp loại; hãy nêu lý do nếu cần sửa."


class WindowOpen(Conflict):
    code = "rating_window_open"
    en = "Service in {year} is rated after {window_to}."
    vi = "Năm {year} chỉ xếp loại sau ngày {window_to}."


class NoRatingTerms(Invalid):
    code = "no_rating_terms"
    en = "No law that we know of rates the service in {year}."
    vi = "Chưa có quy định về xếp loại cho năm {year}."


class ServedTooShort(Conflict):
    code = "served_too_short"
    en = "Who served less than {least_months} months of {year} is not rated."
    vi = "Người tham gia dưới {least_months} tháng trong năm {year} không được xếp loại."


class NotAProvince(Invalid):
    code = "not_a_province"
    en = "A rule of size is for a province; {name} is a {level}."
    vi = "Quy định số lượng thuộc cấp tỉnh; {name} là cấp {level}."


class ForProvincesOnly(Forbidden):
    code = "for_provinces_only"
    en = "Only who serves for the province or the country decides on sizes."
    vi = "Chỉ cấp tỉnh hoặc trung ương quyết định số lượng."


class RuleNotLater(Conflict):
    code = "size_rule_not_later"
    en = "The province has a rule since {since} already; a new one begins after it."
    vi = "Tỉnh đã có quy định từ ngày {since}; quy định mới phải bắt đầu sau đó."


class SizesDisagree(InvalidFields):
    """Least, most and deputies as they would stand together."""

    def __init__(self) -> None:
        en = "least is at most as much as most, and deputies are fewer than most."
        vi = "least không lớn hơn most, và số tổ phó ít hơn most."
        super().__init__(FieldError("/most", "sizes_disagree", en, vi))


class ModelCodeDisagrees(InvalidFields):
    """A committee of a model names it, and no other does; both are corrected together."""

    def __init__(self) -> None:
        en = "model_code is needed for the scope model, and for no other; correct both together."
        vi = "model_code là bắt buộc với scope model, và chỉ với scope này; hãy sửa cả hai."
        super().__init__(FieldError("/model_code", "model_code_disagrees", en, vi))
