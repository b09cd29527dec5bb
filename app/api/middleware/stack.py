"""The middleware stack and its order."""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from app.api.middleware.access_log import AccessLog
from app.api.middleware.concurrency_limit import ConcurrencyLimit
from app.api.middleware.error_boundary import ErrorBoundary
from app.api.middleware.head_requests import HeadRequests
from app.api.middleware.rate_budgets import RateBudgets
from app.api.middleware.rate_limit import RateLimitMiddleware
from app.api.middleware.refusals import RefusalTally
from app.api.middleware.request_limits import RequestSizeLimit
from app.api.middleware.root_path import RootPath
from app.settings import Settings

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
REQUEST_HEADERS = (
    "authorization", "content-type", "if-match", "if-none-match", "idempotency-key",
    "accept-language", "x-request-id", "file-name",
)  # fmt: skip
EXPOSED_HEADERS = (
    "etag", "location", "x-request-id", "retry-after", "ratelimit", "ratelimit-policy",
    "idempotency-replayed", "content-disposition",
)  # fmt: skip


def add_middleware(app: FastAPI, settings: Settings) -> None:
    """Add the middleware from the inside out: cheaper refusals come first, further outside."""
    app.add_middleware(HeadRequests)
    rates = RateBudgets(settings)
    if rates.budgets:
        app.add_middleware(
            RateLimitMiddleware, rates=rates, trusted_proxies=settings.trusted_proxies
        )
    app.add_middleware(
        RequestSizeLimit, most_bytes=settings.most_bytes, seconds=settings.body_seconds,
        most_attachment=settings.most_attachment_bytes,
    )  # fmt: skip
    app.add_middleware(ErrorBoundary)
    app.add_middleware(
        ConcurrencyLimit, most=settings.most_at_once, citizens=settings.citizens_at_once,
        trusted_proxies=settings.trusted_proxies,
    )  # fmt: skip
    if settings.cors_origins:  # outside of all that refuses: a frontend may read why
        app.add_middleware(
            CORSMiddleware, allow_origins=settings.cors_origins, allow_methods=METHODS,
            allow_headers=REQUEST_HEADERS, expose_headers=EXPOSED_HEADERS,
            max_age=settings.cors_seconds,
        )  # fmt: skip
    app.state.refusals = RefusalTally()
    app.add_middleware(AccessLog, tally=app.state.refusals)
    if settings.root_path:
        app.add_middleware(RootPath, prefix=settings.root_path)
