"""Every SQL statement on accounts, clients and grants, apart from those of the shapes."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, text, true, update
from sqlmodel import col, select

from app.db.base import now
from app.db.session import Session, execute
from app.db.tables.auth import Account, AuthSession, Client, Grant, GrantState
from app.db.tables.units import Unit, UnitVersion
from app.domain.actor import Actor, Level, Role
from app.domain.records.queries import find_row
from app.domain.scope import in_scope

ADMINISTRATORS_LOCK = 7_300_021  # held while the country's last one might be removed
Holder = Account | Client
HolderT = TypeVar("HolderT", Account, Client, Grant)
SELECT_HELD = (GrantState.PROPOSED, GrantState.ACTIVE, GrantState.WAITING)


async def find_holder(session: Session, actor: Actor, grant: UUID) -> Holder | None:
    """Load and lock the holder of a grant in the actor's unit; holders are locked before grants."""
    found = select(Grant.account_id, Grant.client_id).where(Grant.id == grant)
    ids = (await session.exec(found.where(in_scope(Grant, actor)))).one_or_none()
    if ids is None:
        return None
    if ids[0]:
        return await find_row(session, Account, ids[0], true())
    assert ids[1], "a grant is held by an account or a client"
    return await find_row(session, Client, ids[1], true())


async def find_account(session: Session, login: str) -> Account | None:
    """The account that signs in by this name."""
    return (await session.exec(select(Account).where(Account.login == login))).one_or_none()


async def find_client(session: Session, client_id: str) -> Client | None:
    """The client that goes by this name."""
    return (await session.exec(select(Client).where(Client.client_id == client_id))).one_or_none()


async def list_own(session: Session, actor: Actor, table: type[HolderT]) -> Sequence[HolderT]:
    """All rows in the actor's unit, the oldest first."""
    return (
        await session.exec(select(table).where(in_scope(table, actor)).order_by(col(table.id)))
    ).all()


async def is_linked_elsewhere(
    session: Session, account: Account, issuer: str, subject: str
) -> bool:
    """Return whether another account is linked to this external identity."""
    statement = select(Account.id).where(
        Account.issuer == issuer, Account.external_subject == subject, Account.id != account.id
    )
    return (await session.exec(statement)).first() is not None


async def level(session: Session, unit: UUID) -> Level:
    """At which level a unit is or was."""
    return Level((await session.exec(select(Unit.level).where(Unit.id == unit))).one())


async def find_unit_name(session: Session, unit: UUID) -> str:
    """The full name of a unit, as it is today or was at last."""
    named = select(UnitVersion.full_name).where(UnitVersion.unit_id == unit)
    return (await session.exec(named.order_by(col(UnitVersion.valid_to).desc()).limit(1))).one()


async def list_held_grants(session: Session, holder: Holder) -> Sequence[tuple[Grant, Level]]:
    """List the grants of a holder, active or waiting, with the level of each unit."""
    statement = (
        select(Grant, Unit.level)
        .join(Unit, col(Unit.id) == Grant.unit_id)
        .where(_of(Grant, holder), col(Grant.state).in_(SELECT_HELD), _lasts())
    )
    return [(grant, Level(level)) for grant, level in (await session.exec(statement)).all()]


async def expire_tokens(session: Session, holder: Holder, actor: Actor) -> None:
    """Invalidate the access tokens of a holder; a refresh issues new ones with current rights."""
    await _close(session, holder, actor, {})


async def end_sessions(session: Session, holder: Holder, actor: Actor, reason: str) -> None:
    """End all sessions of a holder: access tokens and refresh tokens."""
    await _close(session, holder, actor, {"ended_at": now(), "end_reason": reason})


async def _close(session: Session, holder: Holder, actor: Actor, ending: dict[str, Any]) -> None:
    table = AuthSession
    values = {"version": table.version + 1, "changed_at": now(), "changed_by": actor.subject}
    open_ones = update(table).where(_of(table, holder), col(table.ended_at).is_(None))
    await execute(session, open_ones.values(values | ending))


async def count_administrators(session: Session, besides: Iterable[UUID]) -> int:
    """Count the country's permanent administrators, under a lock."""
    await execute(session, text(f"SELECT pg_advisory_xact_lock({ADMINISTRATORS_LOCK})"))
    statement = (
        select(func.count())
        .select_from(Grant)
        .join(Unit, col(Unit.id) == Grant.unit_id)
        .join(Account, col(Account.id) == Grant.account_id)
        .where(
            Unit.level == Level.NATIONAL,
            Grant.role == Role.UNIT_ADMIN,
            Grant.state == GrantState.ACTIVE,
            col(Grant.expires_at).is_(None),
            col(Account.disabled_at).is_(None),
            col(Grant.id).not_in(list(besides)),
        )
    )
    return (await session.exec(statement)).one()


def _of(table: Any, holder: Holder) -> ColumnElement[bool]:
    column = table.account_id if isinstance(holder, Account) else table.client_id
    return column == holder.id  # type: ignore[no-any-return]


def _lasts() -> ColumnElement[bool]:
    return or_(col(Grant.expires_at).is_(None), col(Grant.expires_at) > now())
