"""Early end of a session, and its audit entry."""

from sqlalchemy.util import await_only

from app.db.base import now
from app.db.tables.auth import AuthSession
from app.db.tables.records import Act
from app.domain.actor import Actor
from app.domain.oauth import queries
from app.domain.oauth.tokens import OAuthContext, save
from app.domain.records import service as records

OPERATION = "oauth:token"


def end_session(context: OAuthContext, held: AuthSession, reason: str) -> None:
    """End a session with all its tokens; in the audit stands whose it was, and why."""
    if held.ended_at is None:
        held.ended_at, held.end_reason = now(), reason
        save(context, held)
    client = queries.find_session_client(context.db, held)
    level = queries.find_level(context.db, held.unit_id) if held.unit_id else None
    if client is None or level is None or held.unit_id is None:
        return
    actor = Actor(
        str(held.account_id or client.id), frozenset(), level, held.unit_id, client.client_id,
        session=held.id, session_version=held.version,
    )  # fmt: skip
    change = records.Change(
        "session", held.id, held.unit_id, act=Act.SECURITY, version=held.version, reason=reason
    )
    await_only(records.log_changes(context.session, actor, OPERATION, [change]))
