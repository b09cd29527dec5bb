"""Service of a member: training courses and the statutory yearly rating."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.team_members import ServiceRating, Training
from app.domain.actor import Actor, Permission, operation
from app.domain.forces import queries, states, years
from app.domain.forces.errors import AlreadyRated, NoRatingTerms, NotServing
from app.domain.forces.memberships import load_member
from app.domain.forces.rules import check_day
from app.domain.forces.schemas import MemberRatingCreate, TrainingCreate
from app.domain.records import kit as records
from app.domain.units.shape import today


@operation(Permission.TEAM_MEMBER_WRITE)
async def record_training(
    session: Session, actor: Actor, id: UUID, data: TrainingCreate, expected: int | None
) -> UUID:
    """Record a course of a member; recorded again, its days are corrected."""
    member, _ = await load_member(session, actor, id, expected)
    if member.state not in states.COUNTED:
        raise NotServing(state=member.state.value)
    check_day(data.held_on, today=today(), since=None)
    course = await queries.find_training(session, member.id, data.course, data.held_on)
    taken = [course] if course and records.assign(course, {"days": data.days}) else []
    if course is None:
        taken = [Training(member_id=member.id, **data.model_dump())]
    return await records.save(
        session, actor, Permission.TEAM_MEMBER_WRITE, member, ["training"], also=taken
    )


@operation(Permission.TEAM_RATING_WRITE)
async def rate_member(
    session: Session, actor: Actor, id: UUID, data: MemberRatingCreate, expected: int | None
) -> UUID:
    """Rate a year of a member's service, once; correct it with a reason."""
    member, _ = await load_member(session, actor, id, expected)
    terms = await queries.find_rating_terms(session, data.year)
    if terms is None:
        raise NoRatingTerms(year=data.year)
    served = [(term.since, term.until) for term in await queries.list_terms(session, member.id)]
    window = years.check_rated(terms, data.year, served, today=today())
    rating = await queries.find_rating(session, member.id, data.year)
    if rating is not None and not data.reason:
        raise AlreadyRated(year=data.year)
    given = [rating] if rating and records.assign(rating, {"level": data.level}) else []
    if rating is None:
        made = ServiceRating(
            member_id=member.id, year=data.year, level=data.level, window_from=window.begin,
            window_to=window.end, basis=terms.basis,
        )  # fmt: skip
        given = [made]
    return await records.save(
        session, actor, Permission.TEAM_RATING_WRITE, member, ["ratings"], also=given,
        reason=data.reason,
    )  # fmt: skip
