"""Shapes of a case without who it is about: what its workers list, and what a superior sees."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Date, Integer, Text, cast, func, literal_column, or_

from app.db.base import PLACE
from app.db.query.shape import Field, Filter, Link, Order, Params, Row, Shape, Test, columns
from app.db.tables.deadlines import Deadline, DeadlineState
from app.db.tables.reintegration import ReintegrationAssignment, ReintegrationCase
from app.db.tables.reintegration_parts import (
    ReintegrationAction,
    ReintegrationConsent,
    ReintegrationContact,
    ReintegrationNeed,
    ReintegrationSupport,
)
from app.db.tables.reintegration_requests import ReintegrationRequest
from app.domain.actor import Permission
from app.domain.records.actions import actions
from app.domain.records.shape import FIRST, choices, part, ranges, transitions
from app.domain.reintegration.kind import (
    CASE_KIND,
    READABLE,
    UNATTENDED,
    is_handover_late,
    is_orphaned,
)
from app.domain.reintegration.openings.shape import CASE_OPENING
from app.domain.reintegration.states import CASE_LIFE
from app.domain.units.shape import MAP_OF, OWN_UNIT, UNIT_KNOWN

RESOURCE: Any = literal_column("'reintegration_case'")
READ = Permission.CASE_READ


def _part_shape(name: str, table: Any, fields: str) -> Shape:
    return Shape(name=name, table=table, needs=READ, orders=FIRST, fields=columns(table, fields))


def _within(case: Row, wanted: Any, given: Params) -> Test:
    unit = func.unit_ref(wanted, given["as_of"])
    return or_(case.unit_id == unit, *(getattr(case, place) == unit for place in PLACE))


ASSIGNMENT = _part_shape(
    "ReintegrationAssignment", ReintegrationAssignment,
    "id subject part assigned_by assigned_on ended_on",
)  # fmt: skip
NEED = _part_shape(
    "ReintegrationNeed", ReintegrationNeed, "id pathway status recorded_on recorded_by"
)
ACTION = _part_shape(
    "ReintegrationAction", ReintegrationAction,
    "id pathway due_on outcome ended_on recorded_on recorded_by",
)  # fmt: skip
CONTACT = _part_shape(
    "ReintegrationContact", ReintegrationContact,
    "id took_place_on way attendance recorded_on recorded_by",
)  # fmt: skip
SUPPORT = _part_shape(
    "ReintegrationSupport", ReintegrationSupport,
    "id kind state begins_on ends_on verified_on purpose amount months rule_code recorded_on "
    "recorded_by",
)  # fmt: skip
CONSENT = _part_shape(
    "ReintegrationConsent", ReintegrationConsent,
    "id scope text_version given_on ends_on revoked_on recorded_on recorded_by",
)  # fmt: skip
REQUEST = _part_shape(
    "ReintegrationRequest", ReintegrationRequest,
    "id kind received_on answer answered_on recorded_on recorded_by",
)  # fmt: skip
CASE_DEADLINE = Shape(
    name="ReintegrationClock",
    table=Deadline,
    needs=READ,
    orders=FIRST,
    fields=columns(Deadline, "rule_code due_on extensions")
    | {
        "state": Field(lambda deadline: cast(deadline.state, Text), DeadlineState),
        "met_on": Field(lambda deadline: cast(deadline.met_at, Date), date | None),
        "breached_on": Field(lambda deadline: cast(deadline.breached_at, Date), date | None),
        "due_in_days": Field(lambda deadline: cast(deadline.due_on - func.today(), Integer), int),
    },
)


def _is_deadline_of(case: Row, deadline: Row, given: Params) -> Test:
    return (deadline.resource == RESOURCE) & (deadline.resource_id == case.id)  # type: ignore[no-any-return]


CASE: Shape = Shape(
    name="ReintegrationCase",
    table=ReintegrationCase,
    needs=READ,
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
        "id version unit_id case_number basis state closing_basis notified_on released_on episode "
        "follows_id closed_on expires_on",
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
            lambda: CASE_DEADLINE, _is_deadline_of,
            many=True, first=20, most=100, follows_parent=True,
        ),
        "transitions": transitions(),
    },
    filters={
        **choices(ReintegrationCase, "state basis closing_basis"),
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
