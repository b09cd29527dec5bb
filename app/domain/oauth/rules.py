"""Rules of codes, refresh tokens and scopes."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from app.db.tables.auth import RefreshToken
from app.domain.actor import Permission


def new_secret() -> str:
    """Return 256 random bits: too many to guess, so a plain hash is stored."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode(errors="backslashreplace")).digest()


LOOPBACK = re.compile(r"http://(127\.0\.0\.1|\[::1\])(:\d{1,5})?(?=[/?]|$)")


def matches_redirect(given: str, registered: str) -> bool:
    """Compare redirect URIs to the letter, but for the port on this device (RFC 8252 7.3)."""
    if given == registered:
        return True
    found, known = LOOPBACK.match(given), LOOPBACK.match(registered)
    if not found or not known:
        return False
    rest = (found[1], given[found.end() :])
    return rest == (known[1], registered[known.end() :])


class RefreshUse(StrEnum):
    """Result of the use of a refresh token."""

    FIRST = "first"
    RETRY = "retry"  # its answer was lost: the successor that nobody used is replaced
    REPLACED = "replaced"  # the answer of a retry took its place a moment ago
    THEFT = "theft"


def classify_use(
    leaf: RefreshToken, successors: Iterable[RefreshToken], at: datetime, grace: timedelta
) -> RefreshUse:
    """Decide on a token by its successors: their first use shows that the answer has arrived.

    Until then the answer may be lost, however long ago: a device goes offline for days.
    """
    if leaf.used_at is None:
        return RefreshUse.FIRST
    given = list(successors)
    if any(one.used_at is None for one in given):
        return RefreshUse.RETRY
    is_recent = at - leaf.used_at <= grace
    return RefreshUse.REPLACED if is_recent and not given else RefreshUse.THEFT


def requested_permissions(scope: str | None) -> frozenset[Permission] | None:
    """The permissions a scope names; None if it names none, which narrows nothing."""
    names = set((scope or "").split())
    return frozenset(Permission(name) for name in names) or None
