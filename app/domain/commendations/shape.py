"""Shapes of commendations and exemplars; persons' names need their own permission."""

from uuid import UUID

from app.db.query.shape import Shape, columns
from app.db.tables.commendations import Commendation, Exemplar
from app.domain.actor import Permission
from app.domain.commendations import rules
from app.domain.documents.shape import DOCUMENT, SEARCH
from app.domain.records.actions import actions
from app.domain.records.shape import (
    EITHER_END,
    LOGGED,
    choices,
    parent,
    ranges,
    transitions,
)
from app.domain.scope import BY_PLACE
from app.domain.units.shape import MAP_OF, OWN_UNIT, WITHIN

COMMENDATION = Shape(
    name="Commendation",
    table=Commendation,
    needs=Permission.COMMENDATION_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        Commendation,
        "id version recipient_kind recipient_name recipient_label form authority level achievement "
        f"document_id awarded_on state unit_id {LOGGED}",
        recipient_label=Permission.COMMENDATION_READ_NAMES,
    )
    | actions(
        rules.LIFE,
        Permission.COMMENDATION_DECIDE,
        needs={"award.document_id": lambda one, caller: one.document_id.is_(None)},
    ),
    links={
        "unit": OWN_UNIT,
        "transitions": transitions(),
        "document": parent(DOCUMENT, "document_id", follows_parent=False),
    },
    filters={
        **choices(Commendation, "recipient_kind form authority level state"),
        **ranges(Commendation, "awarded_on"),
        **choices(Commendation, "document_id"),
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
    orders=EITHER_END,
    fields=columns(
        Exemplar,
        "id version subject_kind subject_name subject_label year level description "
        f"commendation_id unit_id {LOGGED}",
        subject_label=Permission.COMMENDATION_READ_NAMES,
    ),
    links={
        "unit": OWN_UNIT,
        "commendation": parent(COMMENDATION, "commendation_id", follows_parent=False),
    },
    filters={
        **choices(Exemplar, "subject_kind"),
        **ranges(Exemplar, "year"),
        **choices(Exemplar, "level"),
        "unit": WITHIN,
        "search": SEARCH,
    },
)
