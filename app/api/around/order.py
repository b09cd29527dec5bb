"""The layers around the doors, and in which order a request passes them."""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from app.api.around.admitted import Admitted
from app.api.around.answered import Answered
from app.api.around.limited import Limited
from app.api.around.noted import Noted
from app.api.around.rates import Rates
from app.api.around.sized import Sized
from app.settings import Settings

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
SENT = (
    "authorization", "content-type", "if-match", "if-none-match", "idempotency-key",
    "accept-language", "x-request-id", "file-name",
)  # fmt: skip
SHOWN = (
    "etag", "location", "x-request-id", "retry-after", "ratelimit", "ratelimit-policy",
    "idempotency-replayed", "content-disposition",
)  # fmt: skip


def surround(app: FastAPI, settings: Settings) -> None:
    """From the doors outwards: what is cheaper to refuse is refused before, by a layer outside."""
    rates = Rates(settings)
    if rates.budgets:
        app.add_middleware(Limited, rates=rates, trusted_proxies=settings.trusted_proxies)
    app.add_middleware(Admitted, most=settings.most_at_once)
    app.add_middleware(
        Sized, most_bytes=settings.most_bytes, seconds=settings.body_seconds,
        most_attachment=settings.most_attachment_bytes,
    )  # fmt: skip
    app.add_middleware(Answered)
    if settings.cors_origins:  # outside of all that refuses: a frontend may read why
        app.add_middleware(
            CORSMiddleware, allow_origins=settings.cors_origins, allow_methods=METHODS,
            allow_headers=SENT, expose_headers=SHOWN, max_age=settings.cors_seconds,
        )  # fmt: skip
    app.add_middleware(Noted)
