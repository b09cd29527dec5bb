"""The cells of a figure: every part, month and category, those without facts too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db.session import Session
from app.domain.figures import map_queries
from app.domain.figures.engine import Sums
from app.domain.figures.form import HOST_SPAN, MONTH, PLACES, HostSpan
from app.domain.figures.places import unit_or_country
from app.domain.figures.question import Question
from app.domain.figures.rules import Sum
from app.domain.figures.schemas import FigureCell
from app.domain.records.measures import Measure
from app.domain.records.vocabularies import load_vocabularies

SPANS = "host-spans"  # the vocabulary of how far hosts reach


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a figure, and what lies in none of its parts."""

    items: list[FigureCell]
    unattributed: FigureCell | None = None


async def list_cells(session: Session, measure: Measure, question: Question, sums: Sums) -> Cells:
    """List the cells of a figure in their usual order."""
    by = question.by
    if by is None:
        return Cells([])
    if by == MONTH:
        return Cells(list(_months(question, sums)))
    if by in PLACES:
        return await _places(session, question, sums)
    return _categories(measure, by, sums)


def _months(question: Question, sums: Sums) -> Iterable[FigureCell]:
    before = len(question.periods) - len(question.months)
    for number, month in enumerate(question.months, before + 1):
        name = f"{month.first:%m/%Y}"
        yield build_cell(sums.of(number), f"{month.first:%Y-%m}", name, name)


async def _places(session: Session, question: Question, sums: Sums) -> Cells:
    place = question.place
    unit, level = unit_or_country(place), str(question.by)
    parts = await map_queries.list_parts(session, unit, level, place.map_day)
    known = {str(part.id) for part in parts}
    others = [UUID(key) for _, key in sums.cells if key and key not in known]
    parts = [*parts, *await map_queries.list_names(session, others)] if others else parts
    items = [
        build_cell(
            sums.cell(1, str(part.id)), str(part.id), part.full_name, part.full_name,
            id=part.id, code=part.code,
        )
        for part in parts
    ]  # fmt: skip
    return Cells(items, _rest(sums))


def _rest(sums: Sums) -> FigureCell | None:
    rest = sums.cells.get((1, None))
    if rest is None or not (rest.facts or rest.changes or rest.value or rest.suppressed):
        return None
    return build_cell(rest, None, "không thuộc đơn vị nào", "in none of the parts")


def _categories(measure: Measure, by: str, sums: Sums) -> Cells:
    found = [key for number, key in sums.cells if number == 1 and key is not None]
    keys = list(dict.fromkeys((*_list_values(measure, by), *sorted(found))))
    labels = _load_labels(measure, by)
    items = [build_cell(sums.cell(1, key), key, *labels.get(key, (key, key))) for key in keys]
    return Cells(items, _rest(sums))


def _list_values(measure: Measure, by: str) -> Sequence[str]:
    if by == HOST_SPAN:
        return tuple(HostSpan)
    dimension = measure.dimensions.get(by)
    return dimension.values if dimension else ()


def _load_labels(measure: Measure, by: str) -> dict[str, tuple[str, str]]:
    dimension = measure.dimensions.get(by)
    wanted = dimension.labels if dimension else SPANS if by == HOST_SPAN else "UnitKind"
    for name, vocabulary in load_vocabularies().items():
        if wanted in (name, vocabulary.enum or name):
            return {term.code: (term.vi, term.en) for term in vocabulary.terms}
    return {}


def build_cell(
    one: Sum, key: str | None, vi: str, en: str, *, id: UUID | None = None, code: str | None = None
) -> FigureCell:
    """Build a cell of a figure."""
    return FigureCell(
        key=key, label_vi=vi, label_en=en, unit_id=id, unit_code=code, value=one.value,
        qualifier=one.qualifier, facts=one.facts, unknown=one.unknown, change=one.change,
        suppressed=one.suppressed,
    )  # fmt: skip
