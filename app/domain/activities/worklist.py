"""Activities and tasks that wait: open tasks, plans, reports to verify, reports returned."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.db.query.shape import Row
from app.db.tables.activities import Activity
from app.db.tables.activity_terms import ActivityState
from app.db.tables.campaigns import Task, TaskState
from app.db.tables.records import Transition
from app.domain.actor import Permission
from app.domain.worklists import Waiting


def _was_returned(activity: Row) -> Any:
    """Test for activities whose report was returned, and is not yet there again."""
    step: Row = aliased(Transition)
    returned = select(step.id).where(step.resource_id == activity.id, step.action == "return")
    return (activity.state == ActivityState.HELD) & returned.exists()


def _title(row: Row) -> Any:
    return row.title


WAITING = (
    Waiting(
        kind="task", table=Task, permission=Permission.TASK_TRANSITION, title=_title,
        where=lambda task: task.state == TaskState.OPEN, due=lambda task: task.due_on,
    ),
    Waiting(
        kind="activity_to_approve", table=Activity, permission=Permission.ACTIVITY_VERIFY,
        where=lambda activity: activity.state == ActivityState.PLANNED, title=_title,
        due=lambda activity: activity.starts_on,
    ),
    Waiting(
        kind="activity_to_verify", table=Activity, permission=Permission.ACTIVITY_VERIFY,
        where=lambda activity: activity.state == ActivityState.REPORTED, title=_title,
    ),
    Waiting(
        kind="activity_returned", table=Activity, permission=Permission.ACTIVITY_TRANSITION,
        where=_was_returned, title=_title,
    ),
)  # fmt: skip
