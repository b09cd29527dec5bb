"""The keys of an endpoint: made here, sealed by the settings' key, and replaced with an overlap."""

import base64
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from app.db.base import now
from app.db.tables.webhooks import WebhookEndpoint
from app.domain.exchange.webhooks.signatures import HMAC_BYTES, SigningKeys
from app.domain.login.cookie_seal import CookieSeal

OVERLAP = timedelta(days=1)  # in which the replaced keys sign, too
PRIVATE_BYTES = 32


def make_keys() -> SigningKeys:
    """Make the keys of an endpoint."""
    return SigningKeys(os.urandom(HMAC_BYTES), os.urandom(PRIVATE_BYTES))


def seal_keys(seal: CookieSeal, endpoint: UUID, keys: SigningKeys) -> str:
    """Seal keys for one endpoint."""
    parts = [base64.b64encode(one).decode() for one in (keys.secret, keys.private)]
    return seal.close(_purpose(endpoint), parts)


def open_keys(
    seal: CookieSeal, endpoint: WebhookEndpoint, at: datetime | None = None
) -> Sequence[SigningKeys]:
    """Return the keys that sign now, the newest first."""
    sealed = [endpoint.sealed_keys]
    until = endpoint.former_keys_until
    if endpoint.former_keys and until and until > (at or now()):
        sealed.append(endpoint.former_keys)
    return [_open(seal, endpoint.id, one) for one in sealed]


def _open(seal: CookieSeal, endpoint: UUID, sealed: str) -> SigningKeys:
    secret, private = (base64.b64decode(one) for one in seal.open(_purpose(endpoint), sealed))
    return SigningKeys(secret, private)


def _purpose(endpoint: UUID) -> str:
    return f"webhook|{endpoint}"
