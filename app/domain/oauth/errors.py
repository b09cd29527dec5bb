"""Errors of authorization requests."""

from app.domain.errors import Invalid

# What the token endpoint says of each refusal; RFC 6749 wants it in ASCII, and it quotes nothing.
DESCRIPTIONS = {
    "invalid_request": "A parameter is missing, repeated or cannot be read.",
    "invalid_client": "The client is not known, is disabled, or does not prove who it is.",
    "invalid_grant": "The code or token does not hold, or not for this client and address.",
    "unauthorized_client": "This client may not get a token in this way.",
    "unsupported_grant_type": "Allowed: authorization_code, client_credentials, refresh_token.",
    "invalid_scope": "A scope is not known, or was not granted.",
}


class AuthorizationRefused(Invalid):
    """A request that is refused on our page, since its redirect URI is not trusted."""

    code = "authorization_refused"
    en = "The application requested a sign-in in a way that is not allowed: {reason}."
    vi = "Ứng dụng yêu cầu đăng nhập không đúng cách: {reason}."


class RedirectedError(AuthorizationRefused):
    """A request that is refused to the application itself, at its own registered address."""

    code = "authorization_redirected"
    en = "The request of the application is refused: {reason}."
    vi = "Yêu cầu của ứng dụng bị từ chối: {reason}."

    def __init__(self, error: str, redirect_uri: str, state: str | None) -> None:
        super().__init__(reason=error)
        self.error, self.redirect_uri, self.state = error, redirect_uri, state
