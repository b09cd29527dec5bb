"""The verdict on a target in words, in Vietnamese and in English."""

from decimal import ROUND_HALF_UP, Decimal

from app.db.tables.targets import TargetSide
from app.domain.targets.rules import Judgement, Unmeasurable, Verdict
from app.domain.targets.terms import Terms

Words = tuple[str, str]  # vi, en
SIGNS = {TargetSide.AT_LEAST: "≥", TargetSide.AT_MOST: "≤"}
VERDICTS: dict[Verdict, Words] = {
    Verdict.NOT_STARTED: ("Chưa đến kỳ.", "The period has not begun."),
    Verdict.ON_TRACK: ("Đang đúng tiến độ.", "It is on track."),
    Verdict.OFF_TRACK: ("Đang chậm so với tiến độ.", "It is off track."),
    Verdict.MET: ("Đạt.", "It is met."),
    Verdict.NOT_MET: ("Không đạt.", "It is not met."),
}
REASONS: dict[Unmeasurable, Words] = {
    Unmeasurable.NO_FIGURE: (
        "Không đo được: chưa có số liệu của kỳ.", "Not measurable: the period has no figure."),
    Unmeasurable.NO_BASELINE: (
        "Không đo được: chưa có số liệu kỳ gốc.", "Not measurable: the base period has no figure."),
    Unmeasurable.BASE_IS_ZERO: (
        "Không đo được: kỳ gốc bằng 0, không tính được phần trăm.",
        "Not measurable: the base is 0, of which there are no per cent."),
    Unmeasurable.ONE_CASE_DECIDES: (
        "Không đo được: kỳ gốc là {base}, thêm hoặc bớt một trường hợp là đổi kết luận.",
        "Not measurable: the base is {base}, so that one case more or less turns the verdict."),
    Unmeasurable.NOT_EXACT: (
        "Không đo được: số liệu không chính xác đủ để kết luận.",
        "Not measurable: the figure is not exact enough."),
}  # fmt: skip
POOLED: Words = (
    "Có thể xét gộp {years} năm.", "Taken together, {years} years could be measured.",
)  # fmt: skip
LINE: Words = (
    "Đến nay {value}; nếu tiếp tục đều như vậy, cuối kỳ khoảng {forecast} (dự báo đường thẳng "
    "theo {elapsed} % thời gian đã qua).",
    "So far {value}; at the same pace about {forecast} at the end (a straight line from the "
    "{elapsed} % of the period that are over).",
)
DONE: Words = ("Kết quả {value}.", "The result is {value}.")
REQUIRED: Words = ("Yêu cầu {sign} {threshold}.", "Required: {sign} {threshold}.")
SUM: Words = (
    "Tổng mức của {parts} đơn vị được giao là {sum}, khác mức {value} của chỉ tiêu này. Có chủ ý "
    "không?",
    "The values of the {parts} lower units add up to {sum}, and not to {value}. Is that meant?",
)


def explain(
    terms: Terms, found: Judgement, *, base: Decimal | None, value: Decimal | None, elapsed: Decimal
) -> Words:
    """Explain a verdict by the numbers that led to it."""
    numbers = {
        "base": base, "value": value, "threshold": found.threshold, "forecast": found.forecast,
        "elapsed": elapsed, "years": found.pooled_years,
    }  # fmt: skip
    vi, en = _choose(found)
    known_vi = {name: write(number, ",") for name, number in numbers.items()}
    known_en = {name: write(number) for name, number in numbers.items()}
    sign = SIGNS[terms.comparator]
    return vi.format(**known_vi, sign=sign), en.format(**known_en, sign=sign)


def _choose(found: Judgement) -> Words:
    """Choose the sentences of a verdict."""
    if found.reason is not None:
        return _join(REASONS[found.reason], *([POOLED] if found.pooled_years else []))
    if found.verdict is Verdict.NOT_STARTED:
        return VERDICTS[found.verdict]
    middle = DONE if found.forecast is None else LINE
    return _join(VERDICTS[found.verdict], REQUIRED, middle)


def _join(*parts: Words) -> Words:
    return " ".join(vi for vi, _ in parts), " ".join(en for _, en in parts)


def ask_sum(parts: int, total: Decimal, value: Decimal) -> Words:
    """Ask whether it is meant that the parts do not add up."""
    vi, en = SUM
    return (
        vi.format(parts=parts, sum=write(total, ","), value=write(value, ",")),
        en.format(parts=parts, sum=write(total), value=write(value)),
    )


def write(number: Decimal | int | None, point: str = ".") -> str:
    """Write a number with at most two decimals."""
    if number is None:
        return "–"
    rounded = Decimal(number).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return f"{rounded:f}".replace(".", point)
