"""Every SQL statement on authorizations; what the protocol library calls runs in its greenlet."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from app.db.base import now
from app.db.session import Session, execute
from app.db.synchronous import SynchronousSession as Bare
from app.db.tables.auth import (
    Account,
    AuthorizationCode,
    AuthSession,
    Client,
    Grant,
    GrantState,
    RefreshToken,
    SpentAssertion,
)
from app.db.tables.units import Unit, UnitLevel, UnitVersion
from app.domain.scope import BY_PLACE

NAME = 100  # no client goes by a longer name
T = TypeVar("T")


async def run_sync(session: Session, act: Callable[[Bare], T]) -> T:
    """Run what waits without saying so, as the protocol library does, without blocking the loop."""
    return await session.run_sync(lambda waiting: act(Bare(waiting)))


def find_client(db: Bare, client_id: str) -> Client | None:
    """A client that is known by this name and not disabled."""
    if not (client_id.isascii() and client_id.isprintable() and len(client_id) <= NAME):
        return None
    return db.exec(
        select(Client).where(Client.client_id == client_id, col(Client.disabled_at).is_(None))
    ).one_or_none()


def find_session_client(db: Bare, held: AuthSession) -> Client | None:
    """The application a session was opened for, if it is not disabled."""
    wanted = select(Client).where(Client.id == held.client_id, col(Client.disabled_at).is_(None))
    return db.exec(wanted).one_or_none()


def find_account(db: Bare, id: UUID) -> Account | None:
    """A person who may come in."""
    wanted = select(Account).where(Account.id == id, col(Account.disabled_at).is_(None))
    return db.exec(wanted).one_or_none()


def find_level(db: Bare, unit_id: UUID) -> UnitLevel | None:
    """The level of a unit; None if there is no such unit."""
    found = db.exec(select(Unit.level).where(Unit.id == unit_id)).one_or_none()
    return UnitLevel(found) if found else None


def lies_within(db: Bare, unit: UUID, whole: UUID) -> bool:
    """Return whether a unit is another or lies in it, on today's map."""
    level = find_level(db, whole)
    if level is None:
        return False
    inside = select(Unit.id).where(Unit.id == unit, BY_PLACE[level](Unit, whole))
    return db.exec(inside).one_or_none() is not None


def find_unit_name(db: Bare, unit: UUID) -> str:
    """The full name of a unit, as it is today or was at last."""
    named = select(UnitVersion.full_name).where(UnitVersion.unit_id == unit)
    return db.exec(named.order_by(col(UnitVersion.valid_to).desc()).limit(1)).one()


def list_grants(db: Bare, held: AuthSession) -> Sequence[Grant]:
    """List the grants of a session's holder for its unit: the person's, not the application's."""
    holder = (
        Grant.account_id == held.account_id
        if held.account_id
        else Grant.client_id == held.client_id
    )
    return db.exec(
        select(Grant).where(
            holder,
            Grant.unit_id == held.unit_id,
            Grant.state == GrantState.ACTIVE,
            col(Grant.expires_at).is_(None) | (col(Grant.expires_at) > now()),
        )
    ).all()


def lock_rights(db: Bare, client: Client) -> None:
    """Let nobody take rights from a client unseen until its new session can be seen, too."""
    db.exec(select(Client.id).where(Client.id == client.id).with_for_update(read=True)).all()
    db.exec(select(Grant.id).where(Grant.client_id == client.id).with_for_update(read=True)).all()


def session_of_code(db: Bare, digest: bytes) -> AuthSession | None:
    """Load and lock the session that a code was issued for."""
    code = select(AuthorizationCode.session_id).where(AuthorizationCode.code_hash == digest)
    return _lock_session(db, code)


def session_of_refresh(db: Bare, digest: bytes) -> AuthSession | None:
    """Load and lock the session of a refresh token."""
    token = select(RefreshToken.session_id).where(RefreshToken.token_hash == digest)
    return _lock_session(db, token)


def _lock_session(db: Bare, id: object) -> AuthSession | None:
    wanted = select(AuthSession).where(AuthSession.id == id.scalar_subquery())  # type: ignore[attr-defined]
    fresh = wanted.with_for_update().execution_options(populate_existing=True)
    return db.exec(fresh).one_or_none()


def lock_session(db: Bare, id: UUID, *, version: int) -> AuthSession | None:
    """Load and lock a valid session, for a token of this version of it."""
    wanted = select(AuthSession).where(AuthSession.id == id, AuthSession.version == version)
    held = wanted.where(col(AuthSession.ended_at).is_(None))
    return db.exec(held.with_for_update()).one_or_none()


def find_code(db: Bare, digest: bytes) -> AuthorizationCode | None:
    """Load a code; call after its session is locked, so that it is current."""
    wanted = select(AuthorizationCode).where(AuthorizationCode.code_hash == digest)
    return db.exec(wanted.execution_options(populate_existing=True)).one_or_none()


def find_refresh_token(db: Bare, digest: bytes) -> RefreshToken | None:
    """Load a refresh token; call after its session is locked, so that it is current."""
    wanted = select(RefreshToken).where(RefreshToken.token_hash == digest)
    return db.exec(wanted.execution_options(populate_existing=True)).one_or_none()


def list_successors(db: Bare, digest: bytes) -> Sequence[RefreshToken]:
    """List the tokens issued in exchange for a refresh token."""
    return db.exec(select(RefreshToken).where(RefreshToken.parent_hash == digest)).all()


def spend_assertion(db: Bare, digest: bytes, until: datetime) -> bool:
    """Note that an assertion has been taken; False if it had been already."""
    taken = db.execute(
        insert(SpentAssertion).values(digest=digest, expires_at=until).on_conflict_do_nothing()
    )
    return taken.rowcount == 1


async def delete_expired(session: Session, before: datetime) -> int:
    """Drop what nobody can use any more; sessions take their codes and tokens along."""
    gone = 0
    for table in (SpentAssertion, AuthorizationCode, RefreshToken, AuthSession):
        done = await execute(session, delete(table).where(col(table.expires_at) < before))
        gone += done.rowcount
    return gone
