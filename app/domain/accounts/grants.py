"""Operations on grants: grant a role for a unit, revoke it, move it to a successor."""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import Account, Client, ClientKind, Grant, GrantState
from app.domain.accounts import holders, queries, rules, states
from app.domain.accounts.errors import (
    ActsForPeople,
    AlreadyOver,
    GrantExists,
    HolderDisabled,
)
from app.domain.accounts.queries import Holder
from app.domain.accounts.schemas import GrantCreate, GrantTransition
from app.domain.actor import Actor, Permission, Role, operation
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.map_locks import lock_row
from app.domain.units import successions


@operation(Permission.GRANT_WRITE)
async def grant_role(session: Session, actor: Actor, data: GrantCreate) -> UUID:
    """Grant a role; one of trust waits until a second administrator confirms it."""
    if data.expires_at and data.expires_at <= now():
        raise AlreadyOver(day=data.expires_at.isoformat())
    if data.account_id:
        holder: Holder = await records.get(session, actor, Account, data.account_id)
    else:
        holder = await records.get(session, actor, Client, data.client_id or UUID(int=0))
    unit = await holders.load_own_unit(session, actor, data.unit)
    await check_terms(session, actor, data.role, unit, holder)
    grant = Grant(
        account_id=data.account_id, client_id=data.client_id, role=data.role, unit_id=unit,
        purposes=sorted(set(data.purposes)), expires_at=data.expires_at,
        state=rules.first_state(actor, data.role),
    )  # fmt: skip
    await records.create(session, actor, Permission.GRANT_WRITE, grant, data.model_fields_set)
    await queries.expire_tokens(session, holder, actor)
    return grant.id


@operation(Permission.GRANT_WRITE)
async def transition_grant(
    session: Session, actor: Actor, id: UUID, data: GrantTransition, expected: int | None
) -> UUID:
    """Confirm or revoke a grant, or let it follow from an ended unit to a successor."""
    grant, holder = await load_grant(session, actor, id)
    rules.check_not_oneself(actor, holder.id)
    await _check_may_decide(session, actor, Role(grant.role), grant.unit_id, holder)
    await records.check_version(session, grant, expected)
    step = holders.immediate_transition(states.GRANT_LIFE, grant.state, data.action, data.reason)
    edits: list[records.Edit] = []
    fields = ["state"]
    if data.action == "confirm":
        await _confirm(session, actor, grant, holder)
    elif data.action == "revoke":
        await _revoke(session, grant)
    else:
        edits = await follow_grant(session, actor, grant, holder, data.unit or "")
        fields += ["followed_from_id", "unit_id"]
    edits.append(records.Edit(grant, fields, step))
    await records.save_all(session, actor, Permission.GRANT_WRITE, edits)
    await queries.expire_tokens(session, holder, actor)
    return grant.id


async def load_grant(session: Session, actor: Actor, id: UUID) -> tuple[Grant, Holder]:
    """A grant among one's own and who holds it, in the order in which all lock them."""
    await lock_row(session, Grant, id)
    holder = await queries.find_holder(session, actor, id)
    if holder is None:
        raise build_not_found(Grant)
    return await records.get(session, actor, Grant, id, lock_map=False), holder


async def _confirm(session: Session, actor: Actor, grant: Grant, holder: Holder) -> None:
    if holder.disabled_at:
        raise HolderDisabled()
    await holders.load_own_unit(session, actor, str(grant.unit_id))  # it still stands
    rules.check_second_person(actor, Role(grant.role), grant.changed_by)
    grant.state = GrantState.ACTIVE


async def _revoke(session: Session, grant: Grant) -> None:
    if grant.state is GrantState.ACTIVE:
        await holders.keep_one_administrator(session, [grant])
    grant.state = GrantState.REVOKED


async def follow_grant(
    session: Session, actor: Actor, grant: Grant, holder: Holder, wanted: str
) -> list[records.Edit]:
    """Move a grant to a successor unit; return the other changes that this caused."""
    unit, ended = await holders.load_own_unit(session, actor, wanted), grant.unit_id
    await successions.check_successor(session, ended, unit)
    await check_terms(session, actor, Role(grant.role), unit, holder, besides=grant.id)
    grant.unit_id, grant.followed_from_id = unit, ended
    grant.state = GrantState.ACTIVE
    if holder.unit_id != ended:
        return []
    holder.unit_id = unit  # a member of the ended unit moves with the grant
    return [records.Edit(holder, ["unit_id"])]


async def check_terms(
    session: Session, actor: Actor, role: Role, unit: UUID, holder: Holder,
    besides: UUID | None = None,
) -> None:  # fmt: skip
    """Refuse what this actor may not grant for this unit to this holder."""
    person = isinstance(holder, Account)
    if not isinstance(holder, Account) and holder.kind is ClientKind.PUBLIC:
        raise ActsForPeople()
    if holder.disabled_at:
        raise HolderDisabled()
    home = await queries.level(session, holder.unit_id)
    worked_on_by = (holder.created_by, holder.changed_by)
    known = rules.Holder(holder.id, person, home, worked_on_by)
    rules.check_grant(actor, role, await queries.level(session, unit), known)
    others = [
        grant for grant, _ in await queries.list_held_grants(session, holder) if grant.id != besides
    ]
    rules.check_conflicts(role, [Role(grant.role) for grant in others])
    if any((grant.role, grant.unit_id) == (role, unit) for grant in others):
        raise GrantExists()


async def _check_may_decide(
    session: Session, actor: Actor, role: Role, unit: UUID, holder: Holder
) -> None:
    home = await queries.level(session, holder.unit_id)
    rules.check_may_decide(actor, role, await queries.level(session, unit), home)
