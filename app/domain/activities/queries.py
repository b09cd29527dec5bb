"""Every SQL statement on activities, campaigns and tasks, apart from those of the shapes."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select

from app.db.session import Session
from app.db.tables.activities import Activity, ActivityLine, ActivityPart, ActivityUnit
from app.db.tables.activity_terms import PartResource
from app.db.tables.campaigns import Campaign
from app.db.tables.forces import Team
from app.db.tables.organisations import Organisation
from app.db.tables.programme_models import ModelHost
from app.domain.actor import Actor, Level
from app.domain.scope import in_scope


async def list_parts(session: Session, activity: UUID) -> Sequence[ActivityPart]:
    """List the models, teams and organisations of an activity."""
    statement = select(ActivityPart).where(ActivityPart.activity_id == activity)
    return (await session.exec(statement.order_by(col(ActivityPart.id)))).all()


async def list_lines(session: Session, activity: UUID) -> Sequence[ActivityLine]:
    """List the numbers of an activity."""
    statement = select(ActivityLine).where(ActivityLine.activity_id == activity)
    return (await session.exec(statement.order_by(col(ActivityLine.id)))).all()


async def list_units(session: Session, activity: UUID) -> Sequence[ActivityUnit]:
    """List the units of an activity."""
    statement = select(ActivityUnit).where(ActivityUnit.activity_id == activity)
    return (await session.exec(statement.order_by(col(ActivityUnit.id)))).all()


async def list_own_parts(
    session: Session, actor: Actor, resource: PartResource, ids: Iterable[UUID]
) -> set[UUID]:
    """Return those of the ids that are standing records of the actor's own."""
    table: Any = {PartResource.TEAM: Team, PartResource.ORGANISATION: Organisation}.get(resource)
    wanted = list(ids)
    if table is None:
        return await _list_own_models(session, actor, wanted)
    statement = select(table.id).where(
        table.id.in_(wanted), in_scope(table, actor), table.voided_at.is_(None)
    )
    return set((await session.exec(statement)).all())


async def _list_own_models(session: Session, actor: Actor, wanted: Sequence[UUID]) -> set[UUID]:
    host: Any = ModelHost
    statement = select(host.model_id).where(host.model_id.in_(wanted))
    if actor.level is not Level.NATIONAL:
        statement = statement.where(in_scope(host, actor))
    return set((await session.exec(statement)).all())


async def find_campaign(session: Session, actor: Actor, id: UUID) -> Campaign | None:
    """Find a standing campaign of the actor's units, or of a unit above them."""
    above = select(func.unit_ancestors(actor.unit_id, "administrative", func.today()))
    statement = select(Campaign).where(
        Campaign.id == id, col(Campaign.voided_at).is_(None),
        in_scope(Campaign, actor) | col(Campaign.unit_id).in_(above),
    )  # fmt: skip
    return (await session.exec(statement)).one_or_none()


async def find_own_activity(session: Session, actor: Actor, id: UUID) -> Activity | None:
    """Find a standing activity of the actor's own."""
    statement = select(Activity).where(
        Activity.id == id, in_scope(Activity, actor), col(Activity.voided_at).is_(None)
    )
    return (await session.exec(statement)).one_or_none()
