"""Operations on figures: list indicators, read a figure."""

from typing import Annotated

from pydantic import Field

from app.db.base import now
from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.arguments import AS_RECORDED, Boundary, OfUnit
from app.domain.figures import engine
from app.domain.figures.answer import build_figure
from app.domain.figures.cells import list_cells
from app.domain.figures.comparisons import compare_figure
from app.domain.figures.completeness import count_complete
from app.domain.figures.context import FigureContext
from app.domain.figures.filters import check_filters, check_split
from app.domain.figures.indicators import IndicatorList
from app.domain.figures.places import choose_level, find_place
from app.domain.figures.question import Question, check_length, choose_compared, choose_period
from app.domain.figures.schemas import Comparison, Figure
from app.domain.figures.source_figures import list_beside
from app.domain.records.types import Day, Line
from app.domain.units.shape import today

READ = Permission.FIGURE_READ
Since = Annotated[Day | None, Field(alias="from")]
Until = Annotated[Day | None, Field(alias="to")]
Window = Line | None
By = Line | None
Compare = Comparison | None
FilterWords = Line | None
IndicatorName = Line


@operation(READ)
async def indicators(session: Session, actor: Actor, figures: FigureContext) -> IndicatorList:
    """List the indicators: what each counts, in which unit, and how its parts add up."""
    return IndicatorList(items=list(figures.catalogue.indicators))


@operation(READ)
async def figure(
    session: Session,
    actor: Actor,
    figures: FigureContext,
    *,
    indicator: IndicatorName,
    unit: OfUnit,
    since: Since = None,
    until: Until = None,
    window: Window = None,
    boundary: Boundary = AS_RECORDED,
    compare: Compare = None,
    by: By = None,
    filter: FilterWords = None,
) -> Figure:
    """Read the value of an indicator for a unit and a window.

    Name the days by `window`, such as `calendar_quarter:2024-3`, or by `from` and `to`. `boundary`
    says on whose map a fact lies: `as_recorded` (that of its own day), `current` (today's) or
    `as_of:DATE`. `by` splits the figure by `child_unit`, a level of units, `month`, `unit_kind`,
    `host_span` or a dimension of the indicator; `filter` narrows it, such as `kind:village|hamlet`.
    What sources state of the same stands beside and is never added. Numbers below 5 of tips and
    incidents are given of the caller's own unit and of those below it alone.
    """
    catalogue, day = figures.catalogue, today()
    wanted = catalogue.find(indicator)
    period = choose_period(window, since, until, today=day)
    check_length(period, by)
    filters = check_filters(catalogue, wanted, filter)
    check_split(catalogue, wanted, by)
    place = await find_place(session, actor, unit, boundary, period, day)
    level = await choose_level(session, place, by) if by else None
    question = Question(place, period, day, filters, level, choose_compared(period, compare))
    sums = await engine.compute(session, catalogue, wanted, question)
    return build_figure(
        figures.key, wanted, question, sums, split_by=by, window=window, filter=filter,
        cells=await list_cells(session, catalogue.measure_of(wanted), question, sums),
        comparison=await compare_figure(session, question, sums, compare),
        completeness=await count_complete(session, question, sums),
        stated=await list_beside(session, catalogue.measure_of(wanted).code, question),
        at=now(),
    )  # fmt: skip
