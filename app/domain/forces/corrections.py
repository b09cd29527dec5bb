"""Corrections of a team or committee entered wrongly: its unit, its first and its last day."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.committees import Committee, FormerCommittee
from app.db.tables.forces import Team
from app.db.tables.team_members import TeamTerm
from app.domain.actor import Actor, Permission
from app.domain.forces import committee_rules, correction_queries, rules
from app.domain.records import kit as records
from app.domain.units import service as units
from app.domain.units.shape import today

DAYS = frozenset({"established_on", "dissolved_on"})


async def correct_team(
    session: Session, actor: Actor, team: Team, sent: dict[str, Any]
) -> tuple[list[str], list[records.Edit], list[TeamTerm]]:
    """Take the corrections out of a change, and set them: the fields, its members, its terms."""
    days = {name: sent.pop(name) for name in sorted(DAYS & sent.keys())}
    unit, fields, moved = sent.pop("unit", None), list[str](), list[TeamTerm]()
    if days := {name: day for name, day in days.items() if getattr(team, name) != day}:
        actor.require(Permission.TEAM_TRANSITION)  # to establish and to dissolve is to decide
        terms = await correction_queries.list_team_terms(session, team.id)
        steps = await correction_queries.list_days(session, team.id, ("establish", "dissolve"))
        moved = rules.correct_days(team, days, terms, steps, today=today())
        fields += sorted(days)
    if unit is None and "established_on" in days:
        unit = str(team.unit_id)  # it stood on that day
    if unit is None:
        return fields, [], moved
    team_unit = await _find_unit(session, actor, unit, team.established_on)
    changed = records.assign(team, {"unit_id": team_unit})
    return [*fields, *changed], await _move_members(session, team) if changed else [], moved


async def correct_committee(
    session: Session, actor: Actor, committee: Committee, sent: dict[str, Any],
    former: Sequence[FormerCommittee],
) -> list[FormerCommittee]:  # fmt: skip
    """Prepare the corrections in a change of a committee; return what moves with its first day."""
    moved: list[FormerCommittee] = []
    committee_rules.check_scope(
        sent.get("scope", committee.scope), sent.get("model_code", committee.model_code)
    )
    if sent.keys() & DAYS:
        actor.require(Permission.COMMITTEE_TRANSITION)
        moved = committee_rules.correct_committee_days(committee, sent, former, today=today())
        if "established_on" in sent and not former:
            sent["since"] = sent["established_on"]  # made up as it began
    moves = "established_on" in sent and committee.followed_from_id is None
    if "unit" in sent or moves:
        unit = sent.pop("unit", None) or str(committee.unit_id)
        day = sent.get("established_on", committee.established_on)
        sent["unit_id"] = await _find_unit(session, actor, unit, day)
    return moved


async def _find_unit(session: Session, actor: Actor, unit: str, day: date | None) -> UUID:
    named = (unit, day or today())
    return (await units.open_units(session, actor, [named], own={named}))[named]


async def _move_members(session: Session, team: Team) -> list[records.Edit]:
    """Everybody of a team lies where it lies."""
    edits = []
    for member in await correction_queries.list_all_members(session, team.id):
        member.unit_id = team.unit_id
        edits.append(records.Edit(member, ["unit_id"]))
    return edits
