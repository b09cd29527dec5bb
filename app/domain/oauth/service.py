"""Operations of OAuth: issue, revoke and introspect tokens."""

from collections.abc import Callable
from datetime import timedelta

from app.db.base import now
from app.db.session import Session
from app.domain.auth.tokens import Tokens
from app.domain.oauth import queries
from app.domain.oauth.requests import TokenRequest
from app.domain.oauth.schemas import Answer
from app.domain.oauth.server import OAuthServer, protocol_error
from app.domain.oauth.tokens import OAuthContext
from app.settings import Settings

RETENTION = timedelta(days=1)  # what has expired can still be seen for a while


async def token(
    session: Session, settings: Settings, tokens: Tokens, asking: TokenRequest | None
) -> Answer:
    """An access token, for a code, for a refresh token, or for a system in its own name.

    A refusal is an answer and no error, for what it ends has to stay ended.
    """
    return await _answer(session, settings, tokens, asking, OAuthServer.create_token_response)


async def revoke(
    session: Session, settings: Settings, tokens: Tokens, asking: TokenRequest | None
) -> Answer:
    """Give a token back: what it opened is closed from the next request on."""
    return await _answer(session, settings, tokens, asking, _endpoint("revocation"))


async def introspect(
    session: Session, settings: Settings, tokens: Tokens, asking: TokenRequest | None
) -> Answer:
    """Say whether a token that this client got still holds, and for what."""
    return await _answer(session, settings, tokens, asking, _endpoint("introspection"))


async def delete_expired_tokens(session: Session) -> int:
    """Drop codes, tokens, assertions and sessions that nobody can use any more."""
    return await queries.delete_expired(session, now() - RETENTION)


EndpointAction = Callable[[OAuthServer, TokenRequest], Answer]


def _endpoint(name: str) -> EndpointAction:
    def act(server: OAuthServer, asking: TokenRequest) -> Answer:
        answer: Answer = server.create_endpoint_response(name, asking)
        return answer

    return act


async def _answer(
    session: Session,
    settings: Settings,
    tokens: Tokens,
    asking: TokenRequest | None,
    act: EndpointAction,
) -> Answer:
    if asking is None or asking.has_duplicates:
        return protocol_error("invalid_request")
    return await queries.run_sync(
        session, lambda db: act(OAuthServer(OAuthContext(session, db, settings, tokens)), asking)
    )
