"""Members of a model by number: joining, leaving, merging groups."""

from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.model_records import MemberKind, ModelMember
from app.db.tables.programme_models import ProgrammeModel
from app.domain.actor import Actor, Permission, operation
from app.domain.arguments import OnDay
from app.domain.organisations import service as organisations
from app.domain.programme_models import changes, counts, queries
from app.domain.programme_models.errors import (
    GroupsAreStated,
    MemberHasLeft,
    MemberNotFound,
    NotAGroup,
    NotATermOfMembers,
    NotYet,
)
from app.domain.programme_models.figures import MemberTotal, ModelMembers
from app.domain.programme_models.schemas import ModelMembersAdd, ModelMembersEnd
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.units.shape import today


@operation(Permission.MODEL_UPDATE)
async def add_model_members(
    session: Session, actor: Actor, id: UUID, data: ModelMembersAdd, expected: int | None
) -> UUID:
    """Add participants of a model by number; merged groups end where the new one begins."""
    model = await changes.load_own_model(session, actor, id, expected)
    _check_day(data.joined_on, data.left_on or data.joined_on)
    if data.left_on and data.left_on < data.joined_on:
        raise NotATermOfMembers(joined_on=data.joined_on.isoformat())
    if data.organisation:
        await organisations.find_active(session, actor, [(data.organisation, data.joined_on)])
    is_group = data.kind is MemberKind.GROUP
    if is_group and await queries.has_stated_groups(session, model.id, data.joined_on):
        raise GroupsAreStated()
    merged = await _to_merge(session, model, data)
    values = data.model_dump(exclude={"merged_from", "organisation"})
    made = ModelMember(**values, organisation_id=data.organisation, model_id=model.id)
    for group in merged:
        group.left_on, group.merged_into_id = data.joined_on, made.id
    return await records.save(
        session, actor, Permission.MODEL_UPDATE, model, ["members"], also=[made, *merged]
    )


@operation(Permission.MODEL_UPDATE)
async def end_model_members(
    session: Session, actor: Actor, id: UUID, member: UUID, data: ModelMembersEnd,
    expected: int | None,
) -> UUID:  # fmt: skip
    """End the participation of members of a model."""
    model = await changes.load_own_model(session, actor, id, expected)
    found = await queries.list_members(session, model.id, [member])
    if not found:
        raise MemberNotFound(wanted=str(member))
    entry = found[0]
    if entry.left_on:
        raise MemberHasLeft(left_on=entry.left_on.isoformat())
    _check_day(data.left_on)
    if data.left_on < entry.joined_on:
        raise NotATermOfMembers(joined_on=entry.joined_on.isoformat())
    entry.left_on = data.left_on
    return await records.save(
        session, actor, Permission.MODEL_UPDATE, model, ["members"], also=[entry]
    )


@operation(Permission.MODEL_READ)
async def model_members(
    session: Session, actor: Actor, id: UUID, *, on: OnDay = None
) -> ModelMembers:
    """Count who took part in a model on a day, and how often somebody had joined."""
    day = on or today()
    if not await queries.is_visible(session, actor, id):
        raise build_not_found(ProgrammeModel)
    found = await counts.members(session, id, day)
    totals = [MemberTotal.model_validate(row, from_attributes=True) for row in found]
    return ModelMembers(model_id=id, on=day, totals=totals)


async def _to_merge(
    session: Session, model: ProgrammeModel, data: ModelMembersAdd
) -> list[ModelMember]:
    wanted = set(data.merged_from)
    found = list(await queries.list_members(session, model.id, wanted)) if wanted else []
    for entry in found:
        there = entry.kind is MemberKind.GROUP and entry.left_on is None
        if not there or entry.joined_on > data.joined_on:
            raise NotAGroup()
    if len(found) < len(wanted):
        raise NotAGroup()
    return found


def _check_day(*days: date) -> None:
    if (last := max(days)) > today():
        raise NotYet(day=last.isoformat())
