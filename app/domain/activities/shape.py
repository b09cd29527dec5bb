"""The shapes of activities, campaigns and tasks."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.db.query.shape import Filter, Order, Params, Row, Shape, Test, columns
from app.db.tables.activities import Activity, ActivityLine, ActivityPart, ActivityUnit
from app.db.tables.campaigns import Campaign, Task
from app.domain.activities.scope import VISIBLE, within
from app.domain.activities.states import LIFE, TASK_LIFE
from app.domain.actor import Permission
from app.domain.documents.shape import DOCUMENT
from app.domain.records.actions import actions
from app.domain.records.shape import (
    EITHER_END,
    FIRST,
    LOGGED,
    choices,
    parent,
    part,
    ranges,
    transitions,
)
from app.domain.scope import BY_PLACE
from app.domain.units.shape import MAP_OF, OWN_UNIT, UNIT_KNOWN, WITHIN

READ = Permission.ACTIVITY_READ
DUE = {"due": Order(lambda task: [task.due_on, task.id])}

ACTIVITY_UNIT = Shape(
    name="ActivityUnit", table=ActivityUnit, needs=READ, terms=MAP_OF, orders=FIRST,
    fields=columns(ActivityUnit, "unit_id"), links={"unit": OWN_UNIT},
)  # fmt: skip
ACTIVITY_PART = Shape(
    name="ActivityPart", table=ActivityPart, needs=READ, orders=FIRST,
    fields=columns(ActivityPart, "resource part_id"),
)  # fmt: skip
ACTIVITY_QUANTITY = Shape(
    name="ActivityQuantity", table=ActivityLine, needs=READ, orders=FIRST,
    fields=columns(ActivityLine, "measure category counting_unit value qualifier words"),
)  # fmt: skip

CAMPAIGN: Shape = Shape(
    name="Campaign",
    table=Campaign,
    needs=Permission.CAMPAIGN_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        Campaign, f"id version title purpose starts_on ends_on document_id unit_id {LOGGED}"
    ),
    links={
        "unit": OWN_UNIT,
        "document": parent(DOCUMENT, "document_id", follows_parent=False),
    },
    filters={
        **choices(Campaign, "document_id"),
        **ranges(Campaign, "starts_on ends_on"),
        "unit": WITHIN,
    },
)


def _has_part(activity: Row, wanted: Any, given: Params) -> Test:
    """Test for activities in which a model, team or organisation takes part."""
    one: Row = aliased(ActivityPart)
    found = select(one.activity_id).where(one.part_id == wanted)
    return activity.id.in_(found)  # type: ignore[no-any-return]


def _counts(activity: Row, wanted: Any, given: Params) -> Test:
    """Test for activities with a number of some measure."""
    line: Row = aliased(ActivityLine)
    found = select(line.id).where(line.activity_id == activity.id, line.measure == wanted)
    return found.exists()


ACTIVITY: Shape = Shape(
    name="Activity",
    table=Activity,
    needs=READ,
    scope=VISIBLE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        Activity,
        "id version kind title state precision starts_on ends_on period_text campaign_id "
        "document_id forces topic is_night covers_resources dispute_kind is_successful "
        "has_relapsed is_voluntary minutes_number purpose legal_basis approved_by facility_kind "
        f"drill_kind supersedes_id source reference unit_id {LOGGED}",
    )
    | actions(LIFE, Permission.ACTIVITY_TRANSITION, scope=BY_PLACE),
    links={
        "unit": OWN_UNIT,
        "units": part(ACTIVITY_UNIT, "activity_id", first=50),
        "parts": part(ACTIVITY_PART, "activity_id", first=50),
        "quantities": part(ACTIVITY_QUANTITY, "activity_id", first=50),
        "campaign": parent(CAMPAIGN, "campaign_id", follows_parent=False),
        "document": parent(DOCUMENT, "document_id", follows_parent=False),
        "transitions": transitions(),
    },
    filters={
        **choices(Activity, "kind state facility_kind campaign_id document_id reference"),
        **ranges(Activity, "starts_on ends_on"),
        "unit": Filter(str, test=within, known=UNIT_KNOWN),
        "part": Filter(UUID, test=_has_part, doc="In which this model or team takes part."),
        "measure": Filter(str, test=_counts, doc="With a number of this measure."),
    },
)

TASK: Shape = Shape(
    name="Task",
    table=Task,
    needs=Permission.TASK_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END | DUE,
    fields=columns(
        Task,
        "id version title position due_on document_id campaign_id state done_on activity_id "
        f"unit_id {LOGGED}",
    )
    | actions(TASK_LIFE, Permission.TASK_TRANSITION),
    links={
        "unit": OWN_UNIT,
        "document": parent(DOCUMENT, "document_id", follows_parent=False),
        "campaign": parent(CAMPAIGN, "campaign_id", follows_parent=False),
        "activity": parent(ACTIVITY, "activity_id", follows_parent=False),
        "transitions": transitions(),
    },
    filters={
        **choices(Task, "state document_id campaign_id activity_id"),
        **ranges(Task, "due_on"),
        "unit": WITHIN,
    },
)
