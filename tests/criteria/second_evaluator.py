"""A second evaluator, written from the rules in words; it shares nothing with the product's."""

from fractions import Fraction
from typing import Any

SIGNS: dict[str, Any] = {
    "at_least": lambda a, b: a >= b, "more_than": lambda a, b: a > b,
    "at_most": lambda a, b: a <= b, "less_than": lambda a, b: a < b, "equal": lambda a, b: a == b,
}  # fmt: skip


def exact(number: Any) -> Fraction:
    return Fraction(str(number))


def recompute(definition: dict[str, Any], answers: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return result, grade, points and the status of each criterion, from plain data."""
    found, points, most = {}, Fraction(0), Fraction(0)
    for one in (one for group in definition["groups"] for one in group["criteria"]):
        status, had = judge(one, answers)
        found[one["code"]] = status
        if one.get("most") and status != "left_out":
            points, most = points + had, most + exact(one["most"])
    known = set(found.values()) - {"left_out"}
    result = "not_met" if "not_met" in known else "met" if known == {"met"} else "undecided"
    percent = points * 100 / most if most else None
    least = definition.get("least_percent")
    if result == "met" and least is not None and percent is not None and percent < exact(least):
        result = "not_met"
    return {
        "result": result, "grade": choose_grade(definition.get("grades") or [], result, percent),
        "points": float(points) if most else None, "statuses": found,
    }  # fmt: skip


def choose_grade(grades: list[Any], result: str, percent: Fraction | None) -> str | None:
    if not grades or result == "undecided":
        return None
    reached = [
        one["code"] for one in grades
        if result == "met" and one["least_percent"] is not None
        and (percent or 0) >= exact(one["least_percent"])
    ]  # fmt: skip
    return reached[0] if reached else grades[-1]["code"] if result == "not_met" else None


def judge(one: dict[str, Any], answers: dict[str, dict[str, Any]]) -> tuple[str, Fraction]:
    """Return the status of a criterion, and its points."""
    if parts := one.get("parts"):
        code, bare = one["code"], one | {"parts": None}
        said = [answers.get(f"{code}/{part['code']}", {}) for part in parts]
        statuses = [judge(bare, {code: answer})[0] for answer in said]
        order = ("not_met", "undecided", "met", "left_out")
        return next(word for word in order if word in statuses), Fraction(0)
    given, kind = answers.get(one["code"], {}), one["kind"]
    missing = {"fail": "not_met", "leave_out": "left_out", "undecided": "undecided"}
    absent = missing[one.get("missing", "fail")]
    sign = SIGNS[one.get("comparator", "at_least")]
    if kind in ("points", "weighted"):
        if given.get("value") is None:
            sums = absent == "not_met" and one.get("bound") is None
            return ("met" if sums else absent), Fraction(0)
        had = exact(given["value"]) * (exact(one["most"]) / 100 if kind == "weighted" else 1)
        enough = one.get("bound") is None or sign(had, exact(one["bound"]))
        return ("met" if enough else "not_met"), had
    if kind in ("indicator_threshold", "children_share"):
        value = given.get("value")
        if kind == "children_share" and given.get("whole"):
            value = Fraction(given["part"] * 100, given["whole"])
        if value is None:
            return absent, Fraction(0)
        kept = sign(value if isinstance(value, Fraction) else exact(value), exact(one["bound"]))
        return ("met" if kept else "not_met"), Fraction(0)
    if given.get("holds") is None:
        return absent, Fraction(0)
    return ("met" if given["holds"] else "not_met"), Fraction(0)
