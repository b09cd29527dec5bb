"""Operations on activities: record one or many, correct, apply transitions, supersede, void."""

from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.activities import Activity
from app.db.tables.campaigns import Task
from app.domain.activities import corrections, line_rules, queries, registration, rules
from app.domain.activities.own_rows import load_own_rows
from app.domain.activities.references import PARTS, load_references
from app.domain.activities.schemas import (
    ActivityBatch,
    ActivityChange,
    ActivityCreate,
    ActivityEntry,
    ActivityStep,
    ActivitySteps,
    ActivitySupersede,
    ActivityTransition,
)
from app.domain.activities.states import LIFE
from app.domain.actor import Actor, Permission, operation
from app.domain.records import kit as records
from app.domain.records.batch_schemas import BatchResult
from app.domain.records.batches import create_batch, transition_batch
from app.domain.records.dependants import by_key
from app.domain.records.voids import build_void
from app.domain.units.shape import today

WRITE, TRANSITION = Permission.ACTIVITY_WRITE, Permission.ACTIVITY_TRANSITION
COPIED = ("unit_id", *(n for n in ActivityCreate.model_fields if n not in registration.BESIDE))


@operation(WRITE)
async def create_activity(session: Session, actor: Actor, data: ActivityCreate) -> UUID:
    """Record an activity of your units: planned until its day has come, held from then on."""
    known = await load_references(session, actor, [data])
    edit = registration.build_activity(data, known)
    models = registration.date_models_of([edit], known)
    await records.save_all(session, actor, WRITE, [edit, *models])
    return edit.row.id


@operation(WRITE)
async def create_activities(session: Session, actor: Actor, data: ActivityBatch) -> BatchResult:
    """Record activities by the ids of the client; sent twice, nothing changes."""
    known = await load_references(session, actor, data.items)

    async def build(entry: ActivityEntry) -> records.Edit:
        return registration.build_activity(entry, known)

    async def follow(edits: Any) -> Any:
        return registration.date_models_of(edits, known)

    return await create_batch(session, actor, WRITE, Activity, data.items, build, follow)


@operation(WRITE)
async def change_activity(
    session: Session, actor: Actor, id: UUID, data: ActivityChange, expected: int | None
) -> UUID:
    """Correct an activity that is not yet verified; a list that is named is replaced."""
    activity = await records.load(session, actor, Activity, id, expected)
    rules.check_open(activity)
    done = await corrections.correct(session, actor, activity, data)
    if done.fields:
        edit = records.Edit(activity, done.fields, also=done.also)
        await records.save_all(session, actor, WRITE, [edit], delete=done.delete)
    return activity.id


@operation(TRANSITION)
async def transition_activity(
    session: Session, actor: Actor, id: UUID, data: ActivityTransition, expected: int | None
) -> UUID:
    """Apply a transition to an activity: approve, hold, cancel, report, return, verify."""
    if needs := LIFE.permission_for(data.action):
        actor.require(needs)
    activity = await records.load(session, actor, Activity, id, expected)
    edit = await _apply(session, activity, data)
    models = await _follow_held(session, [edit])
    await records.save_all(session, actor, needs or TRANSITION, [edit, *models])
    return activity.id


@operation(TRANSITION)
async def transition_activities(session: Session, actor: Actor, data: ActivitySteps) -> BatchResult:
    """Apply transitions to many activities; each is taken or refused by itself."""

    async def apply(activity: Activity, step: ActivityStep) -> records.Edit:
        if needs := LIFE.permission_for(step.action):
            actor.require(needs)
        return await _apply(session, activity, step)

    async def follow(edits: Any) -> Any:
        return await _follow_held(session, edits)

    return await transition_batch(session, actor, TRANSITION, Activity, data.items, apply, follow)


@operation(WRITE)
async def supersede_activity(
    session: Session, actor: Actor, id: UUID, data: ActivitySupersede, expected: int | None
) -> UUID:
    """Supersede a verified activity by a record with the right numbers."""
    former = await records.load(session, actor, Activity, id, expected)
    step = rules.apply_supersession(former, data.reason, today=today())
    activity = rules.copy(former, COPIED)
    lines = line_rules.build_lines(activity, data.quantities)
    rules.check(activity, lines, today=today())
    own = await load_own_rows(session, former, {"units", "quantities", *PARTS})
    places = [one.unit_id for one in own.units]
    parts = corrections.copy_parts(activity, own.parts)
    for line in own.lines:
        line.voided_at = now()
    made = records.Edit(
        activity, ["quantities", "supersedes_id"],
        also=[*registration.build_units(activity, places), *parts, *lines],
    )  # fmt: skip
    await records.save_all(
        session, actor, WRITE, [records.Edit(former, ["state"], step, also=own.lines), made]
    )
    return activity.id


async def _apply(session: Session, activity: Activity, words: ActivityTransition) -> records.Edit:
    step = rules.apply_transition(activity, words, today=today())
    return records.Edit(activity, ["ends_on", "starts_on", "state"], step)


async def _follow_held(session: Session, edits: Any) -> Any:
    """Date the models of the activities that are held by this."""
    held = [edit for edit in edits if edit.step and edit.step.action == "hold"]
    if not held:
        return ()
    parts = await queries.list_parts(session, [edit.row.id for edit in held])
    found = [
        records.Edit(edit.row, (), also=[p for p in parts if p.activity_id == edit.row.id])
        for edit in held
    ]  # fmt: skip
    return await registration.follow_models(session, found)


async def list_lines(session: Session, activity: Any) -> Any:
    """List the numbers of an activity, which are voided with it."""
    return list(await queries.list_lines(session, activity.id))


void_activity = build_void(
    Activity, Permission.ACTIVITY_VOID, "void_activity",
    "Void an activity that was entered in error: it stays readable, and counts nowhere.",
    rests=[by_key(Task, "activity_id"), by_key(Activity, "supersedes_id")], parts=list_lines,
)  # fmt: skip
