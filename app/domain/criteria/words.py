"""Why a step of a calculation came out as it did, in Vietnamese and in English."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Because = tuple[str, str]  # vi, en
SIGNS = {
    "at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "equal": "=",
}  # fmt: skip
MISSING: dict[str, Because] = {
    "fail": ("Chưa có dữ liệu: tính là chưa đạt.", "Nothing is known: it counts as not met."),
    "leave_out": ("Chưa có dữ liệu: không tính.", "Nothing is known: it is left out."),
    "undecided": (
        "Chưa có dữ liệu: chưa thể kết luận.", "Nothing is known: it cannot be decided yet.",
    ),
}  # fmt: skip
SENTENCES: dict[tuple[bool, bool], Because] = {
    (True, False): ("Đạt.", "It holds."),
    (False, False): ("Chưa đạt.", "It does not hold."),
    (True, True): ("Không xảy ra.", "No such event."),
    (False, True): ("Đã xảy ra: loại.", "It has happened: knocked out."),
}


def tell_missing(strategy: str) -> Because:
    """Say what follows where nothing is known."""
    return MISSING[strategy]


def tell_sentence(holds: bool, occurs: bool) -> Because:
    """Say whether a sentence holds, or whether an event has happened."""
    return SENTENCES[holds, occurs]


def tell_points(points: Decimal, most: Decimal, bound: float | None) -> Because:
    """Say how many points were given, and the bound that they miss."""
    vi = f"{write(points, ',')}/{write(most, ',')} điểm"
    en = f"{write(points)} of {write(most)} points"
    if bound is None:
        return f"{vi}.", f"{en}."
    return f"{vi}, chưa đủ {write(bound, ',')}.", f"{en}, short of {write(bound)}."


def tell_value(
    value: Decimal | None, comparator: str, bound: float | None, *, fulfilled: bool,
    share: tuple[int, int] | None,
) -> Because:  # fmt: skip
    """Say what a value is, and whether it keeps its bound."""
    sign = SIGNS[comparator]
    vi, en = write(value, ","), write(value)
    if share:
        vi, en = f"{share[0]}/{share[1]} = {vi} %", f"{share[0]}/{share[1]} = {en} %"
    yes = ("đạt", "is met") if fulfilled else ("chưa đạt", "is not met")
    return (
        f"{vi}; yêu cầu {sign} {write(bound, ',')}: {yes[0]}.",
        f"{en}; required {sign} {write(bound)}: {yes[1]}.",
    )


def tell_whole(steps: Sequence[Any]) -> Because:
    """Say how many steps are met, and name those that are not."""
    counted = [one for one in steps if one.status != "left_out"]
    met = sum(one.status == "met" for one in counted)
    vi, en = f"Đạt {met}/{len(counted)}", f"{met} of {len(counted)} met"
    for status, words in (
        ("not_met", ("chưa đạt", "not met")), ("undecided", ("chưa kết luận", "undecided")),
    ):  # fmt: skip
        if named := ", ".join(one.path for one in counted if one.status == status):
            vi, en = f"{vi}; {words[0]}: {named}", f"{en}; {words[1]}: {named}"
    return f"{vi}.", f"{en}."


def tell_too_few(percent: float | None, least: float) -> Because:
    """Say that all criteria are met, with too few points."""
    return (
        f"Được {write(percent, ',')} % số điểm, yêu cầu ≥ {write(least, ',')} %.",
        f"{write(percent)} % of the points; required ≥ {write(least)} %.",
    )


def write(value: Decimal | float | None, mark: str = ".") -> str:
    """Write a number with at most two decimals."""
    if value is None:
        return "—"
    exact = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{exact:f}".rstrip("0").rstrip(".") if "." in f"{exact:f}" else f"{exact:f}"
    return text.replace(".", mark)
