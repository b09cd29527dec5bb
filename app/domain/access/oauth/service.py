"""What can be done at the doors of OAuth: get a token, give it back, ask after it."""

from collections.abc import Callable
from datetime import timedelta

from app.db.base import now
from app.db.session import Session
from app.domain.access.oauth import queries
from app.domain.access.oauth.asking import Asking
from app.domain.access.oauth.issuing import Desk
from app.domain.access.oauth.schemas import Answer
from app.domain.access.oauth.server import Server, refused
from app.domain.auth.tokens import Tokens
from app.settings import Settings

KEPT = timedelta(days=1)  # what has expired can still be seen for a while


async def token(
    session: Session, settings: Settings, tokens: Tokens, asking: Asking | None
) -> Answer:
    """An access token, for a code, for a refresh token, or for a system in its own name.

    A refusal is an answer and no error, for what it ends has to stay ended.
    """
    return await _answer(session, settings, tokens, asking, Server.create_token_response)


async def revoke(
    session: Session, settings: Settings, tokens: Tokens, asking: Asking | None
) -> Answer:
    """Give a token back: what it opened is closed from the next request on."""
    return await _answer(session, settings, tokens, asking, _endpoint("revocation"))


async def introspect(
    session: Session, settings: Settings, tokens: Tokens, asking: Asking | None
) -> Answer:
    """Say whether a token that this client got still holds, and for what."""
    return await _answer(session, settings, tokens, asking, _endpoint("introspection"))


async def forget_tokens(session: Session) -> int:
    """Drop codes, tokens, assertions and sessions that nobody can use any more."""
    return await queries.forget(session, now() - KEPT)


Act = Callable[[Server, Asking], Answer]


def _endpoint(name: str) -> Act:
    def act(server: Server, asking: Asking) -> Answer:
        answer: Answer = server.create_endpoint_response(name, asking)
        return answer

    return act


async def _answer(
    session: Session, settings: Settings, tokens: Tokens, asking: Asking | None, act: Act
) -> Answer:
    if asking is None or asking.repeated:
        return refused("invalid_request")
    return await queries.inside(
        session, lambda db: act(Server(Desk(session, db, settings, tokens)), asking)
    )
