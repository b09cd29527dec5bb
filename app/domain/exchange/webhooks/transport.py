"""Send one message: to the judged address itself, without redirects, within bounds."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
import structlog

from app.db.base import now
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.exchange.webhooks.rules import read_retry_after
from app.domain.exchange.webhooks.targets import Target, TargetRefused, resolve_target

TIMEOUT = 10.0  # seconds for all of it: the name, the connection, the answer
AGENT = "binhyen-webhooks/1"
LOG = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a receiver, or why there is none."""

    status: int | None = None
    failure: str | None = None
    retry_after: timedelta | None = None


@lru_cache
def load_trust() -> ssl.SSLContext:
    """Load the authorities that httpx trusts; once, for it takes longer than a message."""
    return httpx.create_ssl_context(trust_env=False)


def open_client() -> httpx.AsyncClient:
    """Return a client that follows nothing, takes nothing from the environment, keeps nothing."""
    limits = httpx.Limits(max_keepalive_connections=0)
    # a receiver's cookie would go to others at the same address
    cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    return httpx.AsyncClient(
        cookies=cookies,
        follow_redirects=False,
        trust_env=False,
        timeout=TIMEOUT,
        limits=limits,
        verify=load_trust(),
    )


async def send_message(
    client: httpx.AsyncClient, webhooks: WebhookContext, url: str, headers: Mapping[str, str],
    body: bytes,
) -> Answer:  # fmt: skip
    """Send a message; of the answer only its head is read."""
    try:
        async with asyncio.timeout(TIMEOUT):
            target = await resolve_target(url, webhooks.resolve, webhooks.hosts)
            return await _post(client, target, headers, body)
    except TargetRefused as refused:
        return Answer(failure=refused.code)
    except (TimeoutError, httpx.TimeoutException):
        return Answer(failure="webhook_timeout")
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return Answer(failure="webhook_not_reached")
    except Exception as error:  # whatever one receiver brings about, the others get theirs
        LOG.error("webhook_failed", exc_info=error)
        return Answer(failure="webhook_failed")


async def _post(
    client: httpx.AsyncClient, target: Target, headers: Mapping[str, str], body: bytes
) -> Answer:
    """Connect to the address that was judged; the certificate has to be that of the name."""
    address = f"[{target.address}]" if ":" in target.address else target.address
    parts = target.url._replace(netloc=f"{address}:{target.port}")
    request = client.build_request(
        "POST", parts.geturl(), content=body,
        headers={
            **headers, "host": target.url.netloc, "content-type": "application/json",
            "user-agent": AGENT,
        },
        extensions={"sni_hostname": target.host},
    )  # fmt: skip
    answer = await client.send(request, stream=True)
    try:
        retry_after = read_retry_after(answer.headers, now())
        return Answer(answer.status_code, None, retry_after)
    finally:
        await answer.aclose()
