"""Void documents that were entered in error."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_
from sqlmodel import select

from app.db.base import UnitScoped, voidable_tables
from app.db.session import Session
from app.db.tables.activities import Activity
from app.db.tables.campaigns import Campaign, Task
from app.db.tables.commendations import Commendation
from app.db.tables.documents import Document, DocumentLink
from app.db.tables.model_records import ModelRecognition
from app.db.tables.programme_models import ProgrammeModel
from app.db.tables.records import Transition, TransitionDocument
from app.db.tables.stated_figures import StatedFigure
from app.domain.actor import Actor, Permission
from app.domain.records import kit as records
from app.domain.records.dependants import by_key, by_test
from app.domain.records.names import resource_name
from app.domain.records.voids import build_void
from app.domain.scope import in_scope

NAMES = ((Commendation, "document_id"), (ModelRecognition, "document_id"),
         (ProgrammeModel, "approval_document_id"), (StatedFigure, "document_id"),
         (StatedFigure, "subject_id"), (Activity, "document_id"), (Campaign, "document_id"),
         (Task, "document_id"))  # fmt: skip


def _links_to(id: UUID) -> Any:
    """Test whether a document declares an effect on this one."""
    link: Any = DocumentLink
    of = select(link.document_id).where(link.earlier_id == id)
    return Document.id.in_(of)  # type: ignore[attr-defined]


def _find_steps(actor: Actor, id: UUID) -> Select[Any]:
    """Find standing records that took a step by order of a document."""
    step: Any = Transition
    own, gone = [], []
    for table in voidable_tables():
        it = and_(step.resource == resource_name(table), table.id == step.resource_id)
        gone.append(exists().where(it, table.voided_at.is_not(None)))
        if issubclass(table, UnitScoped):
            own.append(exists().where(it, in_scope(table, actor)))
    named: Any = select(step.resource, step.resource_id.label("id"), or_(*own).label("own"))
    beside = select(TransitionDocument.transition_id).where(TransitionDocument.document_id == id)
    rests = or_(step.document_id == id, step.id.in_(beside))
    return named.where(rests, ~or_(*gone)).distinct()  # type: ignore[no-any-return]


async def _load(session: Session, actor: Actor, id: UUID, expected: int | None) -> Document:
    return await records.load(session, actor, Document, id, expected, lock_map=False)


void_document = build_void(
    Document, Permission.DOCUMENT_VOID, "void_document",
    "Void a document that was entered in error: it stays readable, and counts nowhere.",
    load=_load,
    rests=[*(by_key(table, key) for table, key in NAMES), by_test(Document, _links_to),
           _find_steps],
)  # fmt: skip
