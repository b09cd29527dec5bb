"""What is recorded of a member's service: courses taken, and the yearly rating of the law."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.team_members import ServiceRating, TeamMember, Training
from app.domain.actor import Actor, Permission, operation
from app.domain.forces import queries, states, years
from app.domain.forces.errors import AlreadyRated, NoRatingTerms, NotServing
from app.domain.forces.memberships import changed, found
from app.domain.forces.rules import check_day
from app.domain.forces.schemas import MemberRate, TrainingEntry
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.units.shape import today


@operation(Permission.TEAM_MEMBER_WRITE)
async def record_training(
    session: Session, actor: Actor, id: UUID, data: TrainingEntry, expected: int | None
) -> UUID:
    """Record a course that a member has taken; told again, its days are corrected."""
    member, _ = await found(session, actor, id, expected)
    if member.state not in states.COUNTED:
        raise NotServing(state=member.state.value)
    check_day(data.held_on, today=today(), since=None)
    course = await queries.training(session, member.id, data.course, data.held_on)
    if course is None:
        by = actor.subject
        said = data.model_dump()
        session.add(Training(member_id=member.id, created_by=by, changed_by=by, **said))
    else:
        records.touch(course, actor, {"days": data.days})
    told = changed(actor, member, ["training"])
    await session.flush()
    await records.account(session, actor, Permission.TEAM_MEMBER_WRITE, [told])
    return member.id


@operation(Permission.TEAM_RATING_WRITE)
async def rate_member(
    session: Session, actor: Actor, id: UUID, data: MemberRate, expected: int | None
) -> UUID:
    """Rate a year of a member's service as the law asks, once; correct it with a reason."""
    member, _ = await found(session, actor, id, expected)
    terms = await queries.rating_terms(session, data.year)
    if terms is None:
        raise NoRatingTerms(year=data.year)
    served = [(term.since, term.until) for term in await queries.terms(session, member.id)]
    window = years.check_rated(terms, data.year, served, today=today())
    rating = await queries.rating(session, member.id, data.year)
    if rating is not None and not data.reason:
        raise AlreadyRated(year=data.year)
    if rating is None:
        by = actor.subject
        rating = ServiceRating(
            member_id=member.id, year=data.year, level=data.level, window_from=window.begin,
            window_to=window.end, basis=terms.basis, created_by=by, changed_by=by,
        )  # fmt: skip
        session.add(rating)
    else:
        records.touch(rating, actor, {"level": data.level})
    await session.flush()
    told = _rated(actor, member, data)
    await records.account(session, actor, Permission.TEAM_RATING_WRITE, [told])
    return member.id


def _rated(actor: Actor, member: TeamMember, data: MemberRate) -> Change:
    records.touch(member, actor)
    return Change(
        "team_member", member.id, member.unit_id, Act.CHANGE, member.version, ["ratings"],
        reason=data.reason,
    )  # fmt: skip
