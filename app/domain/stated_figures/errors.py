"""Errors of stated figures."""

from app.db.tables.stated_figures import StatedFigure
from app.domain.errors import Conflict, FieldError, InvalidFields
from app.domain.records.errors import derive_not_found

WANTED = {
    "none": ("no days", "không có ngày"),
    "both": ("both days, in order", "cần đủ hai ngày, theo thứ tự"),
    "words": ("period_text, the words of the source", "cần period_text là lời của nguồn"),
    "first": ("the first day of its unit of time as period_from", "bắt đầu từ ngày đầu kỳ"),
    "last": ("the last day of its unit of time as period_to", "kết thúc vào ngày cuối kỳ"),
}
derive_not_found(StatedFigure, "stated figure", "số liệu nêu trong nguồn")


class FigureStated(Conflict):
    code = "figure_stated"
    en = "This source's figure for {label} in that period has been recorded already."
    vi = "Số liệu về {label} của nguồn này trong giai đoạn đó đã được ghi nhận."


class UnknownTerm(InvalidFields):
    def __init__(self, field: str, given: str, vocabulary: str) -> None:
        en = f"The vocabulary {vocabulary} has no code {given}."
        vi = f"Danh mục {vocabulary} không có mã {given}."
        super().__init__(FieldError(f"/{field}", "unknown_term", en, vi, vocabulary=vocabulary))


class NoCategories(InvalidFields):
    def __init__(self, measure: str) -> None:
        en = f"The measure {measure} has no categories."
        vi = f"Chỉ tiêu {measure} không có phân loại."
        super().__init__(FieldError("/category", "no_categories", en, vi))


class AnotherCountingUnit(InvalidFields):
    def __init__(self, measure: str, counts: str) -> None:
        en = f"The measure {measure} counts {counts}; leave counting_unit out, or give that."
        vi = f"Chỉ tiêu {measure} tính theo {counts}; hãy bỏ counting_unit hoặc ghi đúng đơn vị."
        super().__init__(FieldError("/counting_unit", "another_counting_unit", en, vi))


class UnitInWords(InvalidFields):
    def __init__(self) -> None:
        en = "counting_unit_text names the unit where counting_unit is other."
        vi = "Khi counting_unit là other, counting_unit_text phải nêu đơn vị tính."
        super().__init__(FieldError("/counting_unit_text", "unit_in_words", en, vi))


class ValueByQualifier(InvalidFields):
    def __init__(self) -> None:
        en = "A figure has a value, or else value_text or the qualifier unquantified, not both."
        vi = "Số liệu có value, hoặc có value_text hay qualifier là unquantified; không cả hai."
        super().__init__(FieldError("/value", "value_by_qualifier", en, vi))


class NegativeLevel(InvalidFields):
    def __init__(self) -> None:
        en = "Only a change (delta_only) is negative."
        vi = "Chỉ mức tăng, giảm (delta_only) mới có giá trị âm."
        super().__init__(FieldError("/value", "negative_level", en, vi))


class TooPrecise(InvalidFields):
    def __init__(self, most: int) -> None:
        en = f"A value has at most {most} decimals."
        vi = f"Giá trị có nhiều nhất {most} chữ số thập phân."
        super().__init__(FieldError("/value", "too_precise", en, vi, bound=most))


class PeriodByPrecision(InvalidFields):
    def __init__(self, field: str, precision: str, wanted: str) -> None:
        en = f"A period with the precision {precision} has {WANTED[wanted][0]}."
        vi = f"Thời kỳ với độ chính xác {precision} {WANTED[wanted][1]}."
        super().__init__(FieldError(f"/{field}", "period_by_precision", en, vi))


class ComparedWithoutChange(InvalidFields):
    def __init__(self) -> None:
        en = "compared_from and compared_to go together, in order, with delta_only alone."
        vi = "compared_from và compared_to đi cùng nhau, đúng thứ tự, chỉ với delta_only."
        super().__init__(FieldError("/compared_to", "compared_without_change", en, vi))


class HalfASubject(InvalidFields):
    def __init__(self) -> None:
        en = "subject_resource and subject_id are given together, or not at all."
        vi = "subject_resource và subject_id phải có cùng nhau hoặc cùng bỏ trống."
        super().__init__(FieldError("/subject_id", "half_a_subject", en, vi))


class SubjectNotFound(InvalidFields):
    def __init__(self, resource: str) -> None:
        en = f"There is no such {resource} among your units."
        vi = f"Không có {resource} này trong phạm vi đơn vị của bạn."
        super().__init__(FieldError("/subject_id", "subject_not_found", en, vi))


class SourceNeeded(InvalidFields):
    def __init__(self) -> None:
        en = "A figure names its source: a document, or source in words."
        vi = "Số liệu phải nêu nguồn: văn bản (document_id) hoặc nguồn bằng lời (source)."
        super().__init__(FieldError("/source", "source_needed", en, vi))
