"""Errors of activities, campaigns and tasks."""

from collections.abc import Iterable

from app.db.tables.activities import Activity
from app.db.tables.campaigns import Campaign, Task
from app.domain.errors import Conflict, FieldError, InvalidFields
from app.domain.records.errors import derive_not_found

derive_not_found(Activity, "activity", "hoạt động")
derive_not_found(Campaign, "campaign", "đợt cao điểm")
derive_not_found(Task, "task", "nhiệm vụ")


class DetailByKind(InvalidFields):
    def __init__(self, detail: str, kind: str, *, needed: bool) -> None:
        en = f"An activity of the kind {kind} " + (f"needs {detail}." if needed else
                                                  f"has no {detail}.")  # fmt: skip
        vi = f"Hoạt động loại {kind} " + (f"cần có {detail}." if needed else f"không có {detail}.")
        super().__init__(FieldError(f"/{detail}", "detail_by_kind", en, vi))


class MeasureByKind(InvalidFields):
    def __init__(self, place: int, measure: str, kind: str, known: Iterable[str]) -> None:
        allowed = ", ".join(known)
        en = f"An activity of the kind {kind} does not count {measure}. Allowed: {allowed}."
        vi = f"Hoạt động loại {kind} không đếm {measure}. Cho phép: {allowed}."
        super().__init__(FieldError(f"/quantities/{place}/measure", "measure_by_kind", en, vi))


class UnitByMeasure(InvalidFields):
    """Refuse a number in another counting unit: lượt are never added to người."""

    def __init__(self, place: int, measure: str, counts: str) -> None:
        en = f"{measure} counts {counts}; a number of another counting unit is never added to it."
        vi = f"{measure} tính theo {counts}; không cộng số liệu của đơn vị tính khác vào."
        super().__init__(FieldError(
            f"/quantities/{place}/counting_unit", "another_counting_unit", en, vi
        ))  # fmt: skip


class CategoryByMeasure(InvalidFields):
    def __init__(self, place: int, measure: str) -> None:
        en = f"{measure} has no such category; see its vocabulary in /vocabularies/measures."
        vi = f"{measure} không có phân loại này; xem danh mục tại /vocabularies/measures."
        super().__init__(FieldError(f"/quantities/{place}/category", "unknown_term", en, vi))


class CountedTwice(InvalidFields):
    def __init__(self, place: int, measure: str) -> None:
        en = f"{measure} stands there twice: give one number, or record two activities."
        vi = f"{measure} được nêu hai lần: hãy ghi một số, hoặc ghi hai hoạt động."
        super().__init__(FieldError(f"/quantities/{place}/measure", "counted_twice", en, vi))


class MoreThanPresent(InvalidFields):
    def __init__(self) -> None:
        en = "foreigners_declared is at most as much as foreigners_present."
        vi = "foreigners_declared không lớn hơn foreigners_present."
        super().__init__(FieldError("/quantities", "more_than_present", en, vi))


class DaysByState(InvalidFields):
    def __init__(self, field: str, en: str, vi: str) -> None:
        super().__init__(FieldError(f"/{field}", "days_by_state", en, vi))


class NotYetHeld(InvalidFields):
    def __init__(self) -> None:
        en = "Only an activity that was held has numbers; this one is planned."
        vi = "Chỉ hoạt động đã tổ chức mới có số liệu; hoạt động này mới là kế hoạch."
        super().__init__(FieldError("/quantities", "not_yet_held", en, vi))


class IncidentsByKind(InvalidFields):
    def __init__(self) -> None:
        en = "Incidents are named by a mediation, and by an extraction of footage, alone."
        vi = "Chỉ hòa giải và trích xuất hình ảnh mới nêu vụ việc."
        super().__init__(FieldError("/incidents", "incidents_by_kind", en, vi))


class ActivityVerified(Conflict):
    code = "activity_verified"
    en = "The activity is {state}: it is not corrected any more. Supersede it, with a reason."
    vi = "Hoạt động ở trạng thái {state}: không sửa nữa. Hãy thay thế (supersede), nêu lý do."


class NothingToSupersede(Conflict):
    code = "nothing_to_supersede"
    en = "The activity is {state}: only a verified one is superseded; correct it."
    vi = "Hoạt động ở trạng thái {state}: chỉ thay thế hoạt động đã xác nhận; hãy sửa."


class HeldLater(InvalidFields):
    def __init__(self) -> None:
        en = "An activity is held on a day that has come; plan it until then."
        vi = "Chỉ ghi đã tổ chức khi ngày đó đã đến; trước đó hãy để ở kế hoạch."
        super().__init__(FieldError("/ends_on", "held_later", en, vi))


class TaskDayToCome(InvalidFields):
    def __init__(self) -> None:
        en, vi = "A task is done on a day that has come.", "Ngày hoàn thành phải đã đến."
        super().__init__(FieldError("/effective_on", "day_to_come", en, vi))


class ActivityByAction(InvalidFields):
    def __init__(self) -> None:
        en = "activity_id belongs to the action complete only."
        vi = "activity_id chỉ dùng với hành động complete."
        super().__init__(FieldError("/activity_id", "activity_by_action", en, vi))


class CampaignTurned(InvalidFields):
    def __init__(self) -> None:
        en = "A campaign begins before it ends."
        vi = "Đợt cao điểm phải bắt đầu trước khi kết thúc."
        super().__init__(FieldError("/ends_on", "campaign_turned", en, vi))


class OutsideCampaign(Conflict):
    code = "outside_campaign"
    en = "The activity lies outside the campaign, which lasts from {since} until {until}."
    vi = "Hoạt động nằm ngoài đợt cao điểm, kéo dài từ {since} đến {until}."
