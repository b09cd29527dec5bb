"""Rate limit: by the verified token, or by the address without one."""

from typing import cast

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.deps import AppState
from app.api.http_errors import TooManyRequests
from app.api.middleware.rate_budgets import ACCOUNT, ADDRESS, CLIENT, SIGN_IN, RateBudgets
from app.api.middleware.refusals import REFUSED
from app.api.middleware.request_kinds import PROBES
from app.api.sources import counter_key, find_address
from app.domain.actor import Actor
from app.domain.errors import Unauthenticated

ASSET_PATHS = "/assets/pages/"  # small, a page has many of them, many people share one address
SECRETS_CHECKED = "/oauth/"


class RateLimitMiddleware:
    """Refuses who asks too often, before anything is parsed and before the database hears of it."""

    def __init__(self, app: ASGIApp, rates: RateBudgets, trusted_proxies: int) -> None:
        self.app, self.rates, self.trusted_proxies = app, rates, trusted_proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_free(scope["path"]):
            try:
                await self._spend(scope, Headers(scope=scope))
            except TooManyRequests as refusal:
                scope[REFUSED] = f"too many of one {refusal.facts['budget']}"
                raise
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
        return counter_key(find_address(scope, headers, self.trusted_proxies))


def _is_free(path: str) -> bool:
    return path in PROBES or (path.startswith(ASSET_PATHS) and ".." not in path)


def _verify_client(scope: Scope, headers: Headers) -> Actor | None:
    """Return the client of a verified token: an unverified claim could spend another's budget."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    try:
        return cast(AppState, scope["app"].state.resources).tokens.actor(token)
    except Unauthenticated:
        return None
