"""Supersession: declared in the draft, applied when the document is issued."""

from collections.abc import Sequence
from datetime import date

from app.db.session import Session
from app.db.tables.documents import Document, DocumentLink, DocumentState
from app.domain.actor import Actor
from app.domain.documents import queries, rules
from app.domain.documents.errors import EarlierNotFound, LinksAreFixed
from app.domain.documents.schemas import SupersessionInput
from app.domain.records.kit import Edit


async def link(
    session: Session, actor: Actor, document: Document, links: Sequence[SupersessionInput]
) -> list[DocumentLink]:
    """Say what a draft will do to earlier documents, each of them the actor's own."""
    earlier = await queries.list_by_ids(session, actor, [link.document_id for link in links])
    for link in links:
        if link.document_id not in earlier or link.document_id == document.id:
            raise EarlierNotFound(wanted=str(link.document_id))
    return [
        DocumentLink(document_id=document.id, earlier_id=link.document_id, relation=link.relation)
        for link in links
    ]


async def relink(
    session: Session, actor: Actor, document: Document, links: Sequence[SupersessionInput]
) -> list[DocumentLink] | None:
    """Say otherwise what a draft will do to earlier documents; None where nothing is new."""
    rules.check_links(links)
    known = await queries.links_of(session, document.id)
    if {(k.earlier_id, k.relation) for k in known} == {(s.document_id, s.relation) for s in links}:
        return None
    if document.state is not DocumentState.DRAFT:
        raise LinksAreFixed()
    await queries.unlink(session, document.id)
    return await link(session, actor, document, links)


async def supersede(session: Session, actor: Actor, by: Document, day: date) -> list[Edit]:
    """Tell earlier documents what has become of them."""
    links = await queries.links_of(session, by.id)
    earlier = await queries.list_by_ids(session, actor, [link.earlier_id for link in links])
    edits = []
    for link in links:
        if link.earlier_id not in earlier:
            raise EarlierNotFound(wanted=str(link.earlier_id))
        document = earlier[link.earlier_id]
        step = rules.apply_supersession(document, link.relation, by, day)
        edits.append(Edit(document, ["state"], step))
    return edits
