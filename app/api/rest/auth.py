"""Tokens over HTTP: OAuth 2, as far as machines need it."""

import base64
import binascii
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import JSONResponse

from app.api.deps import CurrentActor, CurrentHouse, Opening, Reading
from app.api.rest.writes import does
from app.domain.auth import service
from app.domain.auth.errors import InvalidClient, UnsupportedGrant
from app.domain.auth.me import about_me
from app.domain.auth.schemas import TokenAnswer

router = APIRouter(tags=["oauth"])
NEVER_KEPT = {"cache-control": "no-store"}


@router.post("/oauth/token", response_model=TokenAnswer)
async def issue_token(
    request: Request,
    house: CurrentHouse,
    session: Opening,
    grant_type: Annotated[str, Form(max_length=100)] = "",
    client_id: Annotated[str, Form(max_length=100)] = "",
    client_secret: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Give a machine client an access token: client_credentials, by form or by HTTP Basic."""
    known = _basic(request) or (client_id, client_secret)
    minutes = house.settings.access_token_minutes
    try:
        found = await service.issue_token(
            session, house.tokens, grant=grant_type, client_id=known[0], secret=known[1],
            minutes=minutes,
        )  # fmt: skip
    except (InvalidClient, UnsupportedGrant) as refusal:
        status = 401 if isinstance(refusal, InvalidClient) else 400
        body = {"error": refusal.code, "error_description": refusal.told("en")}
        return JSONResponse(body, status, NEVER_KEPT)
    return JSONResponse(found.model_dump(), headers=NEVER_KEPT)


@router.get("/.well-known/jwks.json")
async def public_keys(house: CurrentHouse) -> JSONResponse:
    """The public keys by which our access tokens are checked."""
    return JSONResponse(house.tokens.public_keys())


@router.get("/api/v1/me", tags=["me"])
@does(about_me)
async def me(session: Reading, actor: CurrentActor) -> JSONResponse:
    return JSONResponse(await about_me(session, actor))


def _basic(request: Request) -> tuple[str, str] | None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ("", "")
    return name, secret
