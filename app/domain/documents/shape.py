"""Shapes of documents, supersessions and attachments."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from app.db.aliases import alias_table
from app.db.query.shape import Caller, Filter, Params, Row, Shape, Test, columns
from app.db.tables.documents import Attachment, Document, DocumentLink
from app.db.vietnamese import like_pattern
from app.domain.actor import Level, Permission
from app.domain.documents import rules
from app.domain.records.actions import actions
from app.domain.records.shape import (
    EITHER_END,
    FIRST,
    LOGGED,
    choices,
    parent,
    part,
    ranges,
    transitions,
)
from app.domain.scope import BY_PLACE, Scope
from app.domain.units.shape import MAP_OF, OWN_UNIT, WITHIN


def _visible_from(level: Level) -> Any:
    """One's own papers, and what the units above have issued: directives are meant to be read."""

    def test(document: Row, unit: Any) -> ColumnElement[bool]:
        own = BY_PLACE[level](document, unit)
        if level is Level.NATIONAL:
            return own
        above = select(func.unit_ancestors(unit, "administrative", func.today()))
        out = or_(*(document.state == state for state in rules.OUT))
        return or_(own, out & document.unit_id.in_(above))

    return test


VISIBLE: Scope = {level: _visible_from(level) for level in Level}


def _with_document(level: Level) -> Any:
    def test(attachment: Row, unit: Any) -> ColumnElement[bool]:
        document: Row = alias_table(Document)
        seen = select(document.id).where(VISIBLE[level](document, unit))
        return attachment.document_id.in_(seen)  # type: ignore[no-any-return]

    return test


WITH_DOCUMENT: Scope = {level: _with_document(level) for level in Level}


def _matches(row: Row, part: Any, given: Params) -> Test:
    return row.search_key.like(part)  # type: ignore[no-any-return]


SEARCH = Filter(str, test=_matches, reads=like_pattern)


def _supersession_shape(name: str, side: str, other: str) -> Shape:
    """Return the shape of a supersession, seen from one of its ends."""
    return Shape(
        name=name,
        table=DocumentLink,
        needs=Permission.DOCUMENT_READ,
        terms=MAP_OF,
        orders=FIRST,
        fields=columns(DocumentLink, f"relation {side}"),
        links={other: parent(lambda: DOCUMENT, side, follows_parent=False)},
    )


EARLIER = _supersession_shape("EarlierDocument", "earlier_id", "earlier")
LATER = _supersession_shape("LaterDocument", "document_id", "document")

ATTACHMENT: Shape = Shape(
    name="Attachment",
    table=Attachment,
    needs=Permission.ATTACHMENT_READ,
    scope=WITH_DOCUMENT,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        Attachment, "id version document_id file_name media_type size sha256 created_at created_by"
    ),
    links={"document": parent(lambda: DOCUMENT, "document_id")},
    filters=choices(Attachment, "document_id sha256 media_type"),
)


def _is_numbered(document: Row, caller: Caller) -> ColumnElement[bool]:
    """Test for documents with a number and a symbol, without which none is issued."""
    return document.number.is_not(None) & document.symbol.is_not(None)  # type: ignore[no-any-return]


DOCUMENT: Shape = Shape(
    name="Document",
    table=Document,
    needs=Permission.DOCUMENT_READ,
    scope=VISIBLE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        Document,
        "id version kind number symbol title issued_on in_force_on issuer issuer_eid "
        f"signer_position level period_from period_to state unit_id source {LOGGED}",
    )
    | actions(
        rules.LIFE, Permission.DOCUMENT_WRITE, scope=BY_PLACE, conditions={"issue": _is_numbered}
    ),
    links={
        "unit": OWN_UNIT,
        "transitions": transitions(),
        "supersedes": part(EARLIER, "document_id", first=10, most=50),
        "superseded_by": part(LATER, "earlier_id", first=10, most=50),
        "attachments": part(ATTACHMENT, "document_id", first=10),
    },
    filters={
        **choices(Document, "kind state level number symbol issuer_eid"),
        **ranges(Document, "issued_on in_force_on"),
        "unit": WITHIN,
        "search": SEARCH,
    },
)
