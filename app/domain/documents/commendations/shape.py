"""What can be read of commendations and exemplars; who is a person is told to few."""

from datetime import date
from uuid import UUID

from app.db.shape import CHOICE, RANGE, Filter, Link, Shape, columns
from app.db.tables.commendations import (
    Commendation,
    CommendationForm,
    CommendationState,
    CommendingAuthority,
    Exemplar,
    RecipientKind,
    SubjectKind,
)
from app.db.tables.units import UnitLevel
from app.domain.actor import Permission
from app.domain.documents.commendations import rules
from app.domain.documents.shape import ACCOUNTED, DOCUMENT, NEWEST, OWN_UNIT, SEARCH, WITHIN
from app.domain.records.shape import allowed_actions, transitions
from app.domain.scope import BY_PLACE
from app.domain.units.shape import MAP_OF

COMMENDATION = Shape(
    name="Commendation",
    table=Commendation,
    needs=Permission.COMMENDATION_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        Commendation,
        "id version recipient_kind recipient_name recipient_label form authority level achievement "
        f"document_id awarded_on state unit_id {ACCOUNTED}",
        recipient_label=Permission.COMMENDATION_READ_NAMES,
    )
    | {"allowed_actions": allowed_actions(rules.LIFE, CommendationState)},
    links={
        "unit": OWN_UNIT,
        "transitions": transitions(),
        "document": Link(
            lambda: DOCUMENT,
            lambda commendation, document, given: document.id == commendation.document_id,
        ),
    },
    filters={
        "recipient_kind": Filter(RecipientKind, lambda row: row.recipient_kind, CHOICE),
        "form": Filter(CommendationForm, lambda row: row.form, CHOICE),
        "authority": Filter(CommendingAuthority, lambda row: row.authority, CHOICE),
        "level": Filter(UnitLevel, lambda row: row.level, CHOICE),
        "state": Filter(CommendationState, lambda row: row.state, CHOICE),
        "awarded_on": Filter(date, lambda row: row.awarded_on, RANGE),
        "document_id": Filter(UUID, lambda row: row.document_id, CHOICE),
        "unit": WITHIN,
        "search": SEARCH,
    },
)

EXEMPLAR = Shape(
    name="Exemplar",
    table=Exemplar,
    needs=Permission.EXEMPLAR_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        Exemplar,
        "id version subject_kind subject_name subject_label year level description "
        f"commendation_id unit_id {ACCOUNTED}",
        subject_label=Permission.COMMENDATION_READ_NAMES,
    ),
    links={
        "unit": OWN_UNIT,
        "commendation": Link(
            lambda: COMMENDATION,
            lambda exemplar, commendation, given: commendation.id == exemplar.commendation_id,
        ),
    },
    filters={
        "subject_kind": Filter(SubjectKind, lambda row: row.subject_kind, CHOICE),
        "year": Filter(int, lambda row: row.year, RANGE),
        "level": Filter(UnitLevel, lambda row: row.level, CHOICE),
        "unit": WITHIN,
        "search": SEARCH,
    },
)
