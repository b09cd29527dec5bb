"""Rules of commendations: transitions and the naming of persons."""

from datetime import date

from app.db.tables.commendations import (
    Commendation,
    CommendationState,
    Exemplar,
    RecipientKind,
    SubjectKind,
)
from app.db.tables.records import DocumentRole
from app.domain.commendations.errors import AwardedLater, WhoIsNeeded
from app.domain.commendations.schemas import CommendationTransition
from app.domain.records.errors import DocumentNeeded
from app.domain.records.state_machine import AppliedTransition, StateMachine, Transition

S = CommendationState
LIFE = StateMachine(
    Transition("review", {S.NOMINATED}, S.REVIEWED),
    Transition("approve", {S.REVIEWED}, S.APPROVED),
    Transition("award", {S.APPROVED}, S.AWARDED),
    Transition("decline", {S.NOMINATED, S.REVIEWED, S.APPROVED}, S.DECLINED, needs_reason=True),
    Transition("revoke", {S.AWARDED}, S.REVOKED, needs_reason=True, needs_document=True),
)
NAMES = ("recipient_label", "subject_label")  # fields that need the permission to read names


def apply_transition(
    commendation: Commendation, words: CommendationTransition, *, today: date
) -> AppliedTransition:
    """Take a commendation one step on; it is given by a decision, on a day that has come."""
    day = words.effective_on or today
    taken = LIFE.apply(commendation.state, words, effective_on=day)
    if day > today:
        raise AwardedLater(day=day.isoformat())
    if words.action == "award":
        commendation.document_id = (
            words.find_document(DocumentRole.APPROVAL) or commendation.document_id
        )
        if commendation.document_id is None:
            raise DocumentNeeded("award")
        commendation.awarded_on = day
    commendation.state = CommendationState(taken.to_state)
    return taken


def check_recipient(commendation: Commendation) -> None:
    """A person is a label, everybody else has a name."""
    person = commendation.recipient_kind is RecipientKind.INDIVIDUAL
    _check_who(person, commendation.recipient_name, commendation.recipient_label, "recipient")


def check_subject(exemplar: Exemplar) -> None:
    """A person is a label, everybody else has a name."""
    person = exemplar.subject_kind is SubjectKind.PERSON
    _check_who(person, exemplar.subject_name, exemplar.subject_label, "subject")


def _check_who(person: bool, name: str | None, label: str | None, who: str) -> None:
    wanted, other = (label, name) if person else (name, label)
    fields = (f"{who}_label", f"{who}_name") if person else (f"{who}_name", f"{who}_label")
    if (wanted is None and not person) or other is not None:
        raise WhoIsNeeded(*fields)
