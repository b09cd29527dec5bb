"""Every SQL statement on activities, campaigns and tasks, apart from those of the shapes."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.db.fixed_query import FixedQuery, ValuedQuery
from app.db.membership import is_among, is_named
from app.db.session import Session
from app.db.tables.activities import Activity, ActivityLine, ActivityPart, ActivityUnit
from app.db.tables.activity_terms import PartResource
from app.db.tables.campaigns import Campaign
from app.db.tables.forces import Team
from app.db.tables.organisations import Organisation
from app.db.tables.programme_models import ModelHost
from app.domain.actor import Actor, Level
from app.domain.scope import in_scope, lies_in, lies_in_or_above

HOST: Any = ModelHost


async def list_parts(session: Session, activities: Sequence[UUID]) -> Sequence[ActivityPart]:
    """List the models, teams and organisations of activities."""
    statement = select(ActivityPart).where(is_among(ActivityPart.activity_id, activities))
    return (await session.exec(statement.order_by(col(ActivityPart.id)))).all()


def select_parts(activity: UUID) -> Any:
    """Return the query of the models, teams and organisations of an activity."""
    statement = select(ActivityPart).where(ActivityPart.activity_id == activity)
    return statement.order_by(col(ActivityPart.id))


async def list_lines(session: Session, activity: UUID) -> Sequence[ActivityLine]:
    """List the numbers of an activity."""
    found: Sequence[ActivityLine] = (await session.exec(select_lines(activity))).all()
    return found


def select_lines(activity: UUID) -> Any:
    """Return the query of the numbers of an activity."""
    statement = select(ActivityLine).where(ActivityLine.activity_id == activity)
    return statement.order_by(col(ActivityLine.id))


def select_units(activity: UUID) -> Any:
    """Return the query of the units of an activity."""
    statement = select(ActivityUnit).where(ActivityUnit.activity_id == activity)
    return statement.order_by(col(ActivityUnit.id))


def select_own_parts(actor: Actor, resource: PartResource, ids: Sequence[UUID]) -> ValuedQuery:
    """Return the query of the ids of standing records of the actor's own."""
    return _own_parts(actor.level, resource).having(ids=list(ids), unit=actor.unit_id)


@cache
def _own_parts(level: Level, resource: PartResource) -> FixedQuery:
    table: Any = {PartResource.TEAM: Team, PartResource.ORGANISATION: Organisation}.get(resource)
    if table is None:
        statement = select(HOST.model_id).where(is_named(HOST.model_id, "ids"))
        return FixedQuery(statement.where(lies_in(HOST, level)), "ids", "unit")
    statement = select(table.id).where(
        is_named(table.id, "ids"), lies_in(table, level), table.voided_at.is_(None)
    )
    return FixedQuery(statement, "ids", "unit")


async def find_campaign(session: Session, actor: Actor, id: UUID) -> Campaign | None:
    """Find a campaign as `select_campaigns` does."""
    (found,) = await session.exec_all(select_campaigns(actor, [id]))
    return found[0] if found else None


def select_campaigns(actor: Actor, ids: Sequence[UUID]) -> ValuedQuery:
    """Return the query of standing campaigns of the actor's units, or of a unit above them."""
    return _campaigns(actor.level).having(ids=list(ids), unit=actor.unit_id)


@cache
def _campaigns(level: Level) -> FixedQuery:
    statement = select(Campaign).where(
        is_named(Campaign.id, "ids"), col(Campaign.voided_at).is_(None),
        lies_in_or_above(Campaign, level),
    )  # fmt: skip
    return FixedQuery(statement, "ids", "unit")


async def find_own_activity(session: Session, actor: Actor, id: UUID) -> Activity | None:
    """Find a standing activity of the actor's own."""
    statement = select(Activity).where(
        Activity.id == id, in_scope(Activity, actor), col(Activity.voided_at).is_(None)
    )
    return (await session.exec(statement)).one_or_none()
