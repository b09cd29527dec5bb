"""The SQL on grants that wait since their unit ended, with their holders."""

from sqlmodel import col, func, select

from app.db.session import Session
from app.db.tables.auth import Account, Client, Grant, GrantState
from app.db.tables.units import UnitVersion
from app.domain.accounts.queries import Holder
from app.domain.actor import Actor
from app.domain.scope import in_scope


async def list_waiting_grants(
    session: Session, actor: Actor, limit: int
) -> list[tuple[Grant, Holder, str]]:
    """List the grants in the actor's units that wait, the oldest first, with holder and unit."""
    last = (
        select(UnitVersion.unit_id, func.max(UnitVersion.valid_to).label("until"))
        .group_by(col(UnitVersion.unit_id))
        .subquery()
    )
    statement = (
        select(Grant, Account, Client, UnitVersion.full_name)
        .join(Account, col(Account.id) == Grant.account_id, isouter=True)
        .join(Client, col(Client.id) == Grant.client_id, isouter=True)
        .join(last, last.c.unit_id == Grant.unit_id)
        .join(
            UnitVersion,
            (col(UnitVersion.unit_id) == Grant.unit_id) & (UnitVersion.valid_to == last.c.until),
        )
        .where(Grant.state == GrantState.WAITING, in_scope(Grant, actor))
        .order_by(col(Grant.id))
        .limit(limit)
    )
    found: list[tuple[Grant, Holder, str]] = []
    for grant, account, client, unit in (await session.exec(statement)).all():
        holder = account or client
        assert holder, "a grant is held by an account or a client"
        found.append((grant, holder, unit))
    return found
