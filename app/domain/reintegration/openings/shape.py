"""Shape of emergency openings: who, when, on what basis, and the review; no words."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, false, func, literal_column, select

from app.db.aliases import alias_table
from app.db.query.shape import Caller, Field, Filter, Order, Row, Shape, Test, columns
from app.db.tables.deadlines import Deadline
from app.db.tables.reintegration_openings import ReintegrationOpening
from app.domain.actor import Level, Permission
from app.domain.records.actions import actions
from app.domain.records.shape import FIRST, choices, transitions
from app.domain.reintegration.openings.rules import REVIEW
from app.domain.reintegration.rule_codes import OPENING, OPENING_REVIEW
from app.domain.scope import BY_PLACE, Scope
from app.domain.units.shape import MAP_OF, OWN_UNIT

# Those who watch over cases see them, above villages; the country sees all.
OPENING_SCOPE: Scope = {**BY_PLACE, Level.VILLAGE: lambda opening, unit: false()}


def find_review_day(opening: Row) -> Any:
    """Return the day until which an opening is to be reviewed."""
    deadline: Row = alias_table(Deadline)
    due = select(deadline.due_on).where(
        deadline.resource == literal_column(f"'{OPENING}'"), deadline.resource_id == opening.id,
        deadline.rule_code == literal_column(f"'{OPENING_REVIEW}'"),
    )  # fmt: skip
    return due.correlate(opening).scalar_subquery()


def _may_review(opening: Row, caller: Caller) -> Test:
    return and_(
        caller.may(Permission.CASE_REVIEW_OPENING), opening.opened_by != caller.subject
    )  # fmt: skip


# As those with a part in the case see it.
CASE_OPENING = Shape(
    name="CaseOpeningMade",
    table=ReintegrationOpening,
    needs=Permission.CASE_READ,
    orders=FIRST,
    fields=columns(
        ReintegrationOpening,
        "id basis state opened_by opened_at opens_until decided_by decided_at",
    ),
)
OPENING_SHAPE: Shape = Shape(
    name="ReintegrationOpening",
    table=ReintegrationOpening,
    needs=Permission.CASE_READ_OPENINGS,
    sensitive=True,
    scope=OPENING_SCOPE,
    terms=MAP_OF,
    id_type=UUID,
    orders={
        "newest": Order(lambda opening: [opening.opened_at, opening.id], descending=True),
        "oldest": Order(lambda opening: [opening.opened_at, opening.id]),
    },
    fields=columns(
        ReintegrationOpening,
        "id version unit_id case_id case_number basis state opened_by opened_at opens_until "
        "decided_by decided_at",
    )
    | {
        "review_due_on": Field(find_review_day, date | None),
        "is_live": Field(lambda opening: opening.opens_until > func.request_time(), bool),
    }
    | actions(REVIEW, Permission.CASE_READ_OPENINGS, conditions={"": _may_review}),
    links={"unit": OWN_UNIT, "transitions": transitions()},
    filters={
        **choices(ReintegrationOpening, "state basis"),
        "case_id": Filter(UUID, lambda opening: opening.case_id),
        "case_number": Filter(str, lambda opening: opening.case_number),
    },
)
