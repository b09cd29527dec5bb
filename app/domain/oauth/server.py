"""The protocol library's server, on our tables and by our rules."""

from typing import Any

from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    InvalidGrantError,
    InvalidRequestError,
    OAuth2Error,
    UnauthorizedClientError,
)

from app.domain.actor import Permission
from app.domain.oauth import queries
from app.domain.oauth.client_assertion import PrivateKeyJwtAuth
from app.domain.oauth.clients import OAuthClient
from app.domain.oauth.endpoints import TokenIntrospectionEndpoint, TokenRevocationEndpoint
from app.domain.oauth.errors import DESCRIPTIONS
from app.domain.oauth.grants import PEOPLE, ClientCredentialsGrant, RefreshTokenGrant
from app.domain.oauth.requests import ProtocolRequest, TokenRequest
from app.domain.oauth.schemas import Answer
from app.domain.oauth.tokens import (
    OAuthContext,
    SessionRef,
    actor_of,
    issue_tokens,
    open_for_machine,
)


class OAuthServer(AuthorizationServer):  # type: ignore[misc]
    """One server for one request: nothing is shared, so nothing is mixed up."""

    def __init__(self, context: OAuthContext) -> None:
        super().__init__(scopes_supported=[str(name) for name in Permission])
        self.context = context
        self.register_client_auth_method(
            PrivateKeyJwtAuth.CLIENT_AUTH_METHOD, PrivateKeyJwtAuth(context)
        )
        self.register_grant(*PEOPLE)
        self.register_grant(RefreshTokenGrant)
        self.register_grant(ClientCredentialsGrant)
        self.register_endpoint(TokenRevocationEndpoint)
        self.register_endpoint(TokenIntrospectionEndpoint)

    def query_client(self, client_id: str) -> OAuthClient:
        """Return a client, or none, which passes the same checks."""
        return OAuthClient(queries.find_client(self.context.db, client_id))

    def authenticate_client(
        self, request: ProtocolRequest, methods: Any, endpoint: str = "token"
    ) -> Any:
        """One proof at a time, as RFC 6749 2.3 says."""
        given = [name in request.form for name in ("client_secret", "client_assertion")]
        if sum([*given, "Authorization" in request.headers]) > 1:
            raise InvalidRequestError()
        return super().authenticate_client(request, methods, endpoint)

    def generate_token(
        self, grant_type: str, client: OAuthClient, user: SessionRef | None = None,
        scope: str | None = None, expires_in: int | None = None, include_refresh_token: bool = True,
    ) -> dict[str, Any]:  # fmt: skip
        assert client.row is not None, "no client is authenticated"
        held = user or SessionRef(open_for_machine(self.context, client.row, scope or ""))
        actor = actor_of(self.context, held.row, scope or "")
        if actor is None:
            raise InvalidGrantError() if user else UnauthorizedClientError()
        return issue_tokens(self.context, actor, held, refresh=include_refresh_token)

    def save_token(self, token: dict[str, Any], request: ProtocolRequest) -> None:
        """Do nothing: a token is stored when it is issued."""

    def create_oauth2_request(self, request: TokenRequest) -> ProtocolRequest:
        return ProtocolRequest(request)

    def send_signal(self, name: str, *_: Any, **__: Any) -> None:
        """Nobody listens."""

    def handle_response(self, status: int, body: Any, headers: Any) -> Answer:
        return Answer(status=status, body=body)

    def handle_error_response(self, request: Any, error: OAuth2Error) -> Answer:
        return protocol_error(error.error)


def protocol_error(error: str) -> Answer:
    """A refusal of the protocol, in words that tell nothing of what was sent."""
    status = 401 if error == "invalid_client" else 400
    return Answer(status=status, body={"error": error, "error_description": DESCRIPTIONS[error]})
