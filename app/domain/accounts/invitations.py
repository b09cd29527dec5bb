"""First sign-in of a person by an invitation from their administrator."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.auth import Account
from app.domain.accounts import holders
from app.domain.accounts.schemas import InvitationCreated
from app.domain.actor import Actor, Permission, operation
from app.domain.login.invitations import HOURS, create_invitation
from app.domain.records import kit as records


@operation(Permission.ACCOUNT_WRITE)
async def invite_account(
    session: Session, actor: Actor, id: UUID, expected: int | None
) -> InvitationCreated:
    """Invite a person to choose a password; the token is returned only once and works once."""
    account = await records.get(session, actor, Account, id)
    await holders.check_governs(session, actor, account, expected)
    token = await create_invitation(session, account.id)
    await records.save(session, actor, Permission.ACCOUNT_WRITE, account, ["invitation"])
    return InvitationCreated(
        account_id=account.id, login=account.login, invitation=token, hours=HOURS
    )
