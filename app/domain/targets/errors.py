"""Errors of targets."""

from app.db.tables.targets import Target
from app.domain.errors import Conflict, FieldError, Invalid, InvalidFields
from app.domain.records.errors import derive_not_found

derive_not_found(Target, "target", "chỉ tiêu phấn đấu")


class ShareNeeded(InvalidFields):
    def __init__(self, shape: str, indicator: str) -> None:
        en = f"{shape} is a target of a share; {indicator} is a number. Name a share."
        vi = f"Dạng {shape} dùng cho tỷ lệ; {indicator} là số lượng. Hãy chọn một tỷ lệ."
        super().__init__(FieldError("/indicator", "share_needed", en, vi))


class NumberNeeded(InvalidFields):
    def __init__(self, indicator: str) -> None:
        en = f"relative_change is a target of a number; {indicator} is a share: use growth."
        vi = f"relative_change dùng cho số lượng; {indicator} là tỷ lệ: hãy dùng growth."
        super().__init__(FieldError("/shape", "number_needed", en, vi))


class BasisByShape(InvalidFields):
    def __init__(self, *, needed: bool) -> None:
        en = "growth says its basis: relative or percentage_point." if needed else (
            "Only growth has a basis; leave it out.")  # fmt: skip
        vi = "growth phải nêu basis: relative hoặc percentage_point." if needed else (
            "Chỉ growth có basis; hãy bỏ trống.")  # fmt: skip
        super().__init__(FieldError("/basis", "basis_by_shape", en, vi))


class CeilingIsAtMost(InvalidFields):
    def __init__(self) -> None:
        en = "A ceiling is not exceeded: its comparator is at_most."
        vi = "Mức trần là không vượt quá: comparator phải là at_most."
        super().__init__(FieldError("/comparator", "ceiling_is_at_most", en, vi))


class ValueOutOfBounds(InvalidFields):
    def __init__(self, least: int, most: int | None) -> None:
        bound = f"{least}" if most is None else f"{least}–{most}"
        en = f"The value of such a target is at least {least}." if most is None else (
            f"The value of such a target is {least} to {most}.")  # fmt: skip
        vi = f"Giá trị của chỉ tiêu dạng này từ {least} trở lên." if most is None else (
            f"Giá trị của chỉ tiêu dạng này từ {least} đến {most}.")  # fmt: skip
        super().__init__(FieldError("/value", "value_out_of_bounds", en, vi, bound=bound))


class BaselineByShape(InvalidFields):
    def __init__(self, shape: str) -> None:
        en = f"{shape} is compared with no earlier period; leave the baseline out."
        vi = f"Dạng {shape} không so với kỳ trước; hãy bỏ các trường baseline."
        super().__init__(FieldError("/baseline_from", "baseline_by_shape", en, vi))


class BaselineOnce(InvalidFields):
    def __init__(self) -> None:
        en = (
            "A baseline is a figure of baseline_from and baseline_to, both in order, or "
            "baseline_value with baseline_source."
        )
        vi = (
            "Gốc so sánh là số liệu từ baseline_from đến baseline_to (đủ hai ngày, theo thứ tự), "
            "hoặc baseline_value kèm baseline_source."
        )
        super().__init__(FieldError("/baseline_value", "baseline_once", en, vi))


class PeriodOfTarget(InvalidFields):
    def __init__(self) -> None:
        en = "Name the period: window, or period_from and period_to in order; at most 10 years."
        vi = "Hãy nêu kỳ: window, hoặc period_from và period_to theo thứ tự; dài nhất 10 năm."
        super().__init__(FieldError("/period_from", "period_of_target", en, vi))


class SameValue(Conflict):
    code = "same_value"
    en = "The target has this value already; a revision states another."
    vi = "Chỉ tiêu đã có giá trị này; lần điều chỉnh phải nêu giá trị khác."


class NotBelow(Invalid):
    code = "not_below"
    en = "{unit} does not lie below the unit of the target."
    vi = "{unit} không thuộc đơn vị của chỉ tiêu."


class UnitHasPart(Conflict):
    code = "unit_has_part"
    en = "{unit} has its part of this target already: revise that one."
    vi = "{unit} đã được giao phần của chỉ tiêu này: hãy điều chỉnh phần đó."


class RevisedBefore(Conflict):
    code = "revised_before"
    en = "A value holds from {day} already; a revision holds from that day on, or a later one."
    vi = "Đã có giá trị áp dụng từ {day}; lần điều chỉnh phải từ ngày đó hoặc sau đó."
