"""Passwords tried: counted before they are looked at, and an unknown name costs the same."""

import asyncio
import secrets
from dataclasses import dataclass, replace
from uuid import UUID

from app.db.base import now
from app.db.session import Database, Session
from app.db.tables.auth import Account
from app.domain.auth.service import HASH
from app.domain.login import queries, rules
from app.domain.login.cookie_seal import CookieSeal
from app.domain.login.errors import TooManyTries
from app.domain.login.events import record_event
from app.domain.login.tries import Visitor, count_try, find_counters, uncount_try
from app.domain.records import kit as records

NOBODY = HASH.hash(secrets.token_urlsafe())  # a name that nobody has costs the same time
AT_ONCE = asyncio.Semaphore(4)  # each takes 19 MB and a core


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try that has been counted: whose it may be, and whether the password was right."""

    account_id: UUID | None
    right: bool
    checked: str  # the hash it was held against
    fresh_hash: str | None = None
    counted: tuple[bytes, ...] = ()  # by these; by the account itself if by none


async def try_password(
    database: Database, seal: CookieSeal, login: str, password: str, visitor: Visitor
) -> Attempt:
    """Try a password at a sign-in name, which may be nobody's."""
    async with database.write_transaction() as session:
        account = (
            await queries.find_account_by_login(session, login) if _may_be_password(login) else None
        )
        counters = find_counters(seal, login, account.id if account else None, visitor)
        left = await count_try(session, counters)
    attempt = await _check_hash(account, password, left)
    return replace(attempt, counted=tuple(one.name for one in counters))


async def try_own_password(database: Database, account_id: UUID, password: str) -> Attempt:
    """Try the password of somebody who has signed in already; wrong ones count as well."""
    async with database.write_transaction() as session:
        account = await queries.find_account(session, account_id)
        left = await _count(session, account) if account else 0
    return await _check_hash(account, password, left)


async def record_outcome(session: Session, tried: Attempt, client: str) -> Account | None:
    """The account, if the try was right; a right one is no longer counted."""
    account = await queries.find_account(session, tried.account_id) if tried.account_id else None
    if account is None:
        return None
    changed = account.password_hash != tried.checked  # meanwhile
    if not tried.right or changed or account.disabled_at:
        await record_event(session, account, "sign_in.refused", client, reason="password")
        return None
    if tried.counted:
        await uncount_try(session, list(tried.counted))
    else:
        rules.uncount_try(account)
    account.password_hash = tried.fresh_hash or account.password_hash
    await records.write(session, account)
    return account


async def hash_of(password: str) -> str:
    async with AT_ONCE:
        return await asyncio.to_thread(HASH.hash, rules.normalise_password(password))


async def _check_hash(account: Account | None, password: str, left: int) -> Attempt:
    if left:
        raise TooManyTries(retry_after=left)
    known = (account and account.password_hash) or NOBODY
    async with AT_ONCE:
        right, fresh = await asyncio.to_thread(
            HASH.verify_and_update, rules.normalise_password(password), known
        )
    return Attempt(account.id if account else None, right, known, fresh)


async def _count(session: Session, tries: Account) -> int:
    """Count a try; where it comes too early, the seconds that are left instead."""
    left = rules.wait_seconds(tries, now())
    if not left:
        rules.count_try(tries, now())
        await records.write(session, tries)
    return left


def _may_be_password(login: str) -> bool:
    return 0 < len(login) <= 100 and login.isprintable()
