"""First sign-in of a person by an invitation, which reaches them and not who invites them."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.auth import Account
from app.domain.accounts import holders, queries
from app.domain.accounts.schemas import InvitationCreated
from app.domain.actor import Actor, Permission, operation
from app.domain.login import delivery
from app.domain.login.context import LoginContext
from app.domain.login.invitations import HOURS, create_invitation
from app.domain.records import kit as records
from app.settings import Settings


@operation(Permission.ACCOUNT_WRITE)
async def invite_account(
    session: Session, actor: Actor, id: UUID, expected: int | None, reception: LoginContext
) -> InvitationCreated:
    """Invite a person to choose a password; the link goes to them and works once."""
    channel = delivery.find_channel(reception.settings)
    account = await records.get(session, actor, Account, id)
    await holders.check_governs(session, actor, account, expected)
    await deliver_invitation(session, actor, account, reception.settings)
    return InvitationCreated(
        account_id=account.id, login=account.login, channel=channel, hours=HOURS
    )


async def deliver_invitation(
    session: Session, actor: Actor, account: Account, settings: Settings
) -> None:
    """Make an invitation and put it on its way."""
    token = await prepare_invitation(session, actor, account)
    unit = await queries.find_unit_name(session, account.unit_id)
    letter = delivery.Letter(account.login, account.name, unit, token, HOURS)
    await delivery.deliver(settings, letter)


async def prepare_invitation(session: Session, actor: Actor, account: Account) -> str:
    """Make an invitation; without a second factor, grants of trust wait for a second person."""
    token = await create_invitation(session, account.id)
    edits = []
    if account.totp_confirmed_at is None:
        edits += await holders.propose_again(session, actor, account)
    edits.append(records.Edit(account, ["invitation"]))
    await records.save_all(session, actor, Permission.ACCOUNT_WRITE, edits)
    return token
