"""Every SQL statement on stated figures, apart from those of the shape."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, text, true

from app.db.session import Session, execute
from app.db.tables.documents import Document
from app.db.tables.forces import Team
from app.db.tables.organisations import Organisation
from app.db.tables.programme_models import ModelHost, ModelType, ProgrammeModel
from app.db.tables.stated_figures import ONCE, StatedFigure, SubjectResource
from app.domain.actor import Actor, Level
from app.domain.documents.shape import VISIBLE as VISIBLE_DOCUMENTS
from app.domain.organisations.shape import VISIBLE as VISIBLE_ORGANISATIONS
from app.domain.scope import in_scope

R = SubjectResource
TABLES: dict[SubjectResource, Any] = {
    R.MODEL: ProgrammeModel, R.MODEL_TYPE: ModelType, R.TEAM: Team, R.DOCUMENT: Document,
    R.ORGANISATION: Organisation,
}  # fmt: skip


async def has_subject(session: Session, actor: Actor, of: SubjectResource, id: UUID) -> bool:
    """Return whether the actor may see the record that a figure is about."""
    table = TABLES[of]
    statement = select(table.id).where(table.id == id, _is_visible(actor, of))
    return (await execute(session, statement)).first() is not None


def _is_visible(actor: Actor, of: SubjectResource) -> ColumnElement[bool]:
    if of is R.MODEL_TYPE or (of is R.MODEL and actor.level is Level.NATIONAL):
        return true()
    if of is R.MODEL:
        hosted: Any = ModelHost
        hosts = select(hosted.model_id).where(getattr(hosted, f"{actor.level}_id") == actor.unit_id)
        return ProgrammeModel.id.in_(hosts)  # type: ignore[attr-defined, no-any-return]
    if of is R.DOCUMENT:
        return VISIBLE_DOCUMENTS[actor.level](Document, actor.unit_id)
    if of is R.ORGANISATION:
        return VISIBLE_ORGANISATIONS[actor.level](Organisation, actor.unit_id)
    return in_scope(Team, actor)


async def lock_statement(session: Session, figure: StatedFigure) -> None:
    """Let nobody else state a figure of this label for this unit until the transaction ends."""
    claimed = "SELECT pg_advisory_xact_lock(hashtextextended(:unit || :label, 7300052))"
    await execute(session, text(claimed), {"unit": str(figure.unit_id), "label": figure.label})


async def is_stated(session: Session, figure: StatedFigure) -> bool:
    """Return whether another standing record has this figure of this source."""
    one: Any = StatedFigure
    same = (getattr(one, name).is_not_distinct_from(getattr(figure, name)) for name in ONCE)
    statement = select(one.id).where(*same, one.id != figure.id, one.voided_at.is_(None))
    return (await execute(session, statement)).first() is not None
