"""OAuth 2 over HTTP: issue, revoke and introspect tokens; metadata for clients."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from app.api.deps import AnonymousSession, AppState, CurrentState
from app.api.prefix_router import PrefixRouter
from app.api.rest.service_schemas import KeySet, ServerMetadata
from app.db.session import Session
from app.domain.auth.tokens import Tokens
from app.domain.oauth import service
from app.domain.oauth.metadata import metadata
from app.domain.oauth.requests import FORM, TokenRequest, parse_form
from app.domain.oauth.schemas import Answer, IntrospectionResponse, OAuthError, TokenResponse
from app.settings import Settings

router = PrefixRouter(tags=["oauth"])
NO_STORE = {"cache-control": "no-store", "pragma": "no-cache"}
WHO = {401: {"www-authenticate": 'Basic realm="binhyen"'}}
PROOF = ("client_id", "client_secret", "client_assertion_type", "client_assertion")
ABOUT_TOKEN = ("token", "token_type_hint", *PROOF)
TOKEN_FIELDS = (
    "grant_type",
    "scope",
    "code",
    "redirect_uri",
    "code_verifier",
    "refresh_token",
    *PROOF,
)
OAuthOperation = Callable[[Session, Settings, Tokens, TokenRequest | None], Awaitable[Answer]]


def _form(
    title: str, about: str, answer: Any, needed: str, names: tuple[str, ...]
) -> dict[str, Any]:
    """A form as the body and JSON of the protocol as the answer, for OpenAPI."""
    fields: dict[str, Any] = {name: {"type": "string"} for name in names}
    form = {
        "title": title, "description": about, "type": "object", "properties": fields,
        "required": [needed],
    }  # fmt: skip
    body = {"required": True, "content": {FORM: {"schema": form}}}
    responses: dict[int | str, dict[str, Any]] = {
        status: {"model": OAuthError, "description": "The request is refused; `error` says why."}
        for status in (400, 401)
    }
    if answer is not None:
        responses[200] = {"model": answer}
    return {"response_model": None, "responses": responses, "openapi_extra": {"requestBody": body}}


@router.post(
    "/oauth/token",
    **_form(
        "TokenForm", "A request for tokens (RFC 6749).", TokenResponse, "grant_type", TOKEN_FIELDS
    ),
)
async def issue_token(
    request: Request, app_state: CurrentState, session: AnonymousSession
) -> Response:
    """Issue tokens: authorization_code with PKCE, refresh_token, client_credentials."""
    return await _answer(request, app_state, session, service.token)


@router.post(
    "/oauth/revoke",
    **_form("RevocationForm", "A token to revoke (RFC 7009).", None, "token", ABOUT_TOKEN),
)
async def revoke_token(
    request: Request, app_state: CurrentState, session: AnonymousSession
) -> Response:
    """Revoke a token (RFC 7009): a refresh token with its session, or an access token alone."""
    return await _answer(request, app_state, session, service.revoke)


@router.post(
    "/oauth/introspect",
    **_form(
        "IntrospectionForm",
        "A token to inspect (RFC 7662).",
        IntrospectionResponse,
        "token",
        ABOUT_TOKEN,
    ),
)
async def introspect_token(
    request: Request, app_state: CurrentState, session: AnonymousSession
) -> Response:
    """Inspect a token (RFC 7662); only the client that got it is answered."""
    return await _answer(request, app_state, session, service.introspect)


@router.get("/.well-known/jwks.json", responses={200: {"model": KeySet}})
async def read_key_set(app_state: CurrentState) -> JSONResponse:
    """Read the public keys that sign access tokens."""
    return JSONResponse(app_state.tokens.public_keys())


@router.get("/.well-known/oauth-authorization-server", responses={200: {"model": ServerMetadata}})
async def read_server_metadata(app_state: CurrentState) -> JSONResponse:
    """Read the metadata of the authorization server (RFC 8414)."""
    return JSONResponse(metadata(app_state.settings))


async def _answer(
    request: Request, app_state: AppState, session: Session, act: OAuthOperation
) -> Response:
    headers = request.headers
    asking = parse_form(
        headers.get("content-type", ""), await request.body(), headers.get("authorization", "")
    )
    found = await act(session, app_state.settings, app_state.tokens, asking)
    return JSONResponse(found.body, found.status, NO_STORE | WHO.get(found.status, {}))
