"""Every SQL statement on signing in."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from app.db.base import now
from app.db.session import Session, execute
from app.db.tables.auth import Account, AuthSession, Grant, GrantState, SpentAssertion
from app.db.tables.login import Invitation, UnknownLogin
from app.db.tables.units import UnitVersion
from app.domain.units.shape import today

FORGOTTEN_AFTER = timedelta(days=1)


async def find_account(session: Session, id: UUID) -> Account | None:
    """One account, held until the transaction ends."""
    found = select(Account).where(Account.id == id).with_for_update()
    return (await session.exec(found)).one_or_none()


async def find_account_by_login(session: Session, login: str) -> Account | None:
    """The account of a sign-in name; not held, for who guesses must not hold up its owner."""
    return (await session.exec(select(Account).where(Account.login == login))).one_or_none()


async def find_linked_account(session: Session, issuer: str, subject: str) -> Account | None:
    """The account of somebody whom a provider outside knows, held likewise."""
    known = (Account.issuer == issuer, Account.external_subject == subject)
    return (await session.exec(select(Account).where(*known).with_for_update())).one_or_none()


async def lock_tries(session: Session, names: Sequence[bytes]) -> Sequence[UnknownLogin]:
    """The counters of these names, held until the transaction ends; old ones are forgotten."""
    old = col(UnknownLogin.tried_at) < now() - FORGOTTEN_AFTER
    await execute(session, delete(UnknownLogin).where(old))
    fresh = insert(UnknownLogin).values(
        [{"name": name, "failures": 0, "tried_at": now()} for name in names]
    )
    again = fresh.on_conflict_do_update(index_elements=["name"], set_={"tried_at": now()})
    await execute(session, again)
    named = select(UnknownLogin).where(col(UnknownLogin.name).in_(names))
    found = {row.name: row for row in await session.exec(named)}
    return [found[name] for name in names]


async def forget_tries(session: Session, name: bytes) -> None:
    """Forget what a counter has counted."""
    await execute(session, delete(UnknownLogin).where(col(UnknownLogin.name) == name))


async def list_grants(session: Session, account_id: UUID) -> Sequence[Grant]:
    """List the active grants of an account."""
    held = select(Grant).where(
        Grant.account_id == account_id,
        Grant.state == GrantState.ACTIVE,
        col(Grant.expires_at).is_(None) | (col(Grant.expires_at) > now()),
    )
    return (await session.exec(held)).all()


async def list_unit_names(session: Session, ids: Iterable[UUID]) -> Sequence[tuple[UUID, str]]:
    """Units by the names of today, in Vietnamese order."""
    named = select(UnitVersion.unit_id, UnitVersion.full_name).where(
        col(UnitVersion.unit_id).in_(list(ids)),
        UnitVersion.valid_from <= today(),
        UnitVersion.valid_to > today(),
    )
    return (await session.exec(named.order_by(UnitVersion.sort_key))).all()


async def spend_step(session: Session, mark: str, until: datetime) -> bool:
    """Note that something was used; False where it had been."""
    digest = hashlib.sha256(mark.encode()).digest()
    spent = insert(SpentAssertion).values(digest=digest, expires_at=until)
    found = await execute(session, spent.on_conflict_do_nothing())
    return found.rowcount == 1


async def end_sessions(
    session: Session, account_id: UUID, reason: str, *, but: UUID | None = None
) -> int:
    """End what an account came in with elsewhere; how many ended."""
    open_ones = update(AuthSession).where(
        col(AuthSession.account_id) == account_id, col(AuthSession.ended_at).is_(None)
    )
    if but:
        open_ones = open_ones.where(col(AuthSession.id) != but)
    ended = open_ones.values(
        ended_at=now(), end_reason=reason, changed_at=now(), changed_by=str(account_id)
    )
    return int((await execute(session, ended)).rowcount)


async def find_invitation(session: Session, token: str) -> Invitation | None:
    """An invitation that can still be followed, held until the transaction ends."""
    found = select(Invitation).where(
        Invitation.token_hash == hashlib.sha256(token.encode("utf-8", "replace")).digest(),
        col(Invitation.used_at).is_(None),
        Invitation.expires_at > now(),
    )
    return (await session.exec(found.with_for_update())).one_or_none()


async def revoke_invitations(session: Session, account_id: UUID) -> None:
    """Revoke the earlier invitations of an account."""
    open_ones = update(Invitation).where(
        col(Invitation.account_id) == account_id, col(Invitation.used_at).is_(None)
    )
    await execute(session, open_ones.values(used_at=now()))
