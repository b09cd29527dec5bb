"""The session behind a token, checked on every request."""

from app.db.session import Session
from app.domain.actor import Actor
from app.domain.auth import queries
from app.domain.ended_unit_queries import refuse_session


async def enter_session(session: Session, actor: Actor) -> None:
    """Enter a transaction as an actor: check the session and set the database's actor."""
    if not await queries.enter(session, actor):
        raise await refuse_session(session, actor.subject, actor.unit_id)
