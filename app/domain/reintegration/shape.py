"""Shapes of a case without who it is about: what its workers list, and what a superior sees."""

from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, cast, func, or_

from app.db.base import PLACE
from app.db.query.shape import Field, Filter, Link, Order, Params, Row, Shape, Test, columns
from app.db.tables.reintegration import ReintegrationCase
from app.domain.actor import Permission
from app.domain.records.actions import actions
from app.domain.records.shape import choices, part, ranges, transitions
from app.domain.reintegration.kind import (
    CASE_KIND,
    READABLE,
    UNATTENDED,
    is_handover_late,
    is_orphaned,
)
from app.domain.reintegration.openings.shape import CASE_OPENING
from app.domain.reintegration.parts import (
    ACTION,
    ASSIGNMENT,
    CASE_DEADLINE,
    CONSENT,
    CONTACT,
    NEED,
    REQUEST,
    SUPPORT,
    is_deadline_of,
)
from app.domain.reintegration.states import CASE_LIFE
from app.domain.units.shape import MAP_OF, OWN_UNIT, UNIT_KNOWN


def _within(case: Row, wanted: Any, given: Params) -> Test:
    unit = func.unit_ref(wanted, given["as_of"])
    return or_(case.unit_id == unit, *(getattr(case, place) == unit for place in PLACE))


CASE: Shape = Shape(
    name="ReintegrationCase",
    table=ReintegrationCase,
    needs=Permission.CASE_READ,
    sensitive=True,
    scope=READABLE,
    terms=MAP_OF,
    id_type=UUID,
    orders={
        "newest": Order(lambda case: [case.notified_on, case.id], descending=True),
        "oldest": Order(lambda case: [case.notified_on, case.id]),
    },
    fields=columns(
        ReintegrationCase,
        "id version unit_id case_number basis state closing_basis notified_on released_on is_minor "
        "episode follows_id closed_on expires_on",
    )
    | actions(CASE_LIFE, Permission.CASE_TRANSITION, scope=CASE_KIND.live_scope),
    links={
        "unit": OWN_UNIT,
        "assignments": part(ASSIGNMENT, "case_id"),
        "needs": part(NEED, "case_id"),
        "plan_actions": part(ACTION, "case_id"),
        "contacts": part(CONTACT, "case_id"),
        "supports": part(SUPPORT, "case_id"),
        "consents": part(CONSENT, "case_id"),
        "requests": part(REQUEST, "case_id"),
        "openings": part(CASE_OPENING, "case_id"),
        "clocks": Link(
            lambda: CASE_DEADLINE, is_deadline_of,
            many=True, first=20, most=100, follows_parent=True,
        ),
        "transitions": transitions(),
    },
    filters={
        **choices(ReintegrationCase, "state basis closing_basis"),
        "is_minor": Filter(bool, lambda case: case.is_minor),
        **ranges(ReintegrationCase, "notified_on"),
        "case_number": Filter(str, lambda case: case.case_number),
        "unit": Filter(str, test=_within, known=UNIT_KNOWN),
    },
)  # fmt: skip

UNATTENDED_CASE: Shape = Shape(
    name="UnattendedCase",
    table=ReintegrationCase,
    needs=Permission.CASE_WATCH,
    sensitive=True,
    scope=UNATTENDED,
    terms=MAP_OF,
    id_type=UUID,
    orders={"oldest": Order(lambda case: [case.notified_on, case.id])},
    fields=columns(ReintegrationCase, "id unit_id case_number state notified_on")
    | {
        "orphaned": Field(lambda case: cast(is_orphaned(case), Boolean), bool),
        "handover_late": Field(lambda case: cast(is_handover_late(case), Boolean), bool),
    },
    links={"unit": OWN_UNIT},
    filters={"unit": Filter(str, test=_within, known=UNIT_KNOWN)},
)
