"""A figure is the sum of its records and of its parts, however the map is redrawn.

Every indicator, over random facts, voids and dated quantities, on three maps, after random chains
of reorganisations. `./run trust --only redrawn-figures` is the long form.
"""

import os
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.actor import Role
from app.domain.figures import service, traces
from app.domain.figures.context import FigureContext
from app.domain.figures.indicators import Catalogue, Indicator, RollUp
from app.domain.figures.rules import percent
from app.domain.figures.schemas import Figure
from app.domain.figures.trace_schemas import FigureTrace, TracePart
from app.domain.units.shape import today
from app.features import MEASURES
from tests.domain.units.facts import DAYS, enter_facts
from tests.domain.units.give import Land
from tests.domain.units.test_conservation import FIRST, Story, roll_back

EXAMPLES = int(os.environ.get("BINHYEN_EXAMPLES", "200")) // 100
SOME = 5 if "BINHYEN_EXAMPLES" not in os.environ else 1000  # indicators of an example
CATALOGUE = Catalogue.of(MEASURES, {})
FIGURES = FigureContext(CATALOGUE, b"key of the test")
MAPS = ("as_recorded", "current", f"as_of:{FIRST - timedelta(9)}")
SINCE = today() - timedelta(DAYS)
PAPERS_BY_HAND = """
SELECT count(*) FROM document d
CROSS JOIN LATERAL unit_places(d.issued_on, ARRAY[d.unit_id]) p
WHERE d.voided_at IS NULL AND d.state <> 'draft'
  AND (:whole OR :unit IN (p.province_id, p.district_id, p.commune_id, p.village_id))
"""
BY_HAND = """
SELECT count(*) FROM team t JOIN unit_places(:day, ARRAY(SELECT unit_id FROM team)) p
  ON p.unit_id = t.unit_id
WHERE t.voided_at IS NULL AND t.established_on <= today()
  AND (t.dissolved_on IS NULL OR t.dissolved_on > today())
  AND (:whole OR :unit IN (p.province_id, p.district_id, p.commune_id, p.village_id))
"""


class Reader:
    """Reads figures of a land, for all of it."""

    def __init__(self, land: Land) -> None:
        self.land, self.actor = land, land.actor(Role.VIEWER)

    def read(self, indicator: Indicator, unit: str, boundary: str, by: str | None = None) -> Figure:
        return self.land.run(service.figure(
            self.land.session, self.actor, FIGURES, indicator=indicator.code, unit=unit,
            since=SINCE, until=today(), boundary=boundary, by=by,
        ))  # fmt: skip

    def trace(self, figure: Figure, part: TracePart | None = None) -> FigureTrace:
        return self.land.run(traces.figure_trace(
            self.land.session, self.actor, FIGURES, figure.figure_id, part=part, first=500
        ))  # fmt: skip


def check_trace(reader: Reader, indicator: Indicator, figure: Figure) -> None:
    """The figure is the sum of its records."""
    if indicator.roll_up is RollUp.RECOMPUTE:
        parts = [reader.trace(figure, part) for part in TracePart]
        above, below = (Decimal(str(part.value_now)) for part in parts)
        assert figure.value == (float(percent(above, below)) if below else None)
        for part, name in zip(parts, (indicator.numerator, indicator.denominator), strict=True):
            check_records(CATALOGUE.find(str(name)), part)
        return
    trace = reader.trace(figure)
    assert (trace.same, trace.value_now, trace.facts) == (True, figure.value, figure.facts)
    check_records(indicator, trace)


def check_records(indicator: Indicator, trace: FigureTrace) -> None:
    measure = CATALOGUE.measure_of(indicator)
    if measure.sensitive:
        assert (trace.records, trace.hidden) == ([], trace.facts)
        return
    assert (len(trace.records), trace.visible, trace.hidden) == (trace.facts, trace.facts, 0)
    if indicator.roll_up is RollUp.DISTINCT:
        if indicator.distinct in measure.distinct:
            assert len({one.once for one in trace.records}) == trace.value_now
        return
    values = [one.value for one in trace.records]
    unknown = sum(one is None for one in values)
    assert add_up(values, trace.facts, unknown) == trace.value_now


def add_up(values: Iterable[float | None], facts: int, unknown: int) -> float | None:
    """Add what is known; where no fact has a known quantity the sum is unknown, and not 0."""
    return None if facts and unknown == facts else sum(one or 0 for one in values)


