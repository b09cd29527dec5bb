"""Operations on stated figures: state, correct, void."""

from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.documents import Document
from app.db.tables.stated_figures import StatedFigure
from app.domain.actor import Actor, Permission, operation
from app.domain.documents import queries as documents
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.voids import build_void
from app.domain.stated_figures import queries, rules
from app.domain.stated_figures.errors import FigureStated, SubjectNotFound
from app.domain.stated_figures.schemas import StatedFigureChange, StatedFigureCreate
from app.domain.units import service as units
from app.domain.units.shape import today

WRITE = Permission.STATED_FIGURE_WRITE


@operation(WRITE)
async def create_stated_figure(session: Session, actor: Actor, data: StatedFigureCreate) -> UUID:
    """Record a figure as a source states it, with its words."""
    counts = data.counting_unit or rules.find_counting_unit(data.measure)
    values = rules.prepare(data.model_dump(exclude={"unit", "unit_on", "counting_unit"}))
    figure = StatedFigure(**values, counting_unit=counts, unit_id=actor.unit_id)
    rules.check(figure)
    named = (data.unit, _day_of_map(data))
    figure.unit_id = (await units.open_units(session, actor, [named], own={named}))[named]
    await _check_references(session, actor, figure)
    return await records.create(session, actor, WRITE, figure, data.model_fields_set)


@operation(WRITE)
async def change_stated_figure(
    session: Session, actor: Actor, id: UUID, data: StatedFigureChange, expected: int | None
) -> UUID:
    """Correct a stated figure; its unit and its measure stay: void it, and state another."""
    figure = await records.load(session, actor, StatedFigure, id, expected)
    if changed := records.assign(figure, rules.prepare(data.model_dump(exclude_unset=True))):
        rules.check(figure)
        await _check_references(session, actor, figure)
        await records.save(session, actor, WRITE, figure, changed)
    return figure.id


void_stated_figure = build_void(
    StatedFigure, Permission.STATED_FIGURE_VOID, "void_stated_figure",
    "Void a figure that was entered in error: it stays readable, and counts nowhere.",
)  # fmt: skip


def _day_of_map(data: StatedFigureCreate) -> date:
    """Return the day on which the unit stood: as given, else the end of the period, else today."""
    return data.unit_on or min(data.period_to or today(), today())


async def _check_references(session: Session, actor: Actor, figure: StatedFigure) -> None:
    """Refuse a subject or document out of sight, and a figure that is recorded already."""
    if figure.subject_resource and figure.subject_id:
        of = figure.subject_resource
        if not await queries.has_subject(session, actor, of, figure.subject_id):
            raise SubjectNotFound(of)
    document = figure.document_id
    if document and await documents.find_visible(session, actor, document) is None:
        raise build_not_found(Document)
    await queries.lock_statement(session, figure)
    if await queries.is_stated(session, figure):
        raise FigureStated(label=figure.label)
