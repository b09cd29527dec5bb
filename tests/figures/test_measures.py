"""Measures: what features declare can be counted, each in one counting unit."""

from typing import Any

import pytest

from app.domain.forces.shape import TEAM
from app.domain.records.measures import Happens, Measure, between
from app.domain.records.vocabularies import COUNTING_UNITS, MEASURES, find_term, load_vocabularies
from app.features import MEASURES as DECLARED

BY_CODE = {measure.code: measure for measure in DECLARED}


def test_each_code_is_declared_once() -> None:
    assert len(BY_CODE) == len(DECLARED)


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_a_measure_has_a_term_a_unit_and_labelled_dimensions(code: str) -> None:
    measure = BY_CODE[code]
    assert find_term(MEASURES, code)
    assert find_term(COUNTING_UNITS, measure.counting_unit)
    known = {name: one for one in load_vocabularies().values() for name in (one.name, one.enum)}
    for dimension in measure.dimensions.values():
        if dimension.labels:
            codes = {term.code for term in known[dimension.labels].terms}
            assert set(dimension.values) <= codes


def test_a_measure_without_a_term_is_refused() -> None:
    with pytest.raises(ValueError, match="no code unheard_of"):
        Measure(code="unheard_of", shape=TEAM, dated=Happens(lambda team: team.established_on))


def test_a_value_that_is_dated_and_undated_is_refused() -> None:
    how: dict[str, Any] = {
        "value": lambda team: team.counted_size,
        "value_on": lambda team, day: day,
    }
    dated = between("established_on", "dissolved_on")
    with pytest.raises(ValueError, match="depends on the day"):
        Measure(code="groups", shape=TEAM, dated=dated, **how)
