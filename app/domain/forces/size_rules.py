"""What a province decides on the size of its teams."""

from uuid import UUID

from app.db.base import FOR_EVER
from app.db.session import Session
from app.db.tables.forces import TeamSizeRule
from app.db.tables.records import Act
from app.domain.actor import Actor, Level, Permission, operation
from app.domain.forces import queries
from app.domain.forces.errors import (
    ForProvincesOnly,
    NotAProvince,
    RuleNotLater,
    SizeRuleNotFound,
    SizesDisagree,
    TooEarly,
)
from app.domain.forces.schemas import SizeRuleChange, SizeRuleCreate
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.units import queries as map_
from app.domain.units import service as units


@operation(Permission.TEAM_SIZE_RULE_WRITE)
async def add_size_rule(session: Session, actor: Actor, data: SizeRuleCreate) -> UUID:
    """Enter how many a team has in a province; the rule before it ends where this one begins."""
    _for_provinces(actor)
    province = await _province(session, actor, data)
    await map_.lock(session, [province])  # its rules are entered one at a time
    await _end_last(session, actor, province, data)
    by = actor.subject
    rule = TeamSizeRule(
        **data.model_dump(exclude={"province"}), unit_id=province, valid_to=FOR_EVER,
        created_by=by, changed_by=by,
    )  # fmt: skip
    session.add(rule)
    await session.flush()
    said = sorted(data.model_fields_set)
    made = Change("team_size_rule", rule.id, rule.unit_id, fields=said)
    await records.account(session, actor, Permission.TEAM_SIZE_RULE_WRITE, [made])
    return rule.id


@operation(Permission.TEAM_SIZE_RULE_WRITE)
async def change_size_rule(
    session: Session, actor: Actor, id: UUID, data: SizeRuleChange, expected: int | None
) -> UUID:
    """Correct a rule of size, or say until when it holds."""
    _for_provinces(actor)
    await map_.hold_map(session)
    rule = await queries.one_size_rule(session, id)
    if rule is None or not await map_.within(session, actor, [rule.unit_id]):
        raise SizeRuleNotFound()
    await records.expect(session, rule, expected)
    said = data.model_dump(exclude_unset=True)
    if "valid_to" in said:
        said["valid_to"] = data.valid_to or FOR_EVER
    if changed := records.touch(rule, actor, said):
        _check(rule)
        await session.flush()
        version, unit = rule.version, rule.unit_id
        told = Change("team_size_rule", rule.id, unit, Act.CHANGE, version, changed)
        await records.account(session, actor, Permission.TEAM_SIZE_RULE_WRITE, [told])
    return rule.id


def _check(rule: TeamSizeRule) -> None:
    if rule.least > rule.most or rule.deputies >= rule.most:
        raise SizesDisagree()
    if rule.valid_to < rule.valid_from:
        raise TooEarly(day=rule.valid_to.isoformat(), since=rule.valid_from.isoformat())


async def _province(session: Session, actor: Actor, data: SizeRuleCreate) -> UUID:
    named = (data.province, data.valid_from)
    found = (await units.open_units(session, actor, [named], own={named}))[named]
    place = (await map_.standing(session, [found], data.valid_from))[found]
    if place.level.value != Level.PROVINCE.value:
        raise NotAProvince(name=place.name, level=place.level.value)
    return found


async def _end_last(session: Session, actor: Actor, province: UUID, data: SizeRuleCreate) -> None:
    before = await queries.size_rules(session, province, data.kind)
    if not before:
        return
    if data.valid_from <= before[0].valid_from:
        raise RuleNotLater(since=before[0].valid_from.isoformat())
    if before[0].valid_to > data.valid_from:
        before[0].valid_to = data.valid_from
        records.touch(before[0], actor)
        await session.flush()


def _for_provinces(actor: Actor) -> None:
    if actor.level not in (Level.PROVINCE, Level.NATIONAL):
        raise ForProvincesOnly()
