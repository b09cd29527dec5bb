"""What can be read of documents, of what they supersede, their attachments and stated numbers."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from app.db.base import PLACE
from app.db.shape import CHOICE, RANGE, Filter, Given, Link, Order, Row, Shape, Test, columns
from app.db.tables.documents import Attachment, Document, DocumentKind, DocumentLink, DocumentState
from app.db.tables.stated_tallies import StatedTally, TallyOf
from app.db.tables.units import UnitLevel
from app.db.vietnamese import like_pattern
from app.domain.actor import Level, Permission
from app.domain.documents import rules
from app.domain.records.shape import allowed_actions, transitions
from app.domain.scope import BY_PLACE, Scope
from app.domain.units.shape import MAP_OF, UNIT

NEWEST = {
    "newest": Order(lambda row: [row.id], descending=True),
    "oldest": Order(lambda row: [row.id]),
}
ACCOUNTED = "created_at created_by changed_at changed_by"
OWN_UNIT = Link(lambda: UNIT, lambda row, unit, given: unit.id == row.unit_id, follows_parent=True)


def _seen_from(level: Level) -> Any:
    """One's own papers, and what the units above have issued: directives are meant to be read."""

    def test(document: Row, unit: Any) -> ColumnElement[bool]:
        own = BY_PLACE[level](document, unit)
        if level is Level.NATIONAL:
            return own
        above = select(func.unit_ancestors(unit, "administrative", func.today()))
        out = or_(*(document.state == state for state in rules.OUT))
        return or_(own, out & document.unit_id.in_(above))

    return test


SEEN: Scope = {level: _seen_from(level) for level in Level}


def _with_document(level: Level) -> Any:
    def test(attachment: Row, unit: Any) -> ColumnElement[bool]:
        document: Row = aliased(Document)
        seen = select(document.id).where(SEEN[level](document, unit))
        return attachment.document_id.in_(seen)  # type: ignore[no-any-return]

    return test


WITH_DOCUMENT: Scope = {level: _with_document(level) for level in Level}


def within(row: Row, wanted: Any, given: Given) -> Test:
    """Rows that lie in a unit on today's map, or were entered for a unit below it on the day."""
    unit = func.unit_ref(wanted, given["as_of"])
    below = select(func.unit_descendants(unit, "administrative", given["as_of"]))
    return or_(row.unit_id.in_(below), *(getattr(row, place) == unit for place in PLACE))


def _like(row: Row, part: Any, given: Given) -> Test:
    return row.search_key.like(part)  # type: ignore[no-any-return]


WITHIN = Filter(str, test=within, doc="of this unit or below it; named by id or by code")
SEARCH = Filter(
    str, test=_like, doc="a part of its words, with or without accents", reads=like_pattern
)


def _superseding(name: str, side: str, other: str) -> Shape:
    """An edge between two documents, told from one of its ends."""
    return Shape(
        name=name,
        table=DocumentLink,
        needs=Permission.DOCUMENT_READ,
        terms=MAP_OF,
        orders={"first": Order(lambda link: [link.id])},
        fields=columns(DocumentLink, f"relation {side}"),
        links={
            other: Link(
                lambda: DOCUMENT,
                lambda link, document, given: document.id == getattr(link, side),
            )
        },
    )


EARLIER = _superseding("EarlierDocument", "earlier_id", "earlier")
LATER = _superseding("LaterDocument", "document_id", "document")

ATTACHMENT: Shape = Shape(
    name="Attachment",
    table=Attachment,
    needs=Permission.ATTACHMENT_READ,
    scope=WITH_DOCUMENT,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        Attachment, "id version document_id file_name media_type size sha256 created_at created_by"
    ),
    links={
        "document": Link(
            lambda: DOCUMENT,
            lambda attachment, document, given: document.id == attachment.document_id,
            follows_parent=True,
        )
    },
    filters={
        "document_id": Filter(UUID, lambda attachment: attachment.document_id, CHOICE),
        "sha256": Filter(str, lambda attachment: attachment.sha256, CHOICE),
        "media_type": Filter(str, lambda attachment: attachment.media_type, CHOICE),
    },
)

DOCUMENT: Shape = Shape(
    name="Document",
    table=Document,
    needs=Permission.DOCUMENT_READ,
    scope=SEEN,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        Document,
        "id version kind number symbol title issued_on in_force_on issuer issuer_eid "
        f"signer_position level period_from period_to state unit_id source {ACCOUNTED}",
    )
    | {"allowed_actions": allowed_actions(rules.LIFE, DocumentState)},
    links={
        "unit": OWN_UNIT,
        "transitions": transitions(),
        "supersedes": Link(
            lambda: EARLIER,
            lambda document, link, given: link.document_id == document.id,
            many=True,
            first=10,
            most=50,
            follows_parent=True,
        ),
        "superseded_by": Link(
            lambda: LATER,
            lambda document, link, given: link.earlier_id == document.id,
            many=True,
            first=10,
            most=50,
            follows_parent=True,
        ),
        "attachments": Link(
            lambda: ATTACHMENT,
            lambda document, attachment, given: attachment.document_id == document.id,
            many=True,
            first=10,
            most=100,
            follows_parent=True,
        ),
    },
    filters={
        "kind": Filter(DocumentKind, lambda document: document.kind, CHOICE),
        "state": Filter(DocumentState, lambda document: document.state, CHOICE),
        "level": Filter(UnitLevel, lambda document: document.level, CHOICE),
        "number": Filter(str, lambda document: document.number, CHOICE),
        "symbol": Filter(str, lambda document: document.symbol, CHOICE),
        "issuer_eid": Filter(str, lambda document: document.issuer_eid, CHOICE),
        "issued_on": Filter(date, lambda document: document.issued_on, RANGE),
        "in_force_on": Filter(date, lambda document: document.in_force_on, RANGE),
        "unit": WITHIN,
        "search": SEARCH,
    },
)

STATED_TALLY = Shape(
    name="StatedTally",
    table=StatedTally,
    needs=Permission.DOCUMENT_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        StatedTally,
        "id version counts label kind form level period_from period_to count qualifier quote "
        f"source unit_id {ACCOUNTED}",
    ),
    links={"unit": OWN_UNIT},
    filters={
        "counts": Filter(TallyOf, lambda tally: tally.counts, CHOICE),
        "kind": Filter(DocumentKind, lambda tally: tally.kind, CHOICE),
        "unit": WITHIN,
    },
)
