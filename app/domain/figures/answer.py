"""The answer to a question about a figure, put together."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from app.domain.figures import rules
from app.domain.figures.cells import Cells
from app.domain.figures.digest import SealedFigure, seal_figure
from app.domain.figures.engine import Sums
from app.domain.figures.form import MONTH
from app.domain.figures.indicators import Indicator, RollUp
from app.domain.figures.question import Question
from app.domain.figures.rules import Sum
from app.domain.figures.schemas import (
    ComparedFigure,
    Completeness,
    Figure,
    FigureCell,
    StatedBeside,
)

TRACE = "/api/v1/figures/{id}/trace"


def build_figure(
    key: bytes, indicator: Indicator, question: Question, sums: Sums, *, cells: Cells,
    split_by: str | None, window: str | None, filter: str | None, at: datetime,
    comparison: ComparedFigure | None, completeness: Completeness, stated: list[StatedBeside],
) -> Figure:  # fmt: skip
    """Build a figure with all that belongs to it."""
    whole = sums.of(1)
    id = seal_figure(key, name_figure(indicator, question, whole, filter, at))
    part, base = sums.parts or (None, None)
    return Figure(
        figure_id=id, trace=TRACE.format(id=id), **_describe(indicator, question), window=window,
        filter=filter, by=split_by, value=whole.value, qualifier=whole.qualifier,
        facts=whole.facts, unknown=whole.unknown, change=whole.change, suppressed=whole.suppressed,
        numerator=part and part.value, denominator=base and base.value,
        small_base=bool(base and rules.is_small(base.value)), completeness=completeness,
        cells=cells.items, unattributed=cells.unattributed,
        in_several=_in_several(indicator, question, whole, cells),
        comparison=comparison, stated=stated, data_as_of=question.on(question.period),
        computed_at=at,
    )  # fmt: skip


def name_figure(
    indicator: Indicator, question: Question, whole: Sum, filter: str | None, at: datetime
) -> SealedFigure:
    """Return what the id of a figure proves."""
    place, period = question.place, question.period
    value = None if whole.value is None else f"{whole.value.normalize():f}"
    return SealedFigure(
        indicator.name, place.unit.id.hex, period.first.isoformat(), period.last.isoformat(),
        place.boundary, filter, value, at.isoformat(timespec="seconds"),
    )  # fmt: skip


def _describe(indicator: Indicator, question: Question) -> dict[str, Any]:
    unit, place = question.place.unit, question.place
    return {
        "indicator": indicator.code, "version": indicator.version, "indicator_vi": indicator.vi,
        "indicator_en": indicator.en, "counting_unit": indicator.counting_unit,
        "roll_up": indicator.roll_up, "better": indicator.better, "unit_id": unit.id,
        "unit_code": unit.code, "unit_name": unit.name, "unit_level": unit.level,
        "since": question.period.first, "until": question.period.last,
        "boundary": place.boundary, "boundary_day": place.boundary_day,
    }  # fmt: skip


def _in_several(
    indicator: Indicator, question: Question, whole: Sum, cells: Cells
) -> Decimal | None:
    """Return what is counted in more than one part, which the whole counts once."""
    parts: list[FigureCell] = [*cells.items, *([cells.unattributed] if cells.unattributed else [])]
    values = [cell.value for cell in parts]
    adds_up = indicator.roll_up is not RollUp.RECOMPUTE and question.by != MONTH
    if not parts or not adds_up or whole.value is None or None in values:
        return None
    return sum((Decimal(str(value)) for value in values), Decimal(0)) - whole.value
