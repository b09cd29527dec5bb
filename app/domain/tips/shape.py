"""Shape of a tip without its content: state, deadlines, assignments.

All times are days. The content is read apart, by those who are assigned to the tip.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Date,
    Integer,
    Text,
    case,
    cast,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from app.db.aliases import alias_table
from app.db.base import PLACE
from app.db.query.shape import (
    RANGE,
    Caller,
    Field,
    Filter,
    Link,
    Order,
    Params,
    Row,
    Shape,
    Test,
    columns,
    is_one_of,
)
from app.db.tables.deadlines import Deadline, DeadlineState
from app.db.tables.tip_parts import TipRedaction
from app.db.tables.tips import NO_DEADLINE, URGENT, Tip, TipAssignment, TipLink
from app.domain.actor import Permission
from app.domain.records.actions import actions
from app.domain.records.shape import (
    FIRST,
    choices,
    part,
    ranges,
    transitions,
)
from app.domain.records.unit_names import find_once
from app.domain.tips import rules, states
from app.domain.tips.kind import TIP_KIND
from app.domain.units.shape import MAP_OF, OWN_UNIT, UNIT_KNOWN

RESOURCE: Any = literal_column("'tip'")
SUBJECT: Any = func.current_setting("binhyen.subject", literal_column("true"))  # of the caller


LIVE = TIP_KIND.live_scope


def _due_on(tip: Row) -> Any:
    return func.nullif(tip.due_on, literal_column(f"'{NO_DEADLINE}'::date"))


def _is_urgent(tip: Row) -> Any:
    return tip.urgency == URGENT


def _is_local(tip: Row, caller: Caller) -> Test:
    """Test for tips that need not be handed over."""
    never = func.coalesce(is_one_of(tip.category, rules.NEVER_LOCAL), false())
    return not_(is_one_of(tip.kind, rules.CRIMES) | never)


def _is_assigned(tip: Row, subject: Any) -> Any:
    given: Row = alias_table(TipAssignment)
    live = select(given.id).where(
        given.tip_id == tip.id, given.subject == subject, given.ended_on.is_(None)
    )
    return live.correlate(tip).exists()


def _within(tip: Row, wanted: Any, given: Params) -> Test:
    unit = find_once(wanted, given["as_of"])
    return or_(tip.unit_id == unit, *(getattr(tip, place) == unit for place in PLACE))


def _is_over(deadline: Row) -> Any:
    """Test whether the last day of a deadline has passed; no hour of it is disclosed."""
    return (deadline.due_on < func.today()) | deadline.met_at.is_not(None)


def _deadline_state(deadline: Row) -> Any:
    ticking = case(
        (deadline.extensions > 0, DeadlineState.EXTENDED.value), else_=DeadlineState.RUNNING.value
    )
    breached = deadline.state == DeadlineState.BREACHED
    return case((breached & ~_is_over(deadline), ticking), else_=cast(deadline.state, Text))


def _breach_date(deadline: Row) -> Any:
    return case((_is_over(deadline), cast(deadline.breached_at, Date)))


def _other(link: Row, tip: Row) -> Any:
    return case((link.tip_id == tip, link.other_id), else_=link.tip_id)


def _other_seen(level: str) -> Any:
    def is_visible(link: Row, unit: Any) -> Any:
        tip: Row = alias_table(Tip)
        other: Row = alias_table(Tip)
        both = select(tip.id).where(tip.id == link.tip_id, LIVE[level](tip, unit))
        both = both.where(
            select(other.id).where(other.id == link.other_id, LIVE[level](other, unit)).exists()
        )
        return both.correlate(link).exists()

    return is_visible


BOTH_SEEN = {level: _other_seen(level) for level in LIVE}

TIP_ASSIGNMENT = Shape(
    name="TipAssignment",
    table=TipAssignment,
    needs=Permission.TIP_READ,
    orders=FIRST,
    fields=columns(TipAssignment, "id subject assigned_by assigned_on ended_on"),
)
TIP_DEADLINE = Shape(
    name="TipClock",
    table=Deadline,
    needs=Permission.TIP_READ,
    orders=FIRST,
    fields=columns(Deadline, "rule_code due_on extensions")
    | {
        "state": Field(_deadline_state, DeadlineState),
        "met_on": Field(lambda deadline: cast(deadline.met_at, Date), date | None),
        "breached_on": Field(_breach_date, date | None),
        "due_in_days": Field(lambda deadline: cast(deadline.due_on - func.today(), Integer), int),
    },
)
TIP_LINK = Shape(
    name="TipLink",
    table=TipLink,
    needs=Permission.TIP_READ,
    orders={"first": Order(lambda link: [link.tip_id, link.other_id])},
    fields={
        "tip_id": Field(lambda link: link.tip_id, UUID | None, seen=BOTH_SEEN),
        "other_id": Field(lambda link: link.other_id, UUID | None, seen=BOTH_SEEN),
        "note": Field(lambda link: link.note, str | None, seen=BOTH_SEEN),
        **columns(TipLink, "linked_by linked_on"),
    },
)
TIP_REDACTION = Shape(
    name="TipRedaction",
    table=TipRedaction,
    needs=Permission.TIP_READ_CONTENT,
    orders=FIRST,
    fields=columns(TipRedaction, "id begin end reason permanent created_by"),
)


def _part(shape: Shape, on: Any) -> Link:
    return Link(lambda: shape, on, many=True, first=20, most=100, follows_parent=True)


TIP: Shape = Shape(
    name="Tip",
    table=Tip,
    needs=Permission.TIP_READ,
    sensitive=True,
    scope=LIVE,
    terms=MAP_OF,
    id_type=UUID,
    orders={
        "newest": Order(lambda tip: [tip.received_on, tip.id], descending=True),
        "due": Order(lambda tip: [tip.urgency, tip.due_on, tip.id]),
        "oldest": Order(lambda tip: [tip.received_on, tip.id]),
    },
    fields=columns(
        Tip,
        "id version unit_id received_unit_id received_on channel kind category state has_contact "
        "about_officials is_useful outcome resolved_on resolved_in_time informed_on closed_on "
        "expires_on clock overdue local_result suspension_basis downgraded_on reopened_on",
    )
    | {
        "urgent": Field(_is_urgent, bool),
        "due_on": Field(_due_on, date | None),
        "due_in_days": Field(
            lambda tip: cast(_due_on(tip) - func.today(), Integer), int | None
        ),
    }
    | actions(
        states.TIP_LIFE, Permission.TIP_TRANSITION, conditions={"handle_locally": _is_local}
    ),
    links={
        "unit": OWN_UNIT,
        "assignments": part(TIP_ASSIGNMENT, "tip_id"),
        "clocks": _part(
            TIP_DEADLINE,
            lambda tip, deadline, given: (
                (deadline.resource == RESOURCE) & (deadline.resource_id == tip.id)
            ),
        ),
        "alike": _part(
            TIP_LINK, lambda tip, link, given: (link.tip_id == tip.id) | (link.other_id == tip.id)
        ),
        "redactions": _part(
            TIP_REDACTION,
            lambda tip, span, given: (span.tip_id == tip.id) & _is_assigned(tip, SUBJECT),
        ),
        "transitions": transitions(),
    },
    filters={
        **choices(Tip, "state kind category channel outcome"),
        **ranges(Tip, "received_on"),
        "due_on": Filter(date, _due_on, RANGE),
        "overdue": Filter(bool, lambda tip: cast(tip.overdue, Boolean)),
        "has_contact": Filter(bool, lambda tip: cast(tip.has_contact, Boolean)),
        "is_useful": Filter(bool, lambda tip: tip.is_useful),
        "urgent": Filter(bool, _is_urgent),
        "downgraded": Filter(bool, lambda tip: tip.downgraded_on.is_not(None)),
        "assigned": Filter(
            str, test=lambda tip, subject, given: _is_assigned(tip, subject),
        ),
        "unit": Filter(str, test=_within, known=UNIT_KNOWN),
    },
)  # fmt: skip
