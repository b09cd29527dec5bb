"""The session behind a token, checked on every request."""

from app.db.session import Session
from app.domain.actor import Actor
from app.domain.auth import queries
from app.domain.ended_unit_queries import refuse_session


async def enter_session(session: Session, actor: Actor) -> None:
    """Enter a transaction as an actor: its first statement sets them and checks their session."""

    async def explain(ended: Session) -> Exception:
        return await refuse_session(ended, actor.subject, actor.unit_id)

    await queries.enter(session, actor, explain)