def check_parts(reader: Reader, indicator: Indicator, unit: str, boundary: str) -> None:
    """The figure is the sum of its parts, each of which is a figure of its own."""
    figure = reader.read(indicator, unit, boundary, "child_unit")
    if indicator.roll_up is not RollUp.RECOMPUTE:
        assert figure.in_several is None or figure.in_several >= 0
        single = CATALOGUE.measure_of(indicator).hosts is None
        if figure.cells and single and indicator.roll_up is not RollUp.DISTINCT:
            assert figure.in_several == 0
    if boundary == "current":
        for cell in figure.cells:
            own = reader.read(indicator, str(cell.unit_id), boundary)
            assert (own.value, own.facts, own.unknown) == (cell.value, cell.facts, cell.unknown)
    if indicator.roll_up is RollUp.SUM:
        months = reader.read(indicator, unit, boundary, "month")
        values = [cell.value for cell in months.cells]
        assert add_up(values, figure.facts, figure.unknown) == figure.value
    dimensions = CATALOGUE.measure_of(indicator).dimensions
    if indicator.measure and dimensions and indicator.roll_up is not RollUp.DISTINCT:
        split = reader.read(indicator, unit, boundary, next(iter(dimensions)))
        assert split.in_several in (0, None)
        rest = [split.unattributed.value] if split.unattributed else []
        values = [*(cell.value for cell in split.cells), *rest]
        assert add_up(values, split.facts, split.unknown) == split.value


def check_all(land: Land, dice: Random) -> None:
    reader = Reader(land)
    standing = [str(one.unit_id) for one in land.rows(
        "SELECT unit_id FROM unit_version WHERE valid_from <= today() AND valid_to > today()"
    )]  # fmt: skip
    country = str(land.units["VN"])
    for indicator in dice.sample(CATALOGUE.indicators, min(SOME, len(CATALOGUE.indicators))):
        for boundary in MAPS:
            check_trace(reader, indicator, reader.read(indicator, country, boundary))
        boundary = dice.choice(MAPS)
        check_parts(reader, indicator, country, boundary)
        unit = dice.choice(standing)
        check_trace(reader, indicator, reader.read(indicator, unit, "current"))
        check_parts(reader, indicator, unit, "current")
        if indicator.roll_up in (RollUp.SUM, RollUp.LAST):
            assert len({reader.read(indicator, country, one).value for one in MAPS}) == 1
    check_by_hand(reader, [country, dice.choice(standing)], country)


def check_by_hand(reader: Reader, units: list[str], country: str) -> None:
    """Groups and papers, counted by the walk up the map in place of the dated places."""
    groups, papers = CATALOGUE.find("groups"), CATALOGUE.find("documents_issued")
    for unit in units:
        where = {"unit": UUID(unit), "whole": unit == country}
        counted = reader.land.one(BY_HAND, day=today(), **where)
        assert reader.read(groups, unit, "current").value == counted
        counted = reader.land.one(PAPERS_BY_HAND, **where)
        assert reader.read(papers, unit, "as_recorded").value == counted


@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)  # fmt: skip
@given(data=st.data())
def test_figures_are_their_records_and_their_parts(land: Land, data: st.DataObject) -> None:
    dice = Random(data.draw(st.integers(0, 10_000), "facts"))
    with roll_back(land):
        enter_facts(land, dice, list(land.units.values())[1:], 30)
        Story(land, data).unfold()
        made = [one.unit_id for one in land.rows("SELECT unit_id FROM unit_version "
                "WHERE valid_from <= :day AND valid_to > :day", day=today())]  # fmt: skip
        enter_facts(land, dice, made, 10)
        check_all(land, dice)


def test_the_checks_see_a_record_that_is_missing(land: Land) -> None:
    """The same checks, over a figure that has one more than its records."""
    enter_facts(land, Random(7), [land.units["VN"]], 5)
    reader = Reader(land)
    figure = reader.read(CATALOGUE.find("groups"), "VN", "current", "child_unit")
    assert figure.unattributed is not None
    lost = figure.model_copy(update={"value": (figure.value or 0) + 1})
    with pytest.raises(AssertionError):
        check_trace(reader, CATALOGUE.find("groups"), lost)
