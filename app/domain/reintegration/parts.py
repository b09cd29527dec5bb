"""Shapes of what belongs to a case: its parts without their words, and its deadlines."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    Integer,
    Text,
    any_,
    case,
    cast,
    func,
    literal_column,
    select,
)

from app.db.aliases import alias_table
from app.db.query.shape import Field, Params, Row, Shape, Test, columns
from app.db.tables.deadlines import Deadline, DeadlineState
from app.db.tables.reintegration import ReintegrationAssignment
from app.db.tables.reintegration_parts import (
    ReintegrationAction,
    ReintegrationConsent,
    ReintegrationContact,
    ReintegrationNeed,
    ReintegrationSupport,
)
from app.db.tables.reintegration_requests import ReintegrationRequest
from app.domain.actor import Permission
from app.domain.records.shape import FIRST
from app.domain.reintegration import rule_codes

OF_CASE: Any = literal_column(f"'{rule_codes.RESOURCE}'")
OF_REQUEST: Any = literal_column(f"'{rule_codes.REQUEST}'")
READ = Permission.CASE_READ


def _part_shape(name: str, table: Any, fields: str, **more: Field) -> Shape:
    shown = columns(table, fields) | more
    return Shape(name=name, table=table, needs=READ, orders=FIRST, fields=shown)


def _read_reply(request: Row, name: str) -> Any:
    """Read a column of the time limit of a request."""
    deadline: Row = alias_table(Deadline)
    found = select(getattr(deadline, name)).where(
        deadline.resource == OF_REQUEST, deadline.resource_id == request.id
    )
    return found.correlate(request).scalar_subquery()


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
    due_on=Field(lambda request: _read_reply(request, "due_on"), date | None),
    deadline_state=Field(lambda request: _read_reply(request, "state"), DeadlineState | None),
)  # fmt: skip
CASE_DEADLINE = Shape(
    name="ReintegrationClock",
    table=Deadline,
    needs=READ,
    orders=FIRST,
    fields=columns(Deadline, "rule_code due_on extensions")
    | {
        "request_id": Field(
            lambda deadline: case((deadline.resource == OF_REQUEST, deadline.resource_id)),
            UUID | None,
        ),
        "state": Field(lambda deadline: cast(deadline.state, Text), DeadlineState),
        "met_on": Field(lambda deadline: cast(deadline.met_at, Date), date | None),
        "breached_on": Field(lambda deadline: cast(deadline.breached_at, Date), date | None),
        "due_in_days": Field(lambda deadline: cast(deadline.due_on - func.today(), Integer), int),
    },
)


def is_deadline_of(one: Row, deadline: Row, given: Params) -> Test:
    """Test for the deadlines of a case and of the requests in it, by one list of their ids."""
    request: Row = alias_table(ReintegrationRequest)
    asked = select(request.id).where(request.case_id == one.id).correlate(one)
    ids = func.array_append(func.array(asked.scalar_subquery()), one.id)
    known = deadline.resource.in_((OF_CASE, OF_REQUEST))
    found: Test = known & (deadline.resource_id == any_(ids))
    return found
