"""What can be done about accounts: make, change, disable, link to an identity outside."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.auth import Account
from app.domain.access.accounts import holders, queries
from app.domain.access.accounts.errors import IdentityTaken, LoginTaken
from app.domain.access.accounts.schemas import (
    AccountChange,
    AccountCreate,
    HolderTransition,
    IdentityLink,
)
from app.domain.actor import Actor, Permission, operation


@operation(Permission.ACCOUNT_WRITE)
async def create_account(session: Session, actor: Actor, data: AccountCreate) -> UUID:
    """Make an account for a person of one of your units; he is granted nothing yet."""
    unit = await holders.own_unit(session, actor, data.unit)
    if await queries.account_called(session, data.login):
        raise LoginTaken(login=data.login)
    account = Account(
        login=data.login, name=data.name, unit_id=unit,
        created_by=actor.subject, changed_by=actor.subject,
    )  # fmt: skip
    session.add(account)
    await session.flush()
    return account.id


@operation(Permission.ACCOUNT_WRITE)
async def change_account(session: Session, actor: Actor, id: UUID, data: AccountChange) -> UUID:
    """Say otherwise what a person is called, or to which of your units he belongs."""
    account = await holders.account(session, actor, id)
    await holders.governed(session, actor, account)
    if data.unit is not None:
        account.unit_id = await holders.own_unit(session, actor, data.unit)
        await queries.outdate(session, account, actor)
    account.name = data.name or account.name
    holders.note(account, actor)
    await session.flush()
    return account.id


@operation(Permission.ACCOUNT_WRITE)
async def move_account(session: Session, actor: Actor, id: UUID, data: HolderTransition) -> UUID:
    """Disable an account, which ends all its sessions at once; or enable it again."""
    account = await holders.account(session, actor, id)
    await holders.switch(session, actor, account, data)
    await session.flush()
    return account.id


@operation(Permission.ACCOUNT_WRITE)
async def link_identity(session: Session, actor: Actor, id: UUID, data: IdentityLink) -> UUID:
    """Let a person come in by an identity provider outside; what he came in with before ends."""
    account = await holders.account(session, actor, id)
    await holders.governed(session, actor, account)
    if await queries.linked_elsewhere(session, account, data.issuer, data.external_subject):
        raise IdentityTaken()
    account.issuer, account.external_subject = data.issuer, data.external_subject
    await queries.end(session, account, actor, "identity_linked")
    holders.note(account, actor)
    await session.flush()
    return account.id
