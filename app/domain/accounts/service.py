"""Operations on accounts: create, change, disable, link to an external identity."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.auth import Account
from app.domain.accounts import holders, queries
from app.domain.accounts.errors import IdentityTaken, LoginTaken
from app.domain.accounts.schemas import (
    AccountChange,
    AccountCreate,
    HolderTransition,
    IdentityLink,
    SecondFactorReset,
)
from app.domain.actor import Actor, Permission, operation
from app.domain.records import kit as records


@operation(Permission.ACCOUNT_WRITE)
async def create_account(session: Session, actor: Actor, data: AccountCreate) -> UUID:
    """Create an account for a person of one of your units; it has no grants yet."""
    unit = await holders.load_own_unit(session, actor, data.unit)
    if await queries.find_account(session, data.login):
        raise LoginTaken(login=data.login)
    account = Account(
        login=data.login, name=data.name, unit_id=unit,
    )  # fmt: skip
    return await records.create(
        session, actor, Permission.ACCOUNT_WRITE, account, data.model_fields_set
    )


@operation(Permission.ACCOUNT_WRITE)
async def change_account(
    session: Session, actor: Actor, id: UUID, data: AccountChange, expected: int | None
) -> UUID:
    """Rename an account or move it to another unit."""
    account = await records.get(session, actor, Account, id)
    await holders.check_governs(session, actor, account, expected)
    if "unit" in data.model_fields_set:
        account.unit_id = await holders.load_own_unit(session, actor, data.unit)
        await queries.expire_tokens(session, account, actor)
    if "name" in data.model_fields_set:
        account.name = data.name
    said = sorted(data.model_fields_set)
    return await records.save(session, actor, Permission.ACCOUNT_WRITE, account, said)


@operation(Permission.ACCOUNT_WRITE)
async def transition_account(
    session: Session, actor: Actor, id: UUID, data: HolderTransition, expected: int | None
) -> UUID:
    """Disable an account, which ends its sessions at once, or enable it again."""
    account = await records.get(session, actor, Account, id)
    await holders.check_governs(session, actor, account, expected)
    step = await holders.set_enabled(session, actor, account, data)
    return await records.save(
        session, actor, Permission.ACCOUNT_WRITE, account, ["disabled_at"], step
    )


@operation(Permission.ACCOUNT_WRITE)
async def link_identity(
    session: Session, actor: Actor, id: UUID, data: IdentityLink, expected: int | None
) -> UUID:
    """Link an account to an external identity; its password and sessions end."""
    account = await records.get(session, actor, Account, id)
    await holders.check_governs(session, actor, account, expected)
    if await queries.is_linked_elsewhere(session, account, data.issuer, data.external_subject):
        raise IdentityTaken()
    account.issuer, account.external_subject = data.issuer, data.external_subject
    await queries.end_sessions(session, account, actor, "identity_linked")
    edits = await holders.propose_again(session, actor, account)
    edits.append(records.Edit(account, ["external_subject", "issuer"]))
    await records.save_all(session, actor, Permission.ACCOUNT_WRITE, edits)
    return account.id


@operation(Permission.ACCOUNT_WRITE)
async def reset_second_factor(
    session: Session, actor: Actor, id: UUID, data: SecondFactorReset, expected: int | None
) -> UUID:
    """Take a lost second factor away; grants of trust then wait for a second person."""
    account = await records.get(session, actor, Account, id)
    await holders.check_governs(session, actor, account, expected)
    account.totp_secret = account.totp_confirmed_at = account.totp_last_step = None
    account.recovery_codes = None
    await queries.end_sessions(session, account, actor, "second_factor_reset")
    edits = await holders.propose_again(session, actor, account)
    edits.append(records.Edit(account, ["second_factor"], reason=data.reason))
    await records.save_all(session, actor, Permission.ACCOUNT_WRITE, edits)
    return account.id
