"""Decisions about definitions: does one agree with itself, and is it whole."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from app.domain.values import InvalidValue

SCORED = ("points", "weighted")
BOUNDED = ("indicator_threshold", "children_share")
WITH_PARTS = ("all_must_pass", "knock_out")


def check_definition(definition: Any) -> None:
    """Refuse a definition that contradicts itself; each fault names its criterion or grade."""
    criteria = [one for group in definition.groups for one in group.criteria]
    _check_once("group", (group.code for group in definition.groups))
    _check_once("criterion", (one.code for one in criteria))
    _check_once("grade", (grade.code for grade in definition.grades))
    for one in criteria:
        _check_criterion(one)
    _check_grades(definition, scored=any(one.kind in SCORED for one in criteria))


def list_unknown(definition: Any) -> list[str]:
    """List the grades whose threshold is unknown: a set with one is not published."""
    return [grade.code for grade in definition.grades if grade.least_percent is None]


def _check_criterion(one: Any) -> None:
    if (one.most is not None) != (one.kind in SCORED):
        _refuse(one, "most is for points and weighted, which need it",
                "most dành cho points và weighted, hai loại này bắt buộc có")  # fmt: skip
    if one.kind in BOUNDED and one.bound is None:
        _refuse(one, f"{one.kind} needs a bound", f"{one.kind} cần có bound")
    if one.bound is not None and one.kind not in (*BOUNDED, *SCORED):
        _refuse(one, f"{one.kind} has no bound", f"{one.kind} không có bound")
    if (one.kind == "all_must_pass" and not one.parts) or (
        one.parts and one.kind not in WITH_PARTS
    ):
        _refuse(one, "parts are for all_must_pass, which needs them, and knock_out",
                "parts dành cho all_must_pass (bắt buộc có) và knock_out")  # fmt: skip
    proposes = one.kind == "knock_out" and not one.parts  # a figure above 0 proposes the event
    if one.indicator and one.kind != "indicator_threshold" and not proposes:
        _refuse(one, "an indicator is for indicator_threshold, and for knock_out without parts",
                "indicator dành cho indicator_threshold và knock_out không có parts")  # fmt: skip
    if (one.of_set is not None) != (one.kind == "children_share"):
        _refuse(one, "of_set is for children_share, which needs it",
                "of_set dành cho children_share, loại này bắt buộc có")  # fmt: skip
    _check_once(f"part of {one.code}", (part.code for part in one.parts))


def _check_grades(definition: Any, *, scored: bool) -> None:
    if (definition.grades or definition.least_percent is not None) and not scored:
        raise _fault("grades", "Grades and least_percent need criteria with points.",
                     "grades và least_percent cần có tiêu chí chấm điểm.")  # fmt: skip
    known = [grade.least_percent for grade in definition.grades if grade.least_percent is not None]
    if known != sorted(known, reverse=True) or len(set(known)) < len(known):
        raise _fault("grades", "Grades come from the highest to the lowest, each below the last.",
                     "grades xếp từ cao xuống thấp, mức sau nhỏ hơn mức trước.")  # fmt: skip
    if len(known) == len(definition.grades) and known and known[-1] != 0:
        raise _fault("grades", "The lowest grade has least_percent 0, so that each has one.",
                     "Mức thấp nhất có least_percent bằng 0 để ai cũng được xếp loại.")  # fmt: skip
    codes = {grade.code for grade in definition.grades}
    for quota in definition.quotas:
        if quota.grade not in codes or quota.of not in codes or quota.grade == quota.of:
            raise _fault("quotas", f"A quota names two grades: {quota.grade}, {quota.of}.",
                         f"quotas nêu hai mức khác nhau: {quota.grade}, {quota.of}.")  # fmt: skip


def _check_once(what: str, codes: Iterable[str]) -> None:
    if twice := sorted(code for code, number in Counter(codes).items() if number > 1):
        named = ", ".join(twice)
        raise _fault("groups", f"A code names one {what}: {named} is there more than once.",
                     f"Mã phải duy nhất ({what}): {named} bị lặp.")  # fmt: skip


def _refuse(one: Any, en: str, vi: str) -> None:
    raise _fault("groups", f"Criterion {one.code}: {en}.", f"Tiêu chí {one.code}: {vi}.")


def _fault(place: str, en: str, vi: str) -> InvalidValue:
    return InvalidValue(f"{place}_disagree", en, vi)
