"""OAuth 2 over HTTP: tokens got, given back and asked after, and what a client needs to know."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.api.deps import AnonymousSession, AppState, CurrentState
from app.db.session import Session
from app.domain.auth.tokens import Tokens
from app.domain.oauth import service
from app.domain.oauth.metadata import metadata
from app.domain.oauth.requests import FORM, TokenRequest, parse_form
from app.domain.oauth.schemas import Answer, Introspected, Refused, TokenAnswer
from app.settings import Settings

router = APIRouter(tags=["oauth"])
NO_STORE = {"cache-control": "no-store", "pragma": "no-cache"}
WHO = {401: {"www-authenticate": 'Basic realm="binhyen"'}}
PROOF = ("client_id", "client_secret", "client_assertion_type", "client_assertion")
ABOUT_TOKEN = ("token", "token_type_hint", *PROOF)
ASKED = ("grant_type", "scope", "code", "redirect_uri", "code_verifier", "refresh_token", *PROOF)
OAuthOperation = Callable[[Session, Settings, Tokens, TokenRequest | None], Awaitable[Answer]]


def _form(answer: Any, needed: str, names: tuple[str, ...]) -> dict[str, Any]:
    """A form as the body and JSON of the protocol as the answer, for OpenAPI."""
    fields = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
    body = {"required": True, "content": {FORM: {"schema": fields | {"required": [needed]}}}}
    told: dict[int | str, dict[str, Any]] = {status: {"model": Refused} for status in (400, 401)}
    if answer is not None:
        told[200] = {"model": answer}
    return {"response_model": None, "responses": told, "openapi_extra": {"requestBody": body}}


@router.post("/oauth/token", **_form(TokenAnswer, "grant_type", ASKED))
async def issue_token(request: Request, house: CurrentState, session: AnonymousSession) -> Response:
    """Give an access token: authorization_code with PKCE, refresh_token, client_credentials."""
    return await _answer(request, house, session, service.token)


@router.post("/oauth/revoke", **_form(None, "token", ABOUT_TOKEN))
async def revoke_token(
    request: Request, house: CurrentState, session: AnonymousSession
) -> Response:
    """Take a token back (RFC 7009): a refresh token with its session, or access tokens alone."""
    return await _answer(request, house, session, service.revoke)


@router.post("/oauth/introspect", **_form(Introspected, "token", ABOUT_TOKEN))
async def introspect_token(
    request: Request, house: CurrentState, session: AnonymousSession
) -> Response:
    """Say whether a token still holds (RFC 7662); to the client that got it, and to no other."""
    return await _answer(request, house, session, service.introspect)


@router.get("/.well-known/jwks.json")
async def public_keys(house: CurrentState) -> JSONResponse:
    """The public keys by which our access tokens are checked."""
    return JSONResponse(house.tokens.public_keys())


@router.get("/.well-known/oauth-authorization-server")
async def server_metadata(house: CurrentState) -> JSONResponse:
    """What this authorization server can do, and where (RFC 8414)."""
    return JSONResponse(metadata(house.settings))


async def _answer(
    request: Request, house: AppState, session: Session, act: OAuthOperation
) -> Response:
    headers = request.headers
    asking = parse_form(
        headers.get("content-type", ""), await request.body(), headers.get("authorization", "")
    )
    found = await act(session, house.settings, house.tokens, asking)
    return JSONResponse(found.body, found.status, NO_STORE | WHO.get(found.status, {}))
