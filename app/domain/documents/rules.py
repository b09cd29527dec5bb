"""Decisions about documents: what may follow what, who may, and what becomes of earlier ones."""

from collections.abc import Sequence
from datetime import date

from app.db.tables.documents import Document, DocumentState, Relation
from app.domain.actor import Permission
from app.domain.documents.errors import (
    ForceBeforeIssue,
    IssuedLater,
    NotInForce,
    NumberNeeded,
    PeriodTurned,
    SupersededTwice,
)
from app.domain.documents.schemas import DocumentCreate, DocumentTransition, SupersessionInput
from app.domain.records.state_machine import AppliedTransition, StateMachine, Transition

S = DocumentState
OUT = (S.ISSUED, S.AMENDED, S.REPLACED, S.REPEALED)
OUTWARD = ("issue", "register")  # steps by which a paper comes to hold
STANDING = {S.ISSUED, S.AMENDED}
ISSUE = Permission.DOCUMENT_ISSUE
LIFE = StateMachine(
    Transition("submit", {S.DRAFT}, S.SUBMITTED),
    Transition("return", {S.SUBMITTED}, S.DRAFT, needs_reason=True, permission=ISSUE),
    Transition("sign", {S.SUBMITTED}, S.SIGNED, permission=ISSUE),
    Transition("issue", {S.SIGNED}, S.ISSUED, permission=ISSUE),
    Transition(
        "register", {S.DRAFT, S.SUBMITTED}, S.ISSUED, permission=ISSUE
    ),  # a paper that is out already
)
# What a later document does to this one; nobody takes these steps by hand.
FATE = StateMachine(
    Transition(Relation.AMENDS, STANDING, S.AMENDED, needs_document=True),
    Transition(Relation.REPLACES, STANDING, S.REPLACED, needs_document=True),
    Transition(Relation.REPEALS, STANDING, S.REPEALED, needs_document=True),
)


def unit_day(data: DocumentCreate, *, today: date) -> date:
    """The day on which the unit of a paper stood: papers outlive units."""
    first = date(data.period_from, 1, 1) if data.period_from else None
    return min(data.unit_on or data.issued_on or first or today, today)


def required_permission(action: str) -> Permission:
    """Return the permission of a transition: authors submit, issuers decide the rest."""
    return Permission.DOCUMENT_WRITE if action == "submit" else ISSUE


def permission_to_change(document: Document) -> Permission:
    """A draft is its drafter's; what has been submitted is corrected by those who issue."""
    return required_permission("submit") if document.state is S.DRAFT else Permission.DOCUMENT_ISSUE


def apply_transition(
    document: Document, words: DocumentTransition, *, today: date
) -> AppliedTransition:
    """Take a document one step on, with the day on which that took effect."""
    day = words.effective_on or _day(document, words.action) or today
    taken = LIFE.apply(document.state, words, effective_on=day)
    if day > today:
        raise IssuedLater(day=day.isoformat())
    if words.action == "issue":
        if document.number is None or document.symbol is None:
            raise NumberNeeded()
        document.issued_on = day
    document.state = DocumentState(taken.to_state)
    check(document, today=today)
    document.issued_year = document.issued_on.year if document.issued_on else None
    return taken


def _day(document: Document, action: str) -> date | None:
    return document.issued_on if action in OUTWARD else None


def apply_supersession(
    earlier: Document, relation: Relation, by: Document, day: date
) -> AppliedTransition:
    """Apply the effect of an issued document to an earlier one."""
    if earlier.state not in STANDING:
        raise NotInForce(wanted=str(earlier.id), state=earlier.state)
    words = DocumentTransition(action=relation, document_id=by.id)
    taken = FATE.apply(earlier.state, words, effective_on=day)
    earlier.state = DocumentState(taken.to_state)
    return taken


def check(document: Document, *, today: date) -> None:
    """Refuse years and days that cannot be."""
    check_period(document.period_from, document.period_to)
    if document.issued_on and document.in_force_on and document.in_force_on < document.issued_on:
        raise ForceBeforeIssue()
    if document.state in OUT and document.issued_on and document.issued_on > today:
        raise IssuedLater(day=document.issued_on.isoformat())


def check_period(first: int | None, last: int | None) -> None:
    if (first is None) != (last is None) or (first and last and first > last):
        raise PeriodTurned()


def check_links(links: Sequence[SupersessionInput]) -> None:
    """One document does one thing to another."""
    seen = [link.document_id for link in links]
    for id in seen:
        if seen.count(id) > 1:
            raise SupersededTwice(str(id))
