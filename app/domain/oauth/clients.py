"""A client as the protocol sees it."""

import asyncio
import secrets
from uuid import UUID

from authlib.oauth2.rfc6749 import ClientMixin
from sqlalchemy.util import await_only

from app.db.tables.auth import Client, ClientKind
from app.domain.auth.client_secrets import check_secret as check_secret
from app.domain.auth.client_secrets import hash_secret, is_plain
from app.domain.auth.service import HASH
from app.domain.oauth.rules import matches_redirect

NOBODY = hash_secret(secrets.token_urlsafe(32))  # who is unknown costs as much
AT_ONCE = asyncio.Semaphore(4)
MAX_SECRET_LENGTH = 200


class OAuthClient(ClientMixin):  # type: ignore[misc]
    """An OAuth client, or none: an unknown client passes the same checks as a known one."""

    def __init__(self, row: Client | None) -> None:
        self.row = row

    @property
    def id(self) -> UUID | None:
        return self.row.id if self.row else None

    def get_client_id(self) -> str:
        return self.row.client_id if self.row else ""

    def get_default_redirect_uri(self) -> None:
        """Return no default: each request names its redirect URI, compared exactly."""

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(sorted(set((scope or "").split())))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        known = self.row.redirect_uris if self.row else ()
        return any(matches_redirect(redirect_uri, one) for one in known)

    def check_client_secret(self, client_secret: str) -> bool:
        known = (self.row and self.row.secret_hash) or NOBODY
        right: bool = await_only(verify_secret(client_secret[:MAX_SECRET_LENGTH], known))
        return right and self.row is not None

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        if self.row is None:
            return False
        public = self.row.kind is ClientKind.PUBLIC
        return public if method == "none" else not public

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        if self.row is None:
            return False
        if grant_type == "client_credentials":
            return self.row.kind is ClientKind.CONFIDENTIAL
        return bool(self.row.redirect_uris)


async def verify_secret(secret: str, known: str) -> bool:
    """Compare a secret with its stored hash; a slow one in few threads outside the event loop."""
    if is_plain(known):
        return check_secret(secret, known)
    async with AT_ONCE:
        return await asyncio.to_thread(HASH.verify, secret, known)
