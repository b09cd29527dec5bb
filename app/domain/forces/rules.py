"""Decisions about forces: what may follow what, how large a team is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from app.db.base import INFINITY
from app.db.tables.forces import Team, TeamSizeRule, TeamState
from app.db.tables.team_members import TeamRole, TeamTerm
from app.domain.forces import states
from app.domain.forces.errors import (
    DayToCome,
    NoSuchDay,
    OutsideSizeRule,
    TooEarly,
)
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


def correct_days(
    team: Team, days: Mapping[str, date], terms: Sequence[TeamTerm], steps: Sequence[date], *,
    today: date,
) -> list[TeamTerm]:  # fmt: skip
    """Let a team have stood from and until other days; return the terms that ended with it."""
    if any(getattr(team, name) is None for name in days):
        raise NoSuchDay(state=team.state.value)
    was, ended = team.dissolved_on, list[TeamTerm]()
    team.established_on = begun = days.get("established_on", team.established_on)
    team.dissolved_on = last = days.get("dissolved_on", was)
    for day in filter(None, (begun, last)):
        check_day(day, today=today, since=None)
    if last != was:
        ended = [term for term in terms if term.until == was]
    untils = [term.until for term in terms if term not in ended and term.until < INFINITY]
    for day in (*steps, *(term.since for term in terms), *untils):
        check_day(day, today=INFINITY, since=begun)
        check_day(last or INFINITY, today=INFINITY, since=day)
    check_day(last or INFINITY, today=INFINITY, since=begun)
    for term in ended:
        term.until = last or INFINITY
    return ended


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
