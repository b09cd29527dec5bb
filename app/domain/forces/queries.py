"""Every SQL statement on forces, apart from those of the shapes and of the tally."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, any_, bindparam, func, text
from sqlmodel import col, select

from app.db.fixed_query import FixedQuery, ValuedQuery
from app.db.session import Session, execute
from app.db.tables.committees import FormerCommittee
from app.db.tables.forces import STANDING, Team, TeamEquipment, TeamKind, TeamSizeRule
from app.db.tables.team_members import (
    RatingTerms,
    ServiceRating,
    TeamMember,
    TeamRole,
    TeamTerm,
    Training,
)
from app.domain.actor import Actor
from app.domain.forces import states
from app.domain.scope import in_scope
from app.domain.units.queries import FOUND, name_units

CLAIM = 7_300_041  # locks a client and its reference against concurrent recording


async def find_team_id(session: Session, actor: Actor, member: UUID) -> UUID | None:
    """In which team somebody of the actor's unit is: a team is locked before its members."""
    statement = select(TeamMember.team_id).where(TeamMember.id == member)
    return (await session.exec(statement.where(in_scope(TeamMember, actor)))).one_or_none()


async def lock_references(
    session: Session, source: str, references: Collection[str]
) -> dict[str, UUID]:
    """Keep others from recording for this sender under these numbers; which are taken."""
    values: dict[str, Any] = {"source": source, "references": sorted(references), "space": CLAIM}
    claimed = (
        "SELECT pg_advisory_xact_lock(hashtextextended(:source || chr(10) || reference, :space)) "
        "FROM (SELECT unnest(CAST(:references AS text[])) AS reference ORDER BY 1) wanted"
    )
    await execute(session, text(claimed), values)
    statement = select(Team.reference, Team.id).where(
        Team.source == source, col(Team.reference).in_(list(references)),
        col(Team.voided_at).is_(None),
    )  # fmt: skip
    return {reference: id for reference, id in (await session.exec(statement)).all() if reference}


def select_standing_names(named: Sequence[tuple[str, date]], keys: Collection[str]) -> ValuedQuery:
    """Return the query of unit, kind and key of the standing teams of named units."""
    return _standing_names().having(keys=list(keys), **name_units(named))


@cache
def _standing_names() -> FixedQuery:
    statement = select(Team.unit_id, Team.kind, Team.name_key).where(
        col(Team.unit_id).in_(select(FOUND.c.unit_id)),
        col(Team.name_key) == any_(bindparam("keys", type_=ARRAY(Text))),
        text(STANDING), col(Team.voided_at).is_(None),
    )  # fmt: skip
    return FixedQuery(statement, "wanted", "days", "keys")


async def list_members(
    session: Session, team: UUID, of: Iterable[Any] = states.COUNTED
) -> Sequence[TeamMember]:
    """List the members of a team in the given states."""
    statement = select(TeamMember).where(
        TeamMember.team_id == team, col(TeamMember.state).in_(list(of)),
        col(TeamMember.voided_at).is_(None),
    )  # fmt: skip
    return (await session.exec(statement.order_by(col(TeamMember.id)))).all()


async def list_terms(session: Session, member: UUID) -> Sequence[TeamTerm]:
    """List the terms of a member, the earliest first."""
    statement = select(TeamTerm).where(TeamTerm.member_id == member)
    return (await session.exec(statement.order_by(col(TeamTerm.since), col(TeamTerm.id)))).all()


async def find_leader_since(
    session: Session, team: UUID, besides: UUID, since: date
) -> TeamTerm | None:
    """Find another leader of a team on this day or later."""
    statement = select(TeamTerm).where(
        TeamTerm.team_id == team, TeamTerm.member_id != besides,
        TeamTerm.role == TeamRole.LEADER, TeamTerm.until > since,
        TeamTerm.since < TeamTerm.until, col(TeamTerm.voided_at).is_(None),
    )  # fmt: skip
    return (await session.exec(statement.order_by(col(TeamTerm.since)))).first()


async def list_former(session: Session, committee: UUID) -> Sequence[FormerCommittee]:
    """List the former compositions of a committee, the earliest first."""
    statement = select(FormerCommittee).where(FormerCommittee.committee_id == committee)
    return (await session.exec(statement.order_by(col(FormerCommittee.since)))).all()


async def find_equipment(session: Session, team: UUID, kind: str, condition: Any) -> Any:
    """The line of a team for one thing in one condition."""
    statement = select(TeamEquipment).where(
        TeamEquipment.team_id == team, TeamEquipment.kind == kind,
        TeamEquipment.condition == condition,
    )  # fmt: skip
    return (await session.exec(statement)).one_or_none()


async def find_training(session: Session, member: UUID, course: str, day: date) -> Training | None:
    """A course of a day that a member has taken."""
    statement = select(Training).where(
        Training.member_id == member, Training.course == course, Training.held_on == day
    )
    return (await session.exec(statement)).one_or_none()


async def find_rating(session: Session, member: UUID, year: int) -> ServiceRating | None:
    """The rating of somebody's service in a year."""
    statement = select(ServiceRating).where(
        ServiceRating.member_id == member, ServiceRating.year == year
    )
    return (await session.exec(statement)).one_or_none()


async def find_rating_terms(session: Session, year: int) -> RatingTerms | None:
    """The terms on which the service of a year is rated."""
    statement = select(RatingTerms).where(RatingTerms.first_year <= year)
    return (await session.exec(statement.order_by(col(RatingTerms.first_year).desc()))).first()


async def find_size_rule(
    session: Session, unit: UUID, kind: TeamKind, day: date
) -> TeamSizeRule | None:
    """The rule for teams of a kind in the province that a unit lies in on a day."""
    place = select(func.unit_places(day, [unit]).table_valued("province_id").c.province_id)
    statement = select(TeamSizeRule).where(
        col(TeamSizeRule.unit_id).in_(place), TeamSizeRule.kind == kind,
        TeamSizeRule.valid_from <= day, TeamSizeRule.valid_to > day,
    )  # fmt: skip
    return (await session.exec(statement)).one_or_none()


async def list_size_rules(session: Session, unit: UUID, kind: TeamKind) -> Sequence[TeamSizeRule]:
    """Load and lock all rules of a province for a kind of team, the latest first."""
    statement = select(TeamSizeRule).where(TeamSizeRule.unit_id == unit, TeamSizeRule.kind == kind)
    ordered = statement.order_by(col(TeamSizeRule.valid_from).desc()).with_for_update()
    return (await session.exec(ordered)).all()
