"""Errors of incidents."""

from app.db.tables.incidents import Incident, IncidentLink
from app.domain.errors import Conflict, FieldError, InvalidFields
from app.domain.records.errors import derive_not_found

derive_not_found(Incident, "incident", "vụ việc")
derive_not_found(IncidentLink, "link of the incident", "liên kết của vụ việc")
WANTED = {
    "none": ("no days", "không có ngày"),
    "both": ("both days, in order", "cần đủ hai ngày, theo thứ tự"),
    "words": ("period_text, the words of the source", "cần period_text là lời của nguồn"),
    "first": ("the first day of its unit of time as period_from", "bắt đầu từ ngày đầu kỳ"),
    "last": ("the last day of its unit of time as period_to", "kết thúc vào ngày cuối kỳ"),
    "one": ("one day, that of occurred_at", "chỉ một ngày, là ngày của occurred_at"),
}


class UnknownCategory(InvalidFields):
    def __init__(self, category: str, day: str | None = None) -> None:
        held = f" on {day}" if day else ""
        en = f"The taxonomy of incidents has no category {category}{held}."
        vi = f"Danh mục vụ việc không có loại {category}" + (f" vào ngày {day}." if day else ".")
        super().__init__(FieldError(
            "/category", "unknown_category", en, vi, vocabulary="incident-categories"
        ))  # fmt: skip


class TimeByPrecision(InvalidFields):
    def __init__(self, field: str, precision: str, wanted: str) -> None:
        en = f"A time with the precision {precision} has {WANTED[wanted][0]}."
        vi = f"Thời gian với độ chính xác {precision} {WANTED[wanted][1]}."
        super().__init__(FieldError(f"/{field}", "time_by_precision", en, vi))


class TimeToCome(InvalidFields):
    def __init__(self, field: str) -> None:
        en = f"{field} lies in the future: an incident is recorded when it has happened."
        vi = f"{field} ở tương lai: chỉ ghi nhận vụ việc đã xảy ra."
        super().__init__(FieldError(f"/{field}", "time_to_come", en, vi))


class ReportedEarly(InvalidFields):
    def __init__(self) -> None:
        en = "reported_on lies before the incident: correct one of the two."
        vi = "reported_on trước khi vụ việc xảy ra: hãy sửa một trong hai ngày."
        super().__init__(FieldError("/reported_on", "reported_early", en, vi))


class SingleIsOne(InvalidFields):
    def __init__(self) -> None:
        en = "A single incident counts 1, exactly; several are a summary (form)."
        vi = "Bản ghi single đúng bằng 1 vụ; nhiều vụ thì dùng form summary."
        super().__init__(FieldError("/incident_count", "single_is_one", en, vi))


class NoAccident(InvalidFields):
    def __init__(self, category: str) -> None:
        en = f"deaths, injured and damage are of accidents and fires; {category} is neither."
        vi = f"deaths, injured, damage chỉ dùng cho tai nạn, cháy nổ; {category} không thuộc loại."
        super().__init__(FieldError("/category", "no_accident", en, vi))


class ComparedByForm(InvalidFields):
    def __init__(self) -> None:
        en = "compared_from and compared_to go together, in order, with the form change alone."
        vi = "compared_from và compared_to đi cùng nhau, đúng thứ tự, chỉ với form change."
        super().__init__(FieldError("/compared_to", "compared_by_form", en, vi))


class CountedAlready(Conflict):
    """Refuse to count incidents twice: one by one, and in a summary of their days."""

    code = "counted_already"
    en = "{records} records count {category} of this unit in these days already, as {form}."
    vi = "Đã có {records} bản ghi ({form}) đếm {category} của đơn vị trong những ngày này."


class NotMediable(Conflict):
    """Refuse a mediation as the end of what may not be mediated."""

    code = "not_mediable"
    en = "{category} has signs of a crime or a violation, or is violence: it is never mediated."
    vi = "{category} có dấu hiệu tội phạm, vi phạm hoặc bạo lực: không kết thúc bằng hòa giải."


class ResultNotTaken(InvalidFields):
    def __init__(self) -> None:
        en = "result is needed for the action resolve, and for no other."
        vi = "result là bắt buộc với hành động resolve, và chỉ với hành động này."
        super().__init__(FieldError("/result", "result_by_action", en, vi))


class LinkExists(Conflict):
    code = "link_exists"
    en = "The incident has this link already."
    vi = "Vụ việc đã có liên kết này."


class LinkedFromAbove(InvalidFields):
    def __init__(self, relation: str) -> None:
        en = f"{relation} is recorded with the tip or the activity, not here."
        vi = f"{relation} được ghi cùng với tin báo hoặc hoạt động, không ghi tại đây."
        super().__init__(FieldError("/relation", "linked_from_above", en, vi))


class LinkToItself(InvalidFields):
    def __init__(self) -> None:
        en, vi = "An incident is not linked to itself.", "Vụ việc không liên kết với chính nó."
        super().__init__(FieldError("/other_id", "link_to_itself", en, vi))
