"""The trace of a figure: the records behind it, as far as the caller may read them."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.db.session import Session
from app.db.tables.stated_figures import Qualifier
from app.domain.actor import Actor, Permission, operation
from app.domain.figures import engine, queries
from app.domain.figures.context import FigureContext
from app.domain.figures.digest import SealedFigure, open_figure
from app.domain.figures.indicators import Catalogue, Indicator, read_filter
from app.domain.figures.places import find_place
from app.domain.figures.question import Question
from app.domain.figures.rules import Sum
from app.domain.figures.trace_schemas import FigureTrace, TracedRecord, TracePart
from app.domain.records.measures import Measure
from app.domain.records.types import DIGITS
from app.domain.records.windows import Period
from app.domain.units.shape import today

FIRST, MOST = 50, 500
First = Annotated[int, Field(ge=1, le=MOST), DIGITS]
After = UUID | None
Part = TracePart | None
FigureId = Annotated[str, Field(min_length=1, max_length=2000)]


@operation(Permission.FIGURE_READ)
async def figure_trace(
    session: Session,
    actor: Actor,
    figures: FigureContext,
    id: FigureId,
    *,
    part: Part = None,
    first: First = FIRST,
    after: After = None,
) -> FigureTrace:
    """Read the records behind a figure.

    The id proves what was answered; the figure is counted again, and `same` says whether it is
    still that. Records that the caller may not read are counted as `hidden`. Of a share, `part`
    names the numerator, as by default, or the denominator.
    """
    answered = open_figure(figures.key, id)
    catalogue = figures.catalogue
    wanted = catalogue.find(answered.indicator)
    question = await _ask_again(session, actor, answered)
    whole = (await engine.compute(session, catalogue, wanted, question)).of(1)
    counted, part = _choose_part(catalogue, wanted, part)
    of_part = (await engine.compute(session, catalogue, counted, question)).of(1)
    measure = catalogue.measure_of(counted)
    form, narrowed = engine.build_form(counted, measure, question)
    visible, rows = 0, list[Any]()
    if _is_listed(measure, actor):
        visible = await queries.count_records(session, actor, form, narrowed)
        rows = list(await queries.list_records(session, actor, form, narrowed, after, first + 1))
    return FigureTrace(
        figure_id=id, indicator=counted.code, part=part, unit_id=answered.unit_id,
        since=question.period.first, until=question.period.last, boundary=answered.boundary,
        value=None if answered.value is None else float(answered.value),
        value_now=of_part.value, same=_write(whole) == answered.value,
        suppressed=of_part.suppressed, facts=of_part.facts, visible=visible,
        hidden=max(of_part.facts + of_part.changes - visible, 0),
        records=_list(catalogue, measure, rows[:first]),
        next=str(rows[first - 1].fact) if len(rows) > first else None,
    )  # fmt: skip


async def _ask_again(session: Session, actor: Actor, answered: SealedFigure) -> Question:
    period, day = Period(*answered.days), today()
    place = await find_place(session, actor, str(answered.unit_id), answered.boundary, period, day)
    return Question(place, period, day, read_filter(answered.filter))


def _choose_part(
    catalogue: Catalogue, wanted: Indicator, part: TracePart | None
) -> tuple[Indicator, TracePart | None]:
    if wanted.measure is not None:
        return wanted, None
    chosen = part or TracePart.NUMERATOR
    name = wanted.numerator if chosen is TracePart.NUMERATOR else wanted.denominator
    return catalogue.find(str(name)), chosen


def _is_listed(measure: Measure, actor: Actor) -> bool:
    """Return whether records are listed to those who read them; of guarded ones only the number."""
    listed = measure.id is not None and not measure.shape.sensitive
    return listed and actor.may(measure.shape.needs)


def _write(whole: Sum) -> str | None:
    return None if whole.value is None else f"{whole.value.normalize():f}"


def _list(catalogue: Catalogue, measure: Measure, rows: Sequence[Any]) -> list[TracedRecord]:
    path = catalogue.paths.get(measure.shape.name)
    return [
        TracedRecord(
            id=row.id, path=f"/api/v1/{path}/{row.id}" if path else None, unit_id=row.unit_id,
            day=row.day, value=row.value, qualifier=row.qualifier or Qualifier.EQUAL,
            delta_only=row.delta, once=row.once,
        )
        for row in rows
    ]  # fmt: skip
