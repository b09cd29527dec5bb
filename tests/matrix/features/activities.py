"""Activities, campaigns and tasks, in the matrix."""

from datetime import date
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from app.db.session import Session
from app.db.tables.activities import Activity, ActivityLine, ActivityUnit
from app.db.tables.activity_terms import ActivityKind, ActivityState
from app.db.tables.campaigns import Campaign, Task
from app.db.tables.stated_figures import PeriodPrecision, Qualifier
from app.domain.activities import queries
from app.domain.actor import Permission
from tests.give import PAPER
from tests.matrix.makers import Make, in_unit, put
from tests.matrix.recipe import About, Recipe, Request, new, one

DAY = date(2025, 3, 1)


async def activity(session: Session, unit: UUID, **more: Any) -> UUID:
    known: dict[str, Any] = {"state": ActivityState.HELD}
    row = Activity(
        unit_id=unit, kind=ActivityKind.PATROL, precision=PeriodPrecision.DAY, starts_on=DAY,
        ends_on=DAY, is_night=True, **(known | more),
    )  # fmt: skip
    id = await put(session, row)
    await put(session, ActivityUnit(activity_id=id, unit_id=unit))
    line = ActivityLine(
        activity_id=id, measure="patrols", counting_unit="occurrence", value=2,
        qualifier=Qualifier.EQUAL, day=DAY,
    )  # fmt: skip
    await put(session, line)
    return id


async def reported_activity(session: Session, unit: UUID) -> UUID:
    return await activity(session, unit, state=ActivityState.REPORTED)


async def verified_activity(session: Session, unit: UUID) -> UUID:
    return await activity(session, unit, state=ActivityState.VERIFIED)


async def campaign(session: Session, unit: UUID) -> UUID:
    row = Campaign(unit_id=unit, title="Đợt cao điểm", starts_on=DAY, ends_on=date(2025, 3, 31))
    return await put(session, row)


async def task(session: Session, unit: UUID) -> UUID:
    row = Task(unit_id=unit, title="Rà soát", due_on=date(2026, 1, 15), document_id=PAPER)
    return await put(session, row)


def _transition(about: About) -> Request:
    action = "verify" if about.line.case == "reported" else "report"
    return one(action=action)(about)


def _batch(about: About) -> Request:
    return Request(data={"items": [{"id": str(uuid7()), "unit": str(about.unit)} | ACTIVITY]})


def _steps(about: About) -> Request:
    return Request(data={"items": [{"id": str(uuid7()), "version": 1, "action": "report"}]})


ACTIVITY = {
    "kind": "patrol", "starts_on": "2025-03-01", "is_night": True,
    "quantities": [{"measure": "patrols", "value": 3}],
}  # fmt: skip
CAMPAIGN = {"title": "Đợt cao điểm", "starts_on": "2025-03-01", "ends_on": "2025-03-31"}
TASK = {"title": "Rà soát", "due_on": "2026-01-15", "document_id": str(PAPER)}

RECIPES: dict[str, Recipe] = {
    "POST /api/v1/activities": new(unit="@", **ACTIVITY),
    "POST /api/v1/activities/bulk": _batch,
    "POST /api/v1/activities/transitions": _steps,
    "PATCH /api/v1/activities/{id}": one(is_night=False),
    "POST /api/v1/activities/{id}/transitions": _transition,
    "POST /api/v1/activities/{id}/supersede": one(
        reason="Đếm sót", quantities=[{"measure": "patrols", "value": 4}]
    ),
    "POST /api/v1/activities/{id}/void": one(reason="Nhập nhầm"),
    "POST /api/v1/campaigns": new(unit="@", **CAMPAIGN),
    "PATCH /api/v1/campaigns/{id}": one(title="Đợt khác"),
    "POST /api/v1/campaigns/{id}/void": one(reason="Nhập nhầm"),
    "POST /api/v1/tasks": new(unit="@", **TASK),
    "PATCH /api/v1/tasks/{id}": one(title="Việc khác"),
    "POST /api/v1/tasks/{id}/transitions": one(action="complete"),
    "POST /api/v1/tasks/{id}/void": one(reason="Nhập nhầm"),
}

MAKERS: dict[str, Make] = {
    "activity": in_unit(activity),
    "reported_activity": in_unit(reported_activity),
    "verified_activity": in_unit(verified_activity),
    "campaign": in_unit(campaign),
    "task": in_unit(task),
}

PLACES = {
    "activities": "SELECT id, unit_id FROM activity WHERE voided_at IS NULL",
    "campaigns": "SELECT id, unit_id FROM campaign WHERE voided_at IS NULL",
    "tasks": "SELECT id, unit_id FROM task WHERE voided_at IS NULL",
}
VERSIONED = ("activity", "campaign", "task")
SCOPED = (queries,)
BESIDES = {Permission.ACTIVITY_VERIFY: "reported"}
OFFLINE = {
    "activities": ({"is_night": False}, {"is_night": True}, {"title": "Khác"}),
    "campaigns": ({"title": "Một"}, {"title": "Hai"}, {"purpose": "Khác"}),
    "tasks": ({"title": "Một"}, {"title": "Hai"}, {"position": "Khác"}),
}
