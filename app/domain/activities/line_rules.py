"""Decisions about the numbers of activities: what a kind counts, in which unit, how exactly."""

from collections.abc import Sequence
from datetime import date

from app.db.tables.activities import Activity, ActivityLine
from app.db.tables.activity_terms import ActivityKind
from app.domain.activities.errors import (
    CategoryByMeasure,
    CountedTwice,
    MeasureByKind,
    MoreThanPresent,
    UnitByMeasure,
)
from app.domain.activities.kinds import load_kinds
from app.domain.activities.schemas import QuantityInput
from app.domain.records.amounts import check_amount
from app.domain.records.vocabularies import MEASURES, find_term, list_codes


def build_lines(activity: Activity, given: Sequence[QuantityInput]) -> list[ActivityLine]:
    """Build the numbers of an activity; each counts what its kind counts, in the right unit."""
    lines, seen = list[ActivityLine](), set[str]()
    for place, one in enumerate(given):
        counts = _find_counting_unit(activity.kind, place, one)
        if one.measure in seen:
            raise CountedTwice(place, one.measure)
        seen.add(one.measure)
        check_amount(f"quantities/{place}/value", one.value, one.qualifier)
        lines.append(ActivityLine(
            activity_id=activity.id, measure=one.measure, category=one.category,
            counting_unit=counts, value=one.value, qualifier=one.qualifier, words=one.words,
            day=activity.ends_on or date.max,  # a plan has no numbers
        ))  # fmt: skip
    _check_share(lines)
    return lines


def _find_counting_unit(kind: ActivityKind, place: int, one: QuantityInput) -> str:
    known = load_kinds()[kind].measures
    term = find_term(MEASURES, one.measure)
    if one.measure not in known or term is None:
        raise MeasureByKind(place, one.measure, kind, known)
    counts = str(term.counting_unit)
    if one.counting_unit not in (None, counts):
        raise UnitByMeasure(place, one.measure, counts)
    allowed = list_codes(term.categories) if term.categories else []
    if one.category is not None and one.category not in allowed:
        raise CategoryByMeasure(place, one.measure)
    return counts


def _check_share(lines: Sequence[ActivityLine]) -> None:
    """Refuse more foreigners declared than were present."""
    known = {line.measure: line.value for line in lines}
    declared, present = known.get("foreigners_declared"), known.get("foreigners_present")
    if declared is not None and present is not None and declared > present:
        raise MoreThanPresent()
