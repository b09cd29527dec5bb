"""Operations on documents: draft, change, apply transitions."""

from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.documents import Document
from app.db.vietnamese import paper_key, search_key
from app.domain.actor import Actor, Permission, operation
from app.domain.documents import queries, rules, supersession
from app.domain.documents.errors import DocumentExists
from app.domain.documents.schemas import (
    DocumentChange,
    DocumentCreate,
    DocumentTransition,
)
from app.domain.records import kit as records
from app.domain.records.basis_documents import check_basis
from app.domain.units import service as units
from app.domain.units.shape import today


@operation(Permission.DOCUMENT_WRITE)
async def create_document(session: Session, actor: Actor, data: DocumentCreate) -> UUID:
    """Create a document as a draft, for one of your units."""
    rules.check_links(data.supersedes)
    named = (data.unit, rules.unit_day(data, today=today()))
    found = await units.open_units(session, actor, [named], own={named})
    document = Document(
        **data.model_dump(exclude={"unit", "unit_on", "supersedes"}), unit_id=found[named],
        issued_year=_year(data.issued_on), search_key="",
    )  # fmt: skip
    _set_keys(document)
    rules.check(document, today=today())
    await _check_not_recorded(session, actor, document)
    links = await supersession.link(session, actor, document, data.supersedes)
    return await records.create(
        session, actor, Permission.DOCUMENT_WRITE, document, data.model_fields_set, also=links
    )


@operation(Permission.DOCUMENT_WRITE)
async def change_document(
    session: Session, actor: Actor, id: UUID, data: DocumentChange, expected: int | None
) -> UUID:
    """Change a document; once submitted, only those who issue may correct it."""
    document = await records.get(session, actor, Document, id, lock_map=False)
    actor.require(needs := rules.permission_to_change(document))
    await records.check_version(session, document, expected)
    said = data.model_dump(exclude_unset=True, exclude={"supersedes"})
    changed = records.assign(document, said)
    document.issued_year = _year(document.issued_on)
    _set_keys(document)
    rules.check(document, today=today())
    await _check_not_recorded(session, actor, document)
    links = None
    if "supersedes" in data.model_fields_set:
        links = await supersession.relink(session, actor, document, data.supersedes)
    if links is not None:
        changed += ["supersedes"]
    if changed:
        await records.save(session, actor, needs, document, changed, also=links or ())
    return document.id


@operation(Permission.DOCUMENT_WRITE)
async def transition_document(
    session: Session, actor: Actor, id: UUID, data: DocumentTransition, expected: int | None
) -> UUID:
    """Apply a transition to a document; issuing it supersedes earlier ones."""
    actor.require(needs := rules.required_permission(data.action))
    document = await records.load(session, actor, Document, id, expected, lock_map=False)
    step = rules.apply_transition(document, data, today=today())
    named = (data.document_id, *(one.id for one in data.documents))
    await check_basis(session, actor, [(one, step.effective_on) for one in named])
    await _check_not_recorded(session, actor, document)
    edits = [records.Edit(document, ["issued_on", "state"], step)]
    if step.action in rules.OUTWARD:
        edits += await supersession.supersede(session, actor, document, step.effective_on)
    await records.save_all(session, actor, needs, edits)
    return document.id


async def _check_not_recorded(session: Session, actor: Actor, document: Document) -> None:
    other = await queries.find_same_paper(session, document)
    if other is None:
        return
    told = {"id": str(other)} if await queries.find_visible(session, actor, other) else {}
    facts = {"number": document.number, "symbol": document.symbol, "year": document.issued_year}
    raise DocumentExists(**facts, **told)


def _year(day: date | None) -> int | None:
    return day.year if day else None


def _set_keys(document: Document) -> None:
    document.search_key = _fields_of(document)
    document.paper_key = paper_key(document.number, document.symbol)


def _fields_of(document: Document) -> str:
    """Return the search text of a document; number and symbol are written together."""
    number, symbol = document.number or "", document.symbol or ""
    joined = (f"{number}-{symbol}", f"{number}/{symbol}") if number and symbol else (number, symbol)
    known: list[Any] = [document.title, document.issuer, document.issuer_eid, *joined]
    return search_key(*(word for word in known if word))
