"""Rate limit: by the verified token, or by the address without one."""

import secrets
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from typing import cast

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.deps import AppState
from app.api.middleware.concurrency_limit import FREE
from app.api.middleware.rate_budgets import ACCOUNT, ADDRESS, CLIENT, SIGN_IN, RateBudgets
from app.domain.actor import Actor
from app.domain.errors import Unauthenticated

ASSET_PATHS = "/assets/pages/"  # small, a page has many of them, many people share one address
SECRETS_CHECKED = "/oauth/"
OF_THIS_PROCESS = secrets.token_bytes(32)


class RateLimitMiddleware:
    """Refuses who asks too often, before anything is parsed and before the database hears of it."""

    def __init__(self, app: ASGIApp, rates: RateBudgets, trusted_proxies: int) -> None:
        self.app, self.rates, self.trusted_proxies = app, rates, trusted_proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_free(scope["path"]):
            await self._spend(scope, Headers(scope=scope))
        await self.app(scope, receive, send)

    async def _spend(self, scope: Scope, headers: Headers) -> None:
        if scope["path"].startswith(SECRETS_CHECKED):
            await self.rates.spend(SIGN_IN, self._counter(scope, headers))
        elif actor := _verify_client(scope, headers):
            # the account first: one that is refused takes nothing from others of its client
            await self.rates.spend(ACCOUNT, actor.subject)
            await self.rates.spend(CLIENT, actor.client)
        else:
            await self.rates.spend(ADDRESS, self._counter(scope, headers))

    def _counter(self, scope: Scope, headers: Headers) -> str:
        peer = scope.get("client") or ("", 0)
        return counter_key(address_of(peer[0], headers, self.trusted_proxies))


def _is_free(path: str) -> bool:
    return path in FREE or (path.startswith(ASSET_PATHS) and ".." not in path)


def _verify_client(scope: Scope, headers: Headers) -> Actor | None:
    """Return the client of a verified token: an unverified claim could spend another's budget."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    try:
        return cast(AppState, scope["app"].state.resources).tokens.actor(token)
    except Unauthenticated:
        return None


def address_of(peer: str, headers: Headers, proxies: int) -> str:
    """The address a request comes from, as the outermost trusted proxy saw it."""
    said = [one.strip() for line in headers.getlist("x-forwarded-for") for one in line.split(",")]
    return said[-proxies] if 0 < proxies <= len(said) else peer


def counter_key(address: str) -> str:
    """Return a counter of an address; the address is not stored and cannot be recovered.

    An IPv6 caller has at least a /64 to choose from, so that is what counts as one.
    """
    try:
        found = ip_address(address)
    except ValueError:
        found = None
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        address = str(mapped) if mapped else found.packed[:8].hex()
    return blake2b(address.encode(), key=OF_THIS_PROCESS, digest_size=2).hexdigest()
