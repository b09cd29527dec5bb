"""The figures that criteria name, as they are now, and whether those that were cited differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.db.session import Session
from app.db.tables.criteria import Evaluation, EvaluationAnswer, EvaluationRound
from app.domain.actor import Actor
from app.domain.criteria import queries
from app.domain.criteria.definitions import Criterion, Definition
from app.domain.criteria.rounds import LEVEL_OF
from app.domain.figures import service as figures_of
from app.domain.figures.context import FigureContext


@dataclass(frozen=True, slots=True)
class FigureNow:
    """A figure as it is now."""

    value: Decimal | None
    part: int | None = None
    whole: int | None = None
    figure_id: str | None = None


async def read_figures(
    session: Session, actor: Actor, figures: FigureContext, definition: Definition,
    row: Evaluation, held: EvaluationRound,
) -> dict[str, FigureNow]:  # fmt: skip
    """Read the figures that the criteria name, of the unit and the window of an evaluation."""
    if row.subject_kind not in LEVEL_OF:  # a figure is about a unit
        return {}
    found: dict[str, FigureNow] = {}
    for path, (indicator, one) in list_cited(definition).items():
        if indicator is not None:
            answer = await figures_of.figure(
                session, actor, figures, indicator=indicator, unit=str(row.subject_id),
                window=held.window_name,
            )  # fmt: skip
            value = None if answer.value is None else Decimal(str(answer.value))
            found[path] = FigureNow(value, figure_id=answer.figure_id)
        else:
            found[path] = await _count_share(session, one, row, held)
    return found


def list_cited(definition: Definition) -> dict[str, tuple[str | None, Criterion]]:
    """Return the indicator of each path that cites one; of a share there is none."""
    found: dict[str, tuple[str | None, Criterion]] = {}
    for one in definition.criteria:
        if one.indicator is not None or one.of_set is not None:
            found[one.code] = (one.indicator, one)
        for part in one.parts:
            if part.indicator is not None:
                found[f"{one.code}/{part.code}"] = (part.indicator, one)
    return found


def list_stale(stored: Mapping[str, EvaluationAnswer], now: Mapping[str, FigureNow]) -> list[str]:
    """List the criteria whose cited figure is different now; one never cited is not stale."""
    return [path for path, figure in now.items() if is_stale(stored.get(path), figure)]


async def _count_share(
    session: Session, one: Criterion, row: Evaluation, held: EvaluationRound
) -> FigureNow:
    days = (held.window_from, held.window_to)
    part, whole = await queries.count_recognised(session, row.subject_id, str(one.of_set), days)
    value = (Decimal(part * 100) / whole).quantize(Decimal("0.01")) if whole else None
    return FigureNow(value, part, whole) if whole else FigureNow(None)


def is_stale(stored: EvaluationAnswer | None, now: FigureNow) -> bool:
    """Return whether a figure that was cited is different now."""
    if stored is None or (stored.cited_value is None and stored.figure_id is None):
        return False
    cited = (stored.cited_value, stored.cited_part, stored.cited_whole)
    return cited != (now.value, now.part, now.whole)
