"""What can be done with documents: draft them, correct them, take them through their life."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.documents import Document
from app.db.tables.records import Act
from app.db.vietnamese import search_key
from app.domain.actor import Actor, Permission, operation
from app.domain.documents import queries, rules, superseding
from app.domain.documents.errors import DocumentExists, DocumentNotFound
from app.domain.documents.schemas import (
    DocumentChange,
    DocumentCreate,
    DocumentTransition,
)
from app.domain.records import service as records
from app.domain.records.machine import Taken
from app.domain.records.service import Change
from app.domain.units import service as units
from app.domain.units.shape import today


@operation(Permission.DOCUMENT_WRITE)
async def create_document(session: Session, actor: Actor, data: DocumentCreate) -> UUID:
    """Put down a document as a draft, for one of your units."""
    rules.check_links(data.supersedes)
    named = (data.unit, rules.unit_day(data, today=today()))
    found = await units.open_units(session, actor, [named], own={named})
    document = Document(
        **data.model_dump(exclude={"unit", "unit_on", "supersedes"}), unit_id=found[named],
        issued_year=_year(data.issued_on), search_key="",
        created_by=actor.subject, changed_by=actor.subject,
    )  # fmt: skip
    document.search_key = _words(document)
    rules.check(document, today=today())
    await _not_recorded_before(session, actor, document)
    session.add(document)
    await session.flush()
    await superseding.link(session, actor, document, data.supersedes)
    made = Change("document", document.id, document.unit_id, fields=sorted(data.model_fields_set))
    await records.account(session, actor, Permission.DOCUMENT_WRITE, [made])
    return document.id


@operation(Permission.DOCUMENT_WRITE)
async def change_document(
    session: Session, actor: Actor, id: UUID, data: DocumentChange, expected: int | None
) -> UUID:
    """Say otherwise what a document is; once submitted, only those who issue may correct it."""
    document = await _one(session, actor, id)
    actor.require(needs := rules.needed_to_change(document))
    await records.expect(session, document, expected)
    said = data.model_dump(exclude_unset=True, exclude={"supersedes"})
    links = data.supersedes if "supersedes" in data.model_fields_set else None
    changed = records.touch(document, actor, said)
    document.issued_year, document.search_key = _year(document.issued_on), _words(document)
    rules.check(document, today=today())
    await _not_recorded_before(session, actor, document)
    if links is not None:
        changed += await superseding.relink(session, actor, document, links, counted=bool(changed))
    if changed:
        await session.flush()
        await records.account(session, actor, needs, [_changed(document, Act.CHANGE, changed)])
    return document.id


@operation(Permission.DOCUMENT_WRITE)
async def move_document(
    session: Session, actor: Actor, id: UUID, data: DocumentTransition, expected: int | None
) -> UUID:
    """Take a document one step on; when it is out, what it supersedes is told so."""
    actor.require(needs := rules.needed_for(data.action))
    document = await _one(session, actor, id)
    await records.expect(session, document, expected)
    step = rules.move(document, data, today=today())
    await _not_recorded_before(session, actor, document)
    records.touch(document, actor)
    changes = [_changed(document, Act.TRANSITION, ["issued_on", "state"], step)]
    if step.action in rules.OUTWARD:
        changes += await superseding.supersede(session, actor, document, step.effective_on)
    await session.flush()
    await records.account(session, actor, needs, changes)
    return document.id


async def _one(session: Session, actor: Actor, id: UUID) -> Document:
    document = await queries.one(session, actor, Document, id)
    if document is None:
        raise DocumentNotFound()
    return document


async def _not_recorded_before(session: Session, actor: Actor, document: Document) -> None:
    with session.no_autoflush:
        other = await queries.same_paper(session, document)
        if other is None:
            return
        told = {"id": str(other)} if await queries.seen(session, actor, other) else {}
    facts = {"number": document.number, "symbol": document.symbol, "year": document.issued_year}
    raise DocumentExists(**facts, **told)


def _year(day: date | None) -> int | None:
    return day.year if day else None


def _words(document: Document) -> str:
    """What a document is found by; its number and symbol as they are written together."""
    number, symbol = document.number or "", document.symbol or ""
    joined = (f"{number}-{symbol}", f"{number}/{symbol}") if number and symbol else (number, symbol)
    known: list[Any] = [document.title, document.issuer, document.issuer_eid, *joined]
    return search_key(*(word for word in known if word))


def _changed(
    document: Document, act: Act, fields: Sequence[str], step: Taken | None = None
) -> Change:
    return Change("document", document.id, document.unit_id, act, document.version, fields, step)
