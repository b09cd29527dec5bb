"""Errors of commendations and exemplars."""

from app.db.tables.commendations import Commendation, Exemplar
from app.domain.errors import FieldError, Invalid, InvalidFields
from app.domain.records.errors import derive_not_found

derive_not_found(Commendation, "commendation", "khen thưởng")
derive_not_found(Exemplar, "exemplar", "điển hình")


class AwardedLater(Invalid):
    code = "awarded_in_the_future"
    en = "A commendation is not given on a day to come: {day}."
    vi = "Không thể trao khen thưởng vào một ngày chưa đến: {day}."


class WhoIsNeeded(InvalidFields):
    """Does not repeat the value: it may be a person's name."""

    def __init__(self, wanted: str, other: str) -> None:
        en = f"This kind takes {wanted} alone; {other} must be empty."
        vi = f"Loại này chỉ ghi ở {wanted}; {other} để trống."
        super().__init__(FieldError(f"/{wanted}", "who_is_needed", en, vi))


class NoMoreNominated(Invalid):
    code = "no_more_nominated"
    en = "What is {state} is not changed any more; only a nomination is."
    vi = "Đang ở trạng thái {state} nên không sửa được; chỉ sửa khi còn là đề nghị."
