"""Invitations: a person chooses a password by a link that works once, for a day."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.login import Invitation
from app.domain.login import queries, rules
from app.domain.login.context import LoginContext
from app.domain.login.errors import InvitationSpent, NotTheSame
from app.domain.login.events import record_event
from app.domain.login.password_attempts import hash_of
from app.domain.records import kit as records

HOURS = 24
OWN_PROVIDER = "binhyen"


async def create_invitation(session: Session, account_id: UUID) -> str:
    """Create an invitation for an account; the token is returned and not stored."""
    await queries.revoke_invitations(session, account_id)
    token = secrets.token_urlsafe(32)
    invited = Invitation(
        token_hash=hashlib.sha256(token.encode()).digest(), account_id=account_id,
        expires_at=now() + timedelta(hours=HOURS),
    )  # fmt: skip
    await records.write(session, invited)
    return token


async def is_invited(reception: LoginContext, token: str) -> bool:
    """Return whether an invitation is still valid; the check does not use it."""
    async with reception.database.write_transaction() as session:
        return await queries.find_invitation(session, token) is not None


async def accept_invitation(reception: LoginContext, token: str, password: str, again: str) -> None:
    """Set the password that was chosen; whatever was open with the old one ends."""
    async with reception.database.write_transaction() as session:
        invited = await queries.find_invitation(session, token)
        account = await queries.find_account(session, invited.account_id) if invited else None
        if invited is None or account is None or account.disabled_at:
            raise InvitationSpent()
        rules.check_new_password(password, account.login)
        if password != again:
            raise NotTheSame()
        account.password_hash, invited.used_at = await hash_of(password), now()
        rules.reset_tries(account)
        await records.write(session, account, invited)
        await queries.end_sessions(session, account.id, "password")
        await record_event(session, account, "password.set", OWN_PROVIDER)
