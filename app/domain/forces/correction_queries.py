"""The SQL that a correction of a team asks: what happened in it, and on which days."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.records import Transition
from app.db.tables.team_members import TeamMember, TeamTerm


async def list_team_terms(session: Session, team: UUID) -> Sequence[TeamTerm]:
    """List the terms of all members of a team, apart from those that were voided."""
    statement = select(TeamTerm).where(TeamTerm.team_id == team, col(TeamTerm.voided_at).is_(None))
    return (await session.exec(statement.order_by(col(TeamTerm.since), col(TeamTerm.id)))).all()


async def list_all_members(session: Session, team: UUID) -> Sequence[TeamMember]:
    """List everybody who was ever recorded for a team."""
    statement = select(TeamMember).where(TeamMember.team_id == team)
    return (await session.exec(statement.order_by(col(TeamMember.id)))).all()


async def list_days(session: Session, id: UUID, actions: Sequence[str]) -> list[date]:
    """List the days of the steps of a record other than these."""
    statement = select(col(Transition.effective_on)).where(
        Transition.resource_id == id, col(Transition.action).not_in(actions)
    )
    return list((await session.exec(statement)).all())
