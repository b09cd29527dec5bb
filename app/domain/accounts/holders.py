"""Accounts and clients under decision: found among one's own, and only by whom it is for."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import Grant, GrantState
from app.db.tables.units import UnitLevel
from app.domain.accounts import queries, rules, states
from app.domain.accounts.errors import BeyondYou, LastAdministrator
from app.domain.accounts.queries import Holder
from app.domain.accounts.schemas import HolderTransition
from app.domain.actor import Actor, Role
from app.domain.records import kit as records
from app.domain.records.schemas import TransitionInput
from app.domain.records.state_machine import AppliedTransition, StateMachine
from app.domain.units import queries as units
from app.domain.units import service as map_service
from app.domain.units.shape import today

PROPOSED = GrantState.PROPOSED


async def load_own_unit(session: Session, actor: Actor, wanted: str) -> UUID:
    """A unit of one's own that stands today."""
    named = (wanted, today())
    return (await map_service.open_units(session, actor, [named], own={named}))[named]


async def check_governs(
    session: Session, actor: Actor, holder: Holder, expected: int | None
) -> None:
    """Refuse an actor who could not revoke every grant of the holder."""
    rules.check_not_oneself(actor, holder.id)
    grants = await queries.list_held_grants(session, holder)
    home = await queries.level(session, holder.unit_id)
    mine = await units.within(session, actor, {grant.unit_id for grant, _ in grants})
    for grant, level in grants:
        if grant.unit_id not in mine:
            raise BeyondYou(role=grant.role)
        rules.check_may_decide(actor, Role(grant.role), level, home)
    await records.check_version(session, holder, expected)


async def set_enabled(
    session: Session, actor: Actor, holder: Holder, data: HolderTransition
) -> AppliedTransition:
    """Disable a holder with all sessions, or enable the holder again."""
    state = states.HolderState.DISABLED if holder.disabled_at else states.HolderState.ENABLED
    step = immediate_transition(states.HOLDER_LIFE, state, data.action, data.reason)
    if data.action == "enable":
        holder.disabled_at = None
    else:
        await keep_one_administrator(
            session, [g for g, _ in await queries.list_held_grants(session, holder)]
        )
        holder.disabled_at = now()
        await queries.end_sessions(session, holder, actor, f"{holder.__tablename__}_disabled")
    return step


async def propose_again(session: Session, actor: Actor, holder: Holder) -> list[records.Edit]:
    """Let the grants of trust wait again: one administrator has changed how a person signs in."""
    edits = []
    for grant, _ in await queries.list_held_grants(session, holder):
        if grant.state is GrantState.ACTIVE and rules.first_state(actor, Role(grant.role)) is not (
            GrantState.ACTIVE
        ):
            step = AppliedTransition("wait_for_confirmation", grant.state, PROPOSED, today())
            grant.state = GrantState.PROPOSED
            edits.append(records.Edit(grant, ["state"], step))
    if edits:
        await queries.expire_tokens(session, holder, actor)
    return edits


async def keep_one_administrator(session: Session, taken: list[Grant]) -> None:
    """Refuse to take the country's last lasting administrator away."""
    admins = [grant for grant in taken if grant.role == Role.UNIT_ADMIN]
    levels = [await queries.level(session, grant.unit_id) for grant in admins]
    if UnitLevel.NATIONAL not in levels:
        return
    if not await queries.count_administrators(session, [grant.id for grant in admins]):
        raise LastAdministrator()


def immediate_transition(
    life: StateMachine[Any], state: StrEnum, action: str, reason: str | None
) -> AppliedTransition:
    """A step that takes effect at once."""
    return life.apply(state, TransitionInput(action=action, reason=reason), effective_on=today())
