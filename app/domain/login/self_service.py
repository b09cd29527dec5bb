"""Self-service of a person: password and second factor."""

import time
from uuid import UUID

import pyotp

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import Account
from app.domain.actor import Actor, Permission, operation
from app.domain.auth.sessions import enter_session
from app.domain.errors import DomainError
from app.domain.login import queries, rules
from app.domain.login.context import LoginContext
from app.domain.login.errors import NotAPerson, StartAgain, TooManyTries, WrongCode, WrongPassword
from app.domain.login.events import record_event
from app.domain.login.pages import link_identity
from app.domain.login.password_attempts import hash_of, record_outcome, try_own_password
from app.domain.login.schemas import (
    PasswordChange,
    SessionsEnded,
    TotpConfirm,
    TotpConfirmed,
    TotpStart,
    TotpStarted,
)
from app.domain.login.second_factor import accept_code, keep_secret, make_recovery_codes
from app.domain.login.steps import SECONDS
from app.domain.records import kit as records


@operation(Permission.ME_WRITE)
async def change_password(
    reception: LoginContext, actor: Actor, data: PasswordChange
) -> SessionsEnded:
    """Change your password; your other sessions end."""
    account = await _own_account(reception, actor)
    rules.check_new_password(data.new_password, account.login)
    account = await _check_factor(reception, actor, data.present_password)
    fresh = await hash_of(data.new_password)
    async with reception.database.write_transaction() as session:
        account = await _load_account(session, actor)
        account.password_hash = fresh
        return await _log_change(session, actor, account, "password")


@operation(Permission.ME_WRITE)
async def start_totp(reception: LoginContext, actor: Actor, data: TotpStart) -> TotpStarted:
    """Start a new second factor; it is active once its first code is confirmed."""
    account = await _own_account(reception, actor)
    if account.password_hash:
        account = await _check_factor(reception, actor, data.password or "")
    secret = pyotp.random_base32()
    enrolment = reception.seal.close("enrolment", [str(account.id), secret])
    return TotpStarted(secret=secret, link=link_identity(secret, account), enrolment=enrolment)


@operation(Permission.ME_WRITE)
async def confirm_totp(reception: LoginContext, actor: Actor, data: TotpConfirm) -> TotpConfirmed:
    """Confirm a new second factor by its first code; your other sessions end."""
    whose, secret = reception.seal.open("enrolment", data.enrolment, seconds=SECONDS)
    fault: DomainError | None = None
    async with reception.database.write_transaction() as session:
        account = await _load_account(session, actor)
        if whose != str(account.id):
            raise StartAgain()
        found = rules.find_totp_step(secret, data.code, time.time(), None)
        fault = _reject(reception, account, data, found)
        if fault is None and found:
            keep_secret(reception.seal, account, secret, found)
            codes = make_recovery_codes(reception.seal, account)
            ended = await _log_change(session, actor, account, "second_factor")
            return TotpConfirmed(sessions_ended=ended.sessions_ended, recovery_codes=codes)
        await records.write(session, account)
        await record_event(session, account, "second_factor.refused", actor)
    raise fault or WrongCode()


def _reject(
    reception: LoginContext, account: Account, data: TotpConfirm, found: int | None
) -> DomainError | None:
    """Refuse a new factor unless the codes of the new and the present factor are right."""
    if left := rules.wait_seconds(account, now()):
        return TooManyTries(retry_after=left)
    if found is None:
        return WrongCode()
    if account.totp_confirmed_at and not accept_code(reception, account, data.present_code or ""):
        rules.count_try(account, now())
        return WrongCode()
    return None


async def _own_account(reception: LoginContext, actor: Actor) -> Account:
    async with reception.database.write_transaction() as session:
        return await _load_account(session, actor)


async def _load_account(session: Session, actor: Actor) -> Account:
    """Load and lock the caller's account; systems have none."""
    await enter_session(session, actor)
    try:
        account = await queries.find_account(session, UUID(actor.subject))
    except ValueError:
        account = None
    if account is None:
        raise NotAPerson()
    return account


async def _check_factor(reception: LoginContext, actor: Actor, password: str) -> Account:
    tried = await try_own_password(reception.database, UUID(actor.subject), password)
    async with reception.database.write_transaction() as session:
        account = await record_outcome(session, tried, actor.client)
    if account is None:
        raise WrongPassword()
    return account


async def _log_change(session: Session, actor: Actor, account: Account, what: str) -> SessionsEnded:
    await records.write(session, account)
    ended = await queries.end_sessions(session, account.id, what, but=actor.session)
    await record_event(session, account, f"{what}.change", actor)
    return SessionsEnded(sessions_ended=ended)
