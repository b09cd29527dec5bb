"""Size rules of a province for its teams."""

from uuid import UUID

from app.db.base import INFINITY
from app.db.session import Session
from app.db.tables.forces import TeamSizeRule
from app.domain.actor import Actor, Level, Permission, operation
from app.domain.forces import queries
from app.domain.forces.errors import (
    ForProvincesOnly,
    NotAProvince,
    RuleNotLater,
    SizesDisagree,
    TooEarly,
)
from app.domain.forces.schemas import SizeRuleChange, SizeRuleCreate
from app.domain.records import kit as records
from app.domain.scope import BY_UNIT
from app.domain.units import queries as map_
from app.domain.units import service as units


@operation(Permission.TEAM_SIZE_RULE_WRITE)
async def add_size_rule(session: Session, actor: Actor, data: SizeRuleCreate) -> UUID:
    """Enter a rule on the size of teams in a province; it ends the one before."""
    _for_provinces(actor)
    province = await _province(session, actor, data)
    await map_.lock_children(session, [province])  # its rules are entered one at a time
    await _end_last(session, actor, province, data)
    said = data.model_dump(exclude={"province"})
    rule = TeamSizeRule(**said, unit_id=province, valid_to=INFINITY)
    return await records.create(
        session, actor, Permission.TEAM_SIZE_RULE_WRITE, rule, data.model_fields_set
    )


@operation(Permission.TEAM_SIZE_RULE_WRITE)
async def change_size_rule(
    session: Session, actor: Actor, id: UUID, data: SizeRuleChange, expected: int | None
) -> UUID:
    """Correct a rule on the size of teams, or end it."""
    _for_provinces(actor)
    rule = await records.load(session, actor, TeamSizeRule, id, expected, scope=BY_UNIT)
    said = data.model_dump(exclude_unset=True)
    if "valid_to" in said:
        said["valid_to"] = data.valid_to or INFINITY
    if changed := records.assign(rule, said):
        _check(rule)
        await records.save(session, actor, Permission.TEAM_SIZE_RULE_WRITE, rule, changed)
    return rule.id


def _check(rule: TeamSizeRule) -> None:
    if rule.least > rule.most or rule.deputies >= rule.most:
        raise SizesDisagree()
    if rule.valid_to < rule.valid_from:
        raise TooEarly(day=rule.valid_to.isoformat(), since=rule.valid_from.isoformat())


async def _province(session: Session, actor: Actor, data: SizeRuleCreate) -> UUID:
    named = (data.province, data.valid_from)
    found = (await units.open_units(session, actor, [named], own={named}))[named]
    place = (await map_.find_units_by_id(session, [found], data.valid_from))[found]
    if place.level.value != Level.PROVINCE.value:
        raise NotAProvince(name=place.name, level=place.level.value)
    return found


async def _end_last(session: Session, actor: Actor, province: UUID, data: SizeRuleCreate) -> None:
    before = await queries.list_size_rules(session, province, data.kind)
    if not before:
        return
    if data.valid_from <= before[0].valid_from:
        raise RuleNotLater(since=before[0].valid_from.isoformat())
    if before[0].valid_to > data.valid_from:
        before[0].valid_to = data.valid_from
        await records.store(session, actor, before[0])


def _for_provinces(actor: Actor) -> None:
    if actor.level not in (Level.PROVINCE, Level.NATIONAL):
        raise ForProvincesOnly()
