"""The protocol library's server, on our tables and by our rules."""

from typing import Any

from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    InvalidGrantError,
    InvalidRequestError,
    OAuth2Error,
    UnauthorizedClientError,
)

from app.domain.access.oauth import queries
from app.domain.access.oauth.asking import Asking, Request
from app.domain.access.oauth.endpoints import AskedAfter, GivenBack
from app.domain.access.oauth.errors import SAID
from app.domain.access.oauth.grants import PEOPLE, ByItself, ByRefresh
from app.domain.access.oauth.issuing import Desk, Held, actor_of, answer, open_for_machine
from app.domain.access.oauth.parties import Party
from app.domain.access.oauth.proving import ByOwnKey
from app.domain.access.oauth.schemas import Answer
from app.domain.actor import Permission


class Server(AuthorizationServer):  # type: ignore[misc]
    """One server for one request: nothing is shared, so nothing is mixed up."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(scopes_supported=[str(name) for name in Permission])
        self.desk = desk
        self.register_client_auth_method(ByOwnKey.CLIENT_AUTH_METHOD, ByOwnKey(desk))
        self.register_grant(*PEOPLE)
        self.register_grant(ByRefresh)
        self.register_grant(ByItself)
        self.register_endpoint(GivenBack)
        self.register_endpoint(AskedAfter)

    def query_client(self, client_id: str) -> Party:
        """A client, or nobody, who is asked for his proof like any other."""
        return Party(queries.client(self.desk.db, client_id))

    def authenticate_client(self, request: Request, methods: Any, endpoint: str = "token") -> Any:
        """One proof at a time, as RFC 6749 2.3 says."""
        given = [name in request.form for name in ("client_secret", "client_assertion")]
        if sum([*given, "Authorization" in request.headers]) > 1:
            raise InvalidRequestError()
        return super().authenticate_client(request, methods, endpoint)

    def generate_token(
        self, grant_type: str, client: Party, user: Held | None = None, scope: str | None = None,
        expires_in: int | None = None, include_refresh_token: bool = True,
    ) -> dict[str, Any]:  # fmt: skip
        assert client.row is not None, "nobody has proved who he is"
        held = user or Held(open_for_machine(self.desk, client.row, scope or ""))
        actor = actor_of(self.desk, held.row, scope or "")
        if actor is None:
            raise InvalidGrantError() if user else UnauthorizedClientError()
        return answer(self.desk, actor, held, refresh=include_refresh_token)

    def save_token(self, token: dict[str, Any], request: Request) -> None:
        """It is kept when it is made."""

    def create_oauth2_request(self, request: Asking) -> Request:
        return Request(request)

    def send_signal(self, name: str, *_: Any, **__: Any) -> None:
        """Nobody listens."""

    def handle_response(self, status: int, body: Any, headers: Any) -> Answer:
        return Answer(status=status, body=body)

    def handle_error_response(self, request: Any, error: OAuth2Error) -> Answer:
        return refused(error.error)


def refused(error: str) -> Answer:
    """A refusal of the protocol, in words that tell nothing of what was sent."""
    status = 401 if error == "invalid_client" else 400
    return Answer(status=status, body={"error": error, "error_description": SAID[error]})
