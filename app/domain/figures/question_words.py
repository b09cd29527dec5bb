"""Questions about recorded numbers in words, in Vietnamese and in English."""

from typing import Any

from app.domain.figures.question_schemas import QuestionKind
from app.domain.records.vocabularies import MEASURES, find_term

TEXTS: dict[QuestionKind, tuple[str, str]] = {
    QuestionKind.REPEATED_FIGURE: (
        "Số {value} được ghi cho nhiều chỉ tiêu khác nhau ({measures_vi}). Có chép nhầm không?",
        "The number {value} stands for different measures ({measures_en}). Was it copied?",
    ),
    QuestionKind.MORE_PLACES_THAN_EXIST: (
        "{measures_vi}: {value}, trong khi có {existing} thôn, bản, tổ dân phố vào {day_vi}. Đây "
        "là tổng các lượt của nhiều năm?",
        "{measures_en}: {value}, while there are {existing} villages on {day}. Is each place "
        "counted several times?",
    ),
    QuestionKind.COPY_OF_LAST_YEAR: (
        "{measures_vi}: {value} đúng bằng cùng kỳ năm trước. Có chép lại số năm trước không?",
        "{measures_en}: {value} is exactly that of the year before. Was it copied?",
    ),
    QuestionKind.LATE_ENTRY: (
        "{number} bản ghi được nhập sau {late} ngày kể từ cuối kỳ. Vì sao nhập muộn?",
        "{number} records were entered over {late} days after their period. Why so late?",
    ),
    QuestionKind.UNDATED: (
        "{number} số liệu trong nguồn không ghi thời gian. Có thể bổ sung thời kỳ không?",
        "{number} stated figures have no period. Can it be added?",
    ),
}


def write_question(kind: QuestionKind, found: dict[str, Any], late: int) -> tuple[str, str]:
    """Write a question about what was found."""
    codes = found.get("measures") or [found[name] for name in ("measure",) if name in found]
    terms = [find_term(MEASURES, code) for code in codes]
    day = found.get("day")
    words = {
        "value": _write(found.get("value")), "existing": found.get("existing"), "late": late,
        "number": found.get("number"), "day": day, "day_vi": day and f"ngày {day:%d/%m/%Y}",
        "measures_vi": "; ".join(term.vi for term in terms if term),
        "measures_en": "; ".join(term.en for term in terms if term),
    }  # fmt: skip
    vi, en = TEXTS[kind]
    vi, en = vi.format(**words), en.format(**words)
    return vi[:1].upper() + vi[1:], en[:1].upper() + en[1:]


def _write(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"
