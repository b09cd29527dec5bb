"""The window of a year of service, and who has served long enough in it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db.base import INFINITY
from app.db.tables.calendars import Certainty
from app.db.tables.team_members import RatingTerms
from app.domain.forces import years
from app.domain.forces.errors import ServedTooShort, WindowOpen

TERMS = RatingTerms(first_year=2025, begin_month=11, begin_day=15, end_month=11, end_day=14,
                    least_months=9, basis="HD 01", certainty=Certainty.READ)  # fmt: skip
LATER = date(2026, 1, 1)


def test_it_is_rated_from_the_day_after_the_window() -> None:
    served = [(date(2024, 7, 1), INFINITY)]
    with pytest.raises(WindowOpen):
        years.check_rated(TERMS, 2025, served, today=date(2025, 11, 14))
    found = years.check_rated(TERMS, 2025, served, today=date(2025, 11, 15))
    assert (found.begin, found.end) == (date(2024, 11, 15), date(2025, 11, 14))


def test_what_was_served_in_pieces_adds_up() -> None:
    halves = [(date(2024, 11, 15), date(2025, 4, 1)), (date(2025, 4, 1), date(2025, 8, 15))]
    assert years.check_rated(TERMS, 2025, halves, today=LATER)
    with pytest.raises(ServedTooShort):
        years.check_rated(TERMS, 2025, halves[:1], today=LATER)


def test_what_was_served_outside_the_window_does_not_count() -> None:
    with pytest.raises(ServedTooShort):
        years.check_rated(TERMS, 2025, [(date(2020, 1, 1), date(2025, 2, 1))], today=LATER)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 30))
def test_months_before_lie_that_many_months_back(day: date, months: int) -> None:
    found = years.months_before(day, months)
    assert (day.year - found.year) * 12 + day.month - found.month == months
    assert found.day == day.day or (found + timedelta(days=1)).month != found.month
