"""The progress of a target: its figure, its baseline, the verdict and the words for it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.db.session import Session
from app.db.tables.targets import Target, TargetShape, TargetValue
from app.domain.actor import Actor, Permission, operation
from app.domain.figures import service as figures_of
from app.domain.figures.context import FigureContext
from app.domain.figures.indicators import Indicator, RollUp
from app.domain.figures.schemas import Figure
from app.domain.records.errors import build_not_found
from app.domain.targets import queries, rules, words
from app.domain.targets.progress_schemas import TargetFigure, TargetProgress
from app.domain.targets.rules import Judgement, Verdict
from app.domain.targets.terms import COMPARED, Reading, Terms
from app.domain.units.shape import today

CURRENT = "current"  # both periods on one map: of comparable territory


@operation(Permission.TARGET_READ)
async def target_progress(
    session: Session, actor: Actor, figures: FigureContext, id: UUID
) -> TargetProgress:
    """Read how far a target has come: the figure and its trace, the verdict, and why.

    While the period runs, the forecast is a straight line by the share of it that is over. A target
    is not measurable where one case more or less turns the verdict, or its base is 0.
    """
    actor.require(Permission.FIGURE_READ)
    target = await queries.find_target(session, actor, id)
    if target is None:
        raise build_not_found(Target)
    indicator = figures.catalogue.find(target.indicator)
    day = min(today(), target.period_to)
    held = find_value(await queries.list_values(session, id), day)
    terms = Terms(
        target.shape, target.comparator, held.value, target.basis,
        adds_up=indicator.roll_up is RollUp.SUM,
    )  # fmt: skip
    parts = await queries.list_parts(session, id)
    now, base = None, None
    if today() >= target.period_from:
        days = (target.period_from, target.period_to)
        now = await _read_figure(session, actor, figures, target, days)
        base = await _read_baseline(session, actor, figures, target)
    return _build(target, indicator, terms, held, day, now, base, parts)


def find_value(values: Sequence[TargetValue], day: date) -> TargetValue:
    """Find the value that holds on a day; before the first one, that."""
    held = [one for one in values if one.valid_from <= day]
    return max(held, key=lambda one: one.valid_from) if held else values[0]


async def _read_figure(
    session: Session, actor: Actor, figures: FigureContext, target: Target, days: tuple[date, date]
) -> TargetFigure:
    answer: Figure = await figures_of.figure(
        session, actor, figures, indicator=target.indicator, unit=str(target.unit_id),
        since=days[0], until=days[1], boundary=CURRENT, filter=target.filter,
    )  # fmt: skip
    return TargetFigure(
        figure_id=answer.figure_id, trace=answer.trace, value=answer.value,
        qualifier=answer.qualifier, since=answer.since, until=answer.until,
        denominator=answer.denominator,
    )  # fmt: skip


async def _read_baseline(
    session: Session, actor: Actor, figures: FigureContext, target: Target
) -> TargetFigure | None:
    """Return what a target is compared with: a figure, or the value that a source states."""
    if target.shape not in COMPARED:
        return None
    if target.baseline_value is not None:
        return TargetFigure(value=float(target.baseline_value), source=target.baseline_source)
    if target.baseline_from is None or target.baseline_to is None:
        return None
    return await _read_figure(
        session, actor, figures, target, (target.baseline_from, target.baseline_to)
    )


def _build(
    target: Target, indicator: Indicator, terms: Terms, held: TargetValue, day: date,
    now: TargetFigure | None, base: TargetFigure | None, parts: Sequence[Target],
) -> TargetProgress:  # fmt: skip
    elapsed = rules.measure_elapsed(target.period_from, target.period_to, day)
    found = Judgement(Verdict.NOT_STARTED)
    if now is not None:
        found = rules.judge(terms, _read(base) if base else None, _read(now), elapsed)
    percent = (elapsed * 100).quantize(Decimal("0.1"))
    vi, en = words.explain(
        terms, found, base=_read(base).value if base else None,
        value=_read(now).value if now else None, elapsed=percent,
    )  # fmt: skip
    total = sum((part.value for part in parts), Decimal(0))
    asked = _ask_sum(target, held, parts, total)
    return TargetProgress(
        target_id=target.id, indicator=target.indicator, counting_unit=indicator.counting_unit,
        on=day, value=held.value, valid_from=held.valid_from, threshold=found.threshold,
        figure=now, baseline=base, elapsed_percent=percent, forecast=found.forecast,
        verdict=found.verdict, reason=found.reason, pooled_years=found.pooled_years,
        explanation_vi=vi, explanation_en=en, parts=len(parts), parts_sum=total if parts else None,
        question_vi=asked and asked[0], question_en=asked and asked[1],
    )  # fmt: skip


def _read(figure: TargetFigure) -> Reading:
    def decimal(value: float | None) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    return Reading(decimal(figure.value), figure.qualifier, decimal(figure.denominator))


def _ask_sum(
    target: Target, held: TargetValue, parts: Sequence[Target], total: Decimal
) -> words.Words | None:
    """Ask about parts that do not add up; changes and shares of parts never do."""
    adds_up = target.shape is TargetShape.CEILING
    if not parts or not adds_up or total == held.value:
        return None
    return words.ask_sum(len(parts), total, held.value)
