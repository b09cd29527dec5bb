"""The account of what happens where people sign in; what was typed is never in it."""

from app.db.session import Session
from app.db.tables.auth import Account
from app.db.tables.records import Act
from app.domain.actor import Actor, Level
from app.domain.records import service as records
from app.domain.records.service import Change


async def record_event(
    session: Session, account: Account, what: str, by: Actor | str, *, reason: str | None = None
) -> None:
    """Account for one act of an account, or against it: by somebody here, or from a client."""
    actor = by if isinstance(by, Actor) else _event_actor(account, by)
    change = Change(
        "account", account.id, account.unit_id, Act.SECURITY, version=None, reason=reason
    )
    await records.log_changes(session, actor, what, [change])


def _event_actor(account: Account, client: str) -> Actor:
    """Somebody who has no rights yet."""
    return Actor(str(account.id), frozenset(), Level.VILLAGE, account.unit_id, client)
