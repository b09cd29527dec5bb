"""The engine: an indicator and a question become sums, whole and by cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.db.session import Session
from app.db.tables.stated_figures import Qualifier
from app.db.tables.units import UnitLevel
from app.domain.figures import queries, rules
from app.domain.figures.errors import OnlyOwnUnits, WholeWindowsOnly
from app.domain.figures.form import MONTH, PLACES, Form, list_dimensions
from app.domain.figures.indicators import Catalogue, Indicator, read_filter
from app.domain.figures.question import Question
from app.domain.figures.rules import Sum
from app.domain.figures.totals import read_mask
from app.domain.records.measures import Measure

Cells = dict[tuple[int, str | None], Sum]  # by period and cell


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of a question: the whole of each period, and its cells."""

    whole: dict[int, Sum]
    cells: Cells = field(default_factory=dict)
    communes: int | None = None  # that have facts in the window itself
    parts: tuple[Sum, Sum] | None = None  # numerator and denominator of a share
    empty: Sum = rules.NOTHING  # without facts: 0, or no share at all

    def of(self, number: int) -> Sum:
        """Return the whole of a period, with facts or without."""
        return self.whole.get(number, self.empty)

    def cell(self, number: int, key: str | None) -> Sum:
        """Return a cell of a period, with facts or without."""
        return self.cells.get((number, key), self.empty)


async def compute(
    session: Session, catalogue: Catalogue, indicator: Indicator, question: Question
) -> Sums:
    """Compute an indicator; a share is computed again from the sums of its two parts."""
    if indicator.measure is not None:
        return await _compute_measure(session, catalogue, indicator, question)
    part, whole = [
        await _compute_measure(session, catalogue, catalogue.find(str(name)), question)
        for name in (indicator.numerator, indicator.denominator)
    ]
    numbers = {*part.whole, *whole.whole, 1}
    keys = {*part.cells, *whole.cells}
    return Sums(
        {n: rules.share(part.of(n), whole.of(n)) for n in numbers},
        {key: rules.share(part.cell(*key), whole.cell(*key)) for key in keys},
        part.communes, (part.of(1), whole.of(1)), rules.NO_SHARE,
    )  # fmt: skip


async def _compute_measure(
    session: Session, catalogue: Catalogue, indicator: Indicator, question: Question
) -> Sums:
    measure = catalogue.measure_of(indicator)
    form, narrowed = build_form(indicator, measure, question)
    if measure.sensitive and not question.place.own:
        check_foreign(indicator, form, question)
        found = await queries.add_up_published(session, form, narrowed)
        return _read_published(found)
    return _read(await queries.add_up(session, form, narrowed))


def build_form(indicator: Indicator, measure: Measure, question: Question) -> tuple[Form, Question]:
    """Return the form of a question about an indicator, and the question with all its filters."""
    place = question.place
    known = list_dimensions(measure)
    filters = {name: values for name, values in question.filters.items() if name in known}
    filters |= read_filter(indicator.filter)
    by = question.by if question.by in (*PLACES, *known) else None
    level = None if place.unit.level is UnitLevel.NATIONAL else str(place.unit.level)
    form = Form(
        measure, tuple(sorted(filters)), by, level, as_recorded=place.boundary_day is None,
        apart=place.boundary_day is not None and place.boundary_day != place.unit_day,
        distinct=indicator.distinct, single=len(question.periods) == 1,
    )  # fmt: skip
    return form, Question(
        place, question.period, question.today, filters, question.by, question.compared
    )


def check_foreign(indicator: Indicator, form: Form, question: Question) -> None:
    """Refuse what would tell small numbers of a unit that is not the caller's."""
    if indicator.filter or indicator.distinct or indicator.measure is None:
        raise OnlyOwnUnits(indicator=indicator.code)
    whole = all(period.whole_months for period in question.periods)
    closed = question.period.last < question.today
    current = question.place.boundary == "current"
    plain = not form.filters and question.by in (None, MONTH, *PLACES)
    if not (whole and closed and current and plain):
        raise WholeWindowsOnly(indicator=indicator.code)


def _read(rows: Sequence[Any]) -> Sums:
    whole = {row.n: _sum(row) for row in rows if not row.split}
    cells = {(row.n, row.key): _sum(row) for row in rows if row.split}
    communes = next((row.communes for row in rows if not row.split and row.n == 1), 0)
    return Sums(whole, cells, communes)


def _sum(row: Any) -> Sum:
    facts, unknown = int(row.facts or 0), int(row.unknown or 0)
    if rules.has_no_level(facts, unknown, int(row.changes or 0)):
        return Sum(None, facts, unknown, Qualifier.UNQUANTIFIED, row.change, int(row.changes))
    joined = rules.join_qualifiers(read_mask(row.mask), unknown)
    return Sum(Decimal(row.value or 0), facts, unknown, joined, row.change, int(row.changes or 0))


def _read_published(rows: Sequence[tuple[bool, Any]]) -> Sums:
    whole = {row.n: _read_published_sum(row) for split, row in rows if not split}
    cells = {(row.n, row.key): _read_published_sum(row) for split, row in rows if split}
    return Sums(whole, cells)


def _read_published_sum(row: Any) -> Sum:
    """Return a published sum: at least what is known, or nothing where that is hardly anything."""
    value, hidden = Decimal(row.value), int(row.hidden)
    if hidden and value < rules.MIN_CELL:
        return rules.hide(Sum())
    return Sum(value, int(value), 0, Qualifier.AT_LEAST if hidden else Qualifier.EQUAL)
