"""Decisions about forces: what may follow what, how large a team is."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from app.db.tables.committees import Committee, CommitteeState, FormerCommittee
from app.db.tables.forces import Team, TeamSizeRule, TeamState
from app.db.tables.team_members import TeamRole
from app.domain.forces import states
from app.domain.forces.errors import DayToCome, OutsideSizeRule, TooEarly
from app.domain.forces.schemas import CommitteeTransition
from app.domain.records.schemas import TransitionInput
from app.domain.records.state_machine import AppliedTransition, StateMachine


def apply_member_transition(
    life: StateMachine[Any],
    state: StrEnum,
    words: TransitionInput,
    *,
    today: date,
    since: date | None,
) -> AppliedTransition:
    """A step on a day that has come, not before the day that it follows on."""
    day = words.effective_on or today
    taken = life.apply(state, words, effective_on=day)
    check_day(day, today=today, since=since)
    return taken


def check_day(day: date, *, today: date, since: date | None) -> None:
    """Refuse a day to come, and one before what it follows on."""
    if day > today:
        raise DayToCome(day=day.isoformat())
    if since and day < since:
        raise TooEarly(day=day.isoformat(), since=since.isoformat())


def apply_team_transition(team: Team, words: TransitionInput, *, today: date) -> AppliedTransition:
    """Take a team one step on, with the day on which that took effect."""
    taken = apply_member_transition(
        states.TEAM_LIFE, team.state, words, today=today, since=team.established_on
    )
    team.state = TeamState(taken.to_state)
    if taken.action == "establish":
        team.established_on = taken.effective_on
    if taken.action == "dissolve":
        team.dissolved_on = taken.effective_on
    return taken


def apply_committee_transition(
    committee: Committee, words: CommitteeTransition, *, today: date
) -> tuple[AppliedTransition, FormerCommittee | None]:
    """Apply a transition to a committee; return its former composition when it is reorganised."""
    taken = apply_member_transition(
        states.COMMITTEE_LIFE, committee.state, words, today=today, since=committee.since
    )
    committee.state = CommitteeState(taken.to_state)
    if taken.action == "dissolve":
        committee.dissolved_on = taken.effective_on
        return taken, None
    former = FormerCommittee(
        committee_id=committee.id, chair_position=committee.chair_position, size=committee.size,
        decision=committee.decision, since=committee.since, until=taken.effective_on,
    )  # fmt: skip
    committee.since = taken.effective_on
    if taken.action == "reorganise":
        committee.chair_position = words.chair_position or committee.chair_position
        committee.size = words.size or committee.size
        committee.decision = words.decision
    return taken, former


def check_room(rule: TeamSizeRule | None, others: Iterable[TeamRole], role: TeamRole) -> None:
    """Refuse one more than the rule of the province allows; without a rule all is allowed."""
    roles = [*others, role]
    if rule and (len(roles) > rule.most or roles.count(TeamRole.DEPUTY) > rule.deputies):
        raise refusal(rule)


def refusal(rule: TeamSizeRule) -> OutsideSizeRule:
    """The refusal that names a rule and what it allows."""
    return OutsideSizeRule(
        rule_id=str(rule.id), basis=rule.basis, least=rule.least, most=rule.most,
        deputies=rule.deputies,
    )  # fmt: skip
