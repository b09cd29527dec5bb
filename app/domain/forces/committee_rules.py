"""Decisions about committees: how they are made up, and on which days."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.db.tables.committees import Committee, CommitteeScope, CommitteeState, FormerCommittee
from app.domain.forces import rules, states
from app.domain.forces.committee_schemas import CommitteeTransition
from app.domain.forces.errors import ModelCodeDisagrees, NoSuchDay, TooManyPositions
from app.domain.records.state_machine import AppliedTransition


def apply_committee_transition(
    committee: Committee, words: CommitteeTransition, *, today: date
) -> tuple[AppliedTransition, FormerCommittee | None]:
    """Apply a transition to a committee; return its former composition when it is reorganised."""
    taken = rules.apply_member_transition(
        states.COMMITTEE_LIFE, committee.state, words, today=today, since=committee.since
    )
    committee.state = CommitteeState(taken.to_state)
    if taken.action == "dissolve":
        committee.dissolved_on = taken.effective_on
        return taken, None
    return taken, _compose(committee, words, taken)


def _compose(
    committee: Committee, words: CommitteeTransition, taken: AppliedTransition
) -> FormerCommittee:
    """Set the new composition of a committee from a day on; return the former one."""
    former = FormerCommittee(
        committee_id=committee.id, chair_position=committee.chair_position, size=committee.size,
        member_positions=committee.member_positions, decision=committee.decision,
        since=committee.since, until=taken.effective_on,
    )  # fmt: skip
    committee.since = taken.effective_on
    if taken.action == "reorganise":
        committee.chair_position = words.chair_position or committee.chair_position
        committee.size = words.size or committee.size
        if "decision" in words.model_fields_set:
            committee.decision = words.decision
        if words.member_positions is not None:
            committee.member_positions = words.member_positions
        check_positions(committee)
    return former


def check_positions(committee: Committee) -> None:
    """Refuse more positions than the committee has members beside its chair."""
    listed = len(committee.member_positions)
    if listed and listed >= committee.size:
        raise TooManyPositions(size=committee.size, positions=listed)


def check_scope(scope: CommitteeScope, model_code: str | None) -> None:
    """Refuse a committee of a model without its code, and a code for any other."""
    if (scope is CommitteeScope.MODEL) != (model_code is not None):
        raise ModelCodeDisagrees()


def correct_committee_days(
    committee: Committee, days: Mapping[str, date], former: Sequence[FormerCommittee], *,
    today: date,
) -> list[FormerCommittee]:  # fmt: skip
    """Check other days of a committee; its first composition begins with it."""
    begun = days.get("established_on", committee.established_on)
    last = days.get("dissolved_on", committee.dissolved_on)
    if "dissolved_on" in days and committee.dissolved_on is None:
        raise NoSuchDay(state=committee.state.value)
    first = former[0].until if former else last
    rules.check_day(begun, today=min(today, first or today), since=None)
    if last:
        rules.check_day(last, today=today, since=committee.since if former else begun)
    for one in former[:1]:
        one.since = begun
    return list(former[:1])
