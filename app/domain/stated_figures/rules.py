"""Decisions about stated figures: measure and unit, value and qualifier, period and precision."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.db.tables.stated_figures import PeriodPrecision, Qualifier, StatedFigure
from app.domain.records.vocabularies import COUNTING_UNITS, MEASURES, find_term, list_codes
from app.domain.stated_figures.errors import (
    AnotherCountingUnit,
    ComparedWithoutChange,
    HalfASubject,
    NegativeLevel,
    NoCategories,
    PeriodByPrecision,
    SourceNeeded,
    TooPrecise,
    UnitInWords,
    UnknownTerm,
    ValueByQualifier,
)

MAX_DECIMALS = 6
OTHER = "other"  # the measure of what no other measure is, and the unit that has no code
P = PeriodPrecision
# the first day of a period of each precision, by a day in it
BEGINS: dict[PeriodPrecision, Callable[[date], bool]] = {
    P.MONTH: lambda day: day.day == 1,
    P.QUARTER: lambda day: day.day == 1 and day.month % 3 == 1,
    P.YEAR: lambda day: (day.month, day.day) == (1, 1),
}


def read_value(given: float | None) -> Decimal | None:
    """Return a value as it was written, without zeros at its end."""
    if given is None:
        return None
    value = Decimal(str(given))
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    if -int(value.normalize().as_tuple().exponent) > MAX_DECIMALS:
        raise TooPrecise(MAX_DECIMALS)
    return value.normalize()


def prepare(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of an input as the table holds them."""
    return values | {"value": read_value(values["value"])} if "value" in values else values


def check(figure: StatedFigure) -> None:
    """Refuse a figure that contradicts itself or its measure."""
    _check_measure(figure)
    _check_value(figure)
    check_period(figure)
    if (figure.subject_resource is None) != (figure.subject_id is None):
        raise HalfASubject()
    if figure.source is None and figure.document_id is None:
        raise SourceNeeded()


def find_counting_unit(measure: str) -> str:
    """Return what a measure counts; refuse an unknown measure."""
    term = find_term(MEASURES, measure)
    if term is None:
        raise UnknownTerm("measure", measure, MEASURES)
    return str(term.counting_unit)


def _check_measure(figure: StatedFigure) -> None:
    counts = find_counting_unit(figure.measure)
    if figure.measure == OTHER and figure.counting_unit in list_codes(COUNTING_UNITS):
        counts = figure.counting_unit
    if figure.counting_unit != counts:
        raise AnotherCountingUnit(figure.measure, counts)
    if figure.counting_unit == OTHER and figure.counting_unit_text is None:
        raise UnitInWords()
    if figure.category is None:
        return
    term = find_term(MEASURES, figure.measure)
    if term is None or term.categories is None:
        raise NoCategories(figure.measure)
    if figure.category not in list_codes(term.categories):
        raise UnknownTerm("category", figure.category, term.categories)


def _check_value(figure: StatedFigure) -> None:
    wordless = figure.value_text is None and figure.qualifier is not Qualifier.UNQUANTIFIED
    if (figure.value is None) == wordless:
        raise ValueByQualifier()
    if figure.value is not None and figure.value < 0 and not figure.delta_only:
        raise NegativeLevel()
    both = (figure.compared_from, figure.compared_to)
    if both == (None, None):
        return
    since, until = both
    if since is None or until is None or until < since or not figure.delta_only:
        raise ComparedWithoutChange()


def check_period(figure: StatedFigure) -> None:
    """Refuse a period that its precision does not allow."""
    precision, since, until = figure.precision, figure.period_from, figure.period_to
    if precision is P.UNDATED:
        if since or until:
            raise PeriodByPrecision("period_from", precision, "none")
        return
    if since is None or until is None or until < since:
        raise PeriodByPrecision("period_to", precision, "both")
    if precision is P.APPROXIMATE and figure.period_text is None:
        raise PeriodByPrecision("period_text", precision, "words")
    if (begins := BEGINS.get(precision)) is None:
        return
    if not begins(since):
        raise PeriodByPrecision("period_from", precision, "first")
    if not begins(until + timedelta(1)):
        raise PeriodByPrecision("period_to", precision, "last")
