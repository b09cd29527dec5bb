"""Refusals under load: made beforehand, and counted instead of logged one by one."""

import asyncio
from collections import Counter

import orjson
import structlog
from starlette.datastructures import Headers
from starlette.types import Scope, Send

from app.api.errors import HEADERS, body_of
from app.api.http_errors import OverloadError
from app.api.languages import language_of
from app.domain.errors import Language

LOG = structlog.get_logger()
REFUSED = "refused"  # under this name a scope says why its request was refused unseen
SECONDS = 1.0


class RefusalTally:
    """Counts refusals by their reason, and logs one line for each reason a second."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def count(self, reason: str) -> None:
        """Count one refusal; the first of a second starts it."""
        if not self._counts:
            asyncio.get_running_loop().call_later(SECONDS, self.flush)
        self._counts[reason] += 1

    def flush(self) -> None:
        """Log what was counted."""
        for reason, count in sorted(self._counts.items()):
            LOG.warning("requests_refused", reason=reason, count=count)
        self._counts.clear()


def _write_body(language: Language) -> bytes:
    return orjson.dumps(body_of(OverloadError(), language))


BODIES: dict[Language, bytes] = {"vi": _write_body("vi"), "en": _write_body("en")}


def _write_headers(body: bytes) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"retry-after", HEADERS[503]["retry-after"].encode()),
        (b"vary", b"Accept-Language"),
    ]


START = {language: _write_headers(body) for language, body in BODIES.items()}


async def send_overload(scope: Scope, send: Send, reason: str) -> None:
    """Refuse a request before anything is done for it."""
    scope[REFUSED] = reason
    language = language_of(Headers(scope=scope))
    await send({"type": "http.response.start", "status": 503, "headers": START[language]})
    await send({"type": "http.response.body", "body": BODIES[language]})
