"""What stands behind a token, asked anew at every request."""

from app.db.session import Session
from app.domain.actor import Actor
from app.domain.auth import queries
from app.domain.errors import Unauthenticated


async def enter_session(session: Session, actor: Actor) -> None:
    """Let an actor into a transaction: his session holds, and the database knows who he is."""
    if not await queries.enter(session, actor):
        raise Unauthenticated()
