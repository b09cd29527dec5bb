"""Every SQL statement on documents, apart from those of the shapes."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, cast, delete, extract, func, literal
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.commendations import Commendation, CommendationState
from app.db.tables.documents import Document, DocumentLink
from app.db.tables.stated_figures import StatedFigure
from app.domain.actor import Actor
from app.domain.documents import rules
from app.domain.documents.schemas import TallyOf
from app.domain.documents.shape import VISIBLE
from app.domain.scope import in_scope
from app.domain.units.shape import today, within

MEASURED = {TallyOf.DOCUMENTS: "documents_issued", TallyOf.COMMENDATIONS: "commendations_given"}
AWARDED_STATES = (CommendationState.AWARDED,)


async def is_own(session: Session, actor: Actor, document: UUID) -> bool:
    """Return whether a document is of the actor's unit."""
    statement = select(Document.id).where(Document.id == document, in_scope(Document, actor))
    return (await session.exec(statement)).first() is not None


async def list_by_ids(session: Session, actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Document]:
    """Load and lock documents in the actor's unit, in one order to avoid deadlocks."""
    statement = (
        select(Document)
        .where(
            col(Document.id).in_(list(ids)),
            in_scope(Document, actor),
            col(Document.voided_at).is_(None),
        )
        .order_by(col(Document.id))
        .with_for_update()
    )
    found = await session.exec(statement.execution_options(populate_existing=True))
    return {document.id: document for document in found}


async def find_visible(session: Session, actor: Actor, id: UUID) -> Document | None:
    """A document that the actor may read."""
    test = VISIBLE[actor.level](Document, actor.unit_id)
    stands = col(Document.voided_at).is_(None)
    statement = select(Document).where(Document.id == id, test, stands)
    return (await session.exec(statement)).one_or_none()


async def find_same_paper(session: Session, document: Document) -> UUID | None:
    """Find another record of the same document, in any unit."""
    known = (document.issuer_eid, document.paper_key, document.issued_year)
    if None in known:
        return None
    statement = select(Document.id).where(
        Document.issuer_eid == document.issuer_eid,
        Document.paper_key == document.paper_key,
        Document.issued_year == document.issued_year,
        Document.id != document.id,
        col(Document.voided_at).is_(None),
    )
    return (await session.exec(statement)).first()


async def links_of(session: Session, document: UUID) -> Sequence[DocumentLink]:
    """List the effects that a document declares on earlier ones."""
    statement = select(DocumentLink).where(DocumentLink.document_id == document)
    return (await session.exec(statement.order_by(col(DocumentLink.id)))).all()


async def unlink(session: Session, document: UUID) -> None:
    """Forget what a draft was to do to earlier documents."""
    gone = delete(DocumentLink).where(col(DocumentLink.document_id) == document)
    await execute(session, gone)


def _rows_of(table: Any, counts: TallyOf) -> tuple[Any, Any, ColumnElement[bool]]:
    """Return the category, the day and the counting condition of each kind of row."""
    stands = table.voided_at.is_(None)
    if counts is TallyOf.DOCUMENTS:
        return table.kind, table.issued_on, stands & table.state.in_(rules.OUT)
    return table.form, table.awarded_on, stands & table.state.in_(AWARDED_STATES)


async def count_documents(
    session: Session, actor: Actor, counts: TallyOf, unit: str | None, first: int, last: int
) -> Sequence[Any]:
    """Rows of the actor's unit, or of one below it, by kind (or form) and level."""
    table: Any = Document if counts is TallyOf.DOCUMENTS else Commendation
    kind, day, stands = _rows_of(table, counts)
    statement = (
        select(kind.label("kind"), table.level.label("level"), func.count().label("rows"))
        .where(in_scope(table, actor), stands, _year(day).between(first, last))
        .group_by(kind, table.level)
        .order_by(kind, table.level)
    )
    if unit is not None:
        statement = statement.where(within(table, literal(unit), {"as_of": literal(today())}))
    return (await execute(session, statement)).all()


async def list_stated(
    session: Session, actor: Actor, counts: TallyOf, unit: str | None, first: int, last: int
) -> Sequence[Any]:
    """Figures that sources state for years within the period, each with the rows of the same."""
    table: Any = Document if counts is TallyOf.DOCUMENTS else Commendation
    kind, day, stands = _rows_of(table, counts)
    figure: Any = StatedFigure
    since, until = _year(figure.period_from), _year(figure.period_to)
    rows = (
        select(func.count())
        .select_from(table)
        .where(
            in_scope(table, actor), stands, table.unit_id == figure.unit_id,
            figure.category.is_(None) | (figure.category == kind),
            figure.level.is_(None) | (figure.level == table.level),
            _year(day).between(since, until),
        )
        .correlate(figure)
        .scalar_subquery()
    )  # fmt: skip
    statement = select(figure, rows.label("rows")).where(
        in_scope(figure, actor), figure.measure == MEASURED[counts], figure.voided_at.is_(None),
        ~figure.delta_only, since >= first, until <= last,
    )  # fmt: skip
    if unit is not None:
        statement = statement.where(within(figure, literal(unit), {"as_of": literal(today())}))
    found: Sequence[Any] = (await session.exec(statement.order_by(figure.id))).all()
    return found


def _year(day: Any) -> Any:
    return cast(extract("year", day), Integer)
