"""Evidence: figures that criteria name, cited by an evaluation, and compared with those of now."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from app.db.session import Session
from app.db.tables.criteria import Evaluation, EvaluationAnswer
from app.domain.actor import Actor, Permission, operation
from app.domain.criteria import queries
from app.domain.criteria.answers_entry import find_evaluation, load_pinned
from app.domain.criteria.cited_figures import FigureNow, is_stale, list_cited, read_figures
from app.domain.criteria.definitions import Criterion, CriterionKind
from app.domain.criteria.errors import NotWritable, UnknownCriterion
from app.domain.criteria.evaluation_schemas import CitedFigure, Evidence, EvidenceEntry
from app.domain.criteria.states import WRITABLE
from app.domain.figures.context import FigureContext
from app.domain.records import kit as records

VALUES = (CriterionKind.INDICATOR_THRESHOLD, CriterionKind.CHILDREN_SHARE)
TRACE = "/api/v1/figures/{id}/trace"


@operation(Permission.EVALUATION_WRITE)
async def cite_evidence(
    session: Session, actor: Actor, id: UUID, data: EvidenceEntry, expected: int | None,
    figures: FigureContext,
) -> UUID:  # fmt: skip
    """Cite the figures that the criteria name, as they are now; own values stay beside."""
    row = await records.load(session, actor, Evaluation, id, expected)
    if row.state not in WRITABLE:
        raise NotWritable(state=row.state)
    definition = await load_pinned(session, row)
    held = await queries.get_round(session, row.round_id)
    found = await read_figures(session, actor, figures, definition, row, held)
    check_named(data.criteria, list(found))
    stored = {one.path: one for one in await queries.list_answers(session, row.id)}
    told = []
    for path, figure in found.items():
        if data.criteria and path not in data.criteria:
            continue
        one = stored.get(path) or EvaluationAnswer(evaluation_id=row.id, path=path)
        records.assign(one, {
            "cited_value": figure.value, "cited_part": figure.part, "cited_whole": figure.whole,
            "figure_id": figure.figure_id,
        })  # fmt: skip
        told.append(one)
    permission = Permission.EVALUATION_WRITE
    return await records.save(session, actor, permission, row, ["answers"], also=told)


@operation(Permission.EVALUATION_READ)
async def evaluation_evidence(
    session: Session, actor: Actor, id: UUID, figures: FigureContext
) -> Evidence:
    """Read the figures that an evaluation cites, and whether they are still the same."""
    row = await find_evaluation(session, actor, id)
    definition = await load_pinned(session, row)
    held = await queries.get_round(session, row.round_id)
    now = await read_figures(session, actor, figures, definition, row, held)
    stored = {one.path: one for one in await queries.list_answers(session, row.id)}
    cited = list_cited(definition)
    items = [
        _describe(path, *cited[path], stored.get(path), figure) for path, figure in now.items()
    ]
    return Evidence(stale=any(item.stale for item in items), items=items)


def check_named(named: Sequence[str], known: list[str]) -> None:
    """Refuse a criterion that names no figure."""
    for path in named:
        if path not in known:
            raise UnknownCriterion(path, known)


def _describe(
    path: str,
    indicator: str | None,
    one: Criterion,
    stored: EvaluationAnswer | None,
    now: FigureNow,
) -> CitedFigure:
    own = stored.value if stored else None
    cited = stored.cited_value if stored else None
    figure_id = stored.figure_id if stored else None
    sentence = one.kind not in VALUES and now.value is not None
    return CitedFigure(
        criterion=path, indicator=indicator, figure_id=figure_id,
        trace=TRACE.format(id=figure_id) if figure_id else None,
        cited_value=_float(cited), own_value=_float(own),
        gap=_float(own - cited) if own is not None and cited is not None else None,
        value_now=_float(now.value), part_now=now.part, whole_now=now.whole,
        proposal=now.value == 0 if sentence else None,
        stale=is_stale(stored, now),
    )  # fmt: skip


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
