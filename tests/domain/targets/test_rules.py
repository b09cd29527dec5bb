"""Verdicts on targets: the four shapes, small bases, forecasts, numbers that are not exact."""

from decimal import Decimal

import pytest

from app.db.tables.stated_figures import Qualifier
from app.db.tables.targets import ChangeBasis, TargetShape, TargetSide
from app.domain.targets.rules import Unmeasurable, Verdict, judge
from app.domain.targets.small_bases import does_one_case_decide, pool_years
from app.domain.targets.terms import Reading, Terms

MOST, LEAST = TargetSide.AT_MOST, TargetSide.AT_LEAST
FEWER = Terms(TargetShape.RELATIVE_CHANGE, MOST, Decimal(-7))
ALL = Terms(TargetShape.RATIO, LEAST, Decimal(100), adds_up=False)
POINTS = Terms(
    TargetShape.GROWTH, LEAST, Decimal(10), ChangeBasis.PERCENTAGE_POINT, adds_up=False
)  # fmt: skip
RELATIVE = Terms(TargetShape.GROWTH, LEAST, Decimal(10), ChangeBasis.RELATIVE, adds_up=False)
CEILING = Terms(TargetShape.CEILING, MOST, Decimal(50))
OVER = Decimal(1)


def number(value: int | str | None, qualifier: Qualifier = Qualifier.EQUAL) -> Reading:
    return Reading(None if value is None else Decimal(value), qualifier)


def share(value: str, of: int) -> Reading:
    return Reading(Decimal(value), denominator=Decimal(of))


@pytest.mark.parametrize(
    ("terms", "base", "now", "verdict"),
    [
        (FEWER, number(100), number(93), Verdict.MET),
        (FEWER, number(100), number(94), Verdict.NOT_MET),
        (ALL, None, share("100", 40), Verdict.MET),
        (ALL, None, share("99.99", 10000), Verdict.NOT_MET),
        (POINTS, share("40", 200), share("50", 200), Verdict.MET),
        (POINTS, share("40", 200), share("44", 200), Verdict.NOT_MET),
        (RELATIVE, share("40", 200), share("44", 200), Verdict.MET),
        (RELATIVE, share("40", 200), share("43.5", 200), Verdict.NOT_MET),
        (CEILING, None, number(50), Verdict.MET),
        (CEILING, None, number(51), Verdict.NOT_MET),
    ],
)
def test_each_shape_when_the_period_is_over(
    terms: Terms, base: Reading | None, now: Reading, verdict: Verdict
) -> None:
    assert judge(terms, base, now, OVER).verdict is verdict


def test_up_to_14_cases_one_alone_decides_on_7_per_cent_fewer() -> None:
    decided = [base for base in range(1, 40) if does_one_case_decide(FEWER, number(base))]
    assert decided == list(range(1, 15))
    found = judge(FEWER, number(7), number(5), OVER)
    assert (found.verdict, found.reason) == (
        Verdict.NOT_MEASURABLE, Unmeasurable.ONE_CASE_DECIDES
    )  # fmt: skip
    assert found.pooled_years == 3 == pool_years(FEWER, number(7))  # 3 × 7 = 21 > 14
    assert pool_years(FEWER, number(2)) is None


@pytest.mark.parametrize(
    ("base", "now", "reason"),
    [
        (number(0), number(3), Unmeasurable.BASE_IS_ZERO),
        (number(None), number(3), Unmeasurable.NO_BASELINE),
        (None, number(3), Unmeasurable.NO_BASELINE),
        (number(100), number(None), Unmeasurable.NO_FIGURE),
        (number(100, Qualifier.ABOUT), number(90), Unmeasurable.NOT_EXACT),
        (number(100), number(90, Qualifier.AT_LEAST), Unmeasurable.NOT_EXACT),
    ],
)
def test_what_cannot_be_measured_says_why(
    base: Reading | None, now: Reading, reason: Unmeasurable
) -> None:
    found = judge(FEWER, base, now, OVER)
    assert (found.verdict, found.reason) == (Verdict.NOT_MEASURABLE, reason)


def test_a_number_that_is_at_least_so_much_may_miss_a_ceiling() -> None:
    assert judge(CEILING, None, number(51, Qualifier.AT_LEAST), OVER).verdict is Verdict.NOT_MET


def test_one_case_in_few_villages_decides_on_points() -> None:
    assert judge(POINTS, share("40", 10), share("50", 10), OVER).reason is (
        Unmeasurable.ONE_CASE_DECIDES
    )
    assert judge(POINTS, share("40", 100), share("50", 100), OVER).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("terms", "base", "value", "forecast", "verdict"),
    [
        (FEWER, 100, 30, 60, Verdict.ON_TRACK),
        (FEWER, 100, 48, 96, Verdict.OFF_TRACK),
        (FEWER, 100, 94, 188, Verdict.NOT_MET),  # more than allowed already
        (CEILING, None, 51, 102, Verdict.NOT_MET),
    ],
)
def test_forecasts_at_half_of_the_period_are_straight_lines(
    terms: Terms, base: int | None, value: int, forecast: int, verdict: Verdict
) -> None:
    found = judge(terms, base and number(base), number(value), Decimal("0.5"))  # type: ignore[arg-type]
    assert (found.forecast, found.verdict) == (Decimal(forecast), verdict)


def test_what_stands_goes_on_from_its_baseline() -> None:
    found = judge(POINTS, share("40", 200), share("45", 200), Decimal("0.5"))
    assert (found.forecast, found.verdict) == (Decimal(50), Verdict.ON_TRACK)
    stands = judge(ALL, None, share("80", 200), Decimal("0.5"))
    assert (stands.forecast, stands.verdict) == (Decimal(80), Verdict.OFF_TRACK)
