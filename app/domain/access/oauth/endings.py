"""When a session ends before its time, and the account that is kept of it."""

from sqlalchemy.util import await_only

from app.db.base import now
from app.db.tables.auth import AuthSession
from app.db.tables.records import Act
from app.domain.access.oauth import queries
from app.domain.access.oauth.issuing import Desk, save
from app.domain.actor import Actor
from app.domain.records import service as records

OPERATION = "oauth:token"


def end(desk: Desk, held: AuthSession, reason: str) -> None:
    """End a session with all its tokens; in the audit stands whose it was, and why."""
    if held.ended_at is None:
        held.ended_at, held.end_reason = now(), reason
        save(desk, held)
    client = queries.client_of(desk.db, held)
    level = queries.level(desk.db, held.unit_id) if held.unit_id else None
    if client is None or level is None or held.unit_id is None:
        return
    actor = Actor(
        str(held.account_id or client.id), frozenset(), level, held.unit_id, client.client_id,
        session=held.id, session_version=held.version,
    )  # fmt: skip
    change = records.Change(
        "session", held.id, held.unit_id, act=Act.SECURITY, version=held.version, reason=reason
    )
    await_only(records.account(desk.session, actor, OPERATION, [change]))
