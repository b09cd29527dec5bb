"""Operations on campaigns and tasks."""

from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.activities import Activity
from app.db.tables.campaigns import Campaign, Task, TaskState
from app.domain.activities import queries
from app.domain.activities.errors import CampaignTurned, TaskDayToCome
from app.domain.activities.plan_schemas import (
    CampaignChange,
    CampaignCreate,
    TaskChange,
    TaskCreate,
    TaskTransition,
)
from app.domain.activities.states import TASK_LIFE
from app.domain.actor import Actor, Permission, operation
from app.domain.records import kit as records
from app.domain.records.basis_documents import check_basis
from app.domain.records.dependants import by_key
from app.domain.records.errors import build_not_found
from app.domain.records.voids import build_void
from app.domain.units import service as units
from app.domain.units.shape import today

CAMPAIGN, TASK = Permission.CAMPAIGN_WRITE, Permission.TASK_WRITE


@operation(CAMPAIGN)
async def create_campaign(session: Session, actor: Actor, data: CampaignCreate) -> UUID:
    """Record a campaign of one of your units."""
    day = min(data.starts_on, today())
    unit = await _find_unit(session, actor, data.unit, day)
    await check_basis(session, actor, [(data.document_id, day)])
    campaign = Campaign(**data.model_dump(exclude={"unit"}), unit_id=unit)
    return await records.create(session, actor, CAMPAIGN, campaign, data.model_fields_set)


@operation(CAMPAIGN)
async def change_campaign(
    session: Session, actor: Actor, id: UUID, data: CampaignChange, expected: int | None
) -> UUID:
    """Correct a campaign."""
    campaign = await records.load(session, actor, Campaign, id, expected)
    values = data.model_dump(exclude_unset=True)
    await _set_unit(session, actor, values, min(campaign.starts_on, today()))
    if changed := records.assign(campaign, values):
        if campaign.ends_on < campaign.starts_on:
            raise CampaignTurned()
        if "document_id" in changed:
            day = min(campaign.starts_on, today())
            await check_basis(session, actor, [(campaign.document_id, day)])
        await records.save(session, actor, CAMPAIGN, campaign, changed)
    return campaign.id


@operation(TASK)
async def create_task(session: Session, actor: Actor, data: TaskCreate) -> UUID:
    """Give a task out of a directive or plan to one of your units."""
    unit = await _find_unit(session, actor, data.unit, today())
    task = Task(**data.model_dump(exclude={"unit"}), unit_id=unit)
    await _check_references(session, actor, task)
    return await records.create(session, actor, TASK, task, data.model_fields_set)


@operation(TASK)
async def change_task(
    session: Session, actor: Actor, id: UUID, data: TaskChange, expected: int | None
) -> UUID:
    """Correct a task."""
    task = await records.load(session, actor, Task, id, expected)
    values = data.model_dump(exclude_unset=True)
    await _set_unit(session, actor, values, today())
    if changed := records.assign(task, values):
        if {"document_id", "campaign_id"} & set(changed):
            await _check_references(session, actor, task)
        await records.save(session, actor, TASK, task, changed)
    return task.id


@operation(Permission.TASK_TRANSITION)
async def transition_task(
    session: Session, actor: Actor, id: UUID, data: TaskTransition, expected: int | None
) -> UUID:
    """Apply a transition to a task: complete it, perhaps by an activity, reopen or cancel it."""
    task = await records.load(session, actor, Task, id, expected)
    day = data.effective_on or today()
    step = TASK_LIFE.apply(task.state, data, effective_on=day)
    if day > today():
        raise TaskDayToCome()
    wanted = data.activity_id
    if wanted and await queries.find_own_activity(session, actor, wanted) is None:
        raise build_not_found(Activity)
    task.state = TaskState(step.to_state)
    task.done_on = day if task.state is TaskState.DONE else None
    task.activity_id = wanted
    fields = ["activity_id", "done_on", "state"]
    return await records.save(session, actor, Permission.TASK_TRANSITION, task, fields, step)


async def _check_references(session: Session, actor: Actor, task: Task) -> None:
    await check_basis(session, actor, [(task.document_id, today())])
    wanted = task.campaign_id
    if wanted and await queries.find_campaign(session, actor, wanted) is None:
        raise build_not_found(Campaign)


async def _find_unit(session: Session, actor: Actor, unit: str, day: date) -> UUID:
    named = (unit, day)
    return (await units.open_units(session, actor, [named], own={named}))[named]


async def _set_unit(session: Session, actor: Actor, values: dict[str, Any], day: date) -> None:
    if "unit" in values:
        values["unit_id"] = await _find_unit(session, actor, values.pop("unit"), day)


void_campaign = build_void(
    Campaign, Permission.CAMPAIGN_VOID, "void_campaign",
    "Void a campaign that was entered in error: it stays readable, and counts nowhere.",
    rests=[by_key(Activity, "campaign_id"), by_key(Task, "campaign_id")],
)  # fmt: skip
void_task = build_void(
    Task, Permission.TASK_VOID, "void_task",
    "Void a task that was entered in error: it stays readable, and counts nowhere.",
)  # fmt: skip
