"""Addresses that no webhook may reach, and signatures that no receiver may take."""

import asyncio
import random
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from pathlib import Path
from unittest.mock import patch

import httpx

from app.domain.exchange.webhooks import targets
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.exchange.webhooks.signatures import sign_message
from app.domain.exchange.webhooks.transport import send_message
from app.domain.login.cookie_seal import CookieSeal
from app.settings import Settings
from tests.exchange import test_webhook_signatures as signatures
from tests.exchange.test_webhook_targets import NAMES, REFUSED

PUBLIC, INSIDE = "93.184.216.34", "127.0.0.1"
REBOUND, REDIRECTED = "https://rebound.example/", "https://redirected.example/"
ADDRESSES = (*REFUSED, REBOUND, REDIRECTED)


class Network(httpx.AsyncBaseTransport):
    """A network that writes down where a connection goes, and redirects inside."""

    def __init__(self) -> None:
        self.connected: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.connected.append(request.url.host)
        return httpx.Response(302, headers={"location": f"http://{INSIDE}/"})

    @property
    def count_inside(self) -> int:
        """Count the connections to anything but public addresses."""
        return sum(not _is_public(host) for host in self.connected)


def _is_public(host: str) -> bool:
    """Judge by the library alone, apart from the rules of the product."""
    try:
        return ip_address(host).is_global
    except ValueError:
        return False


async def reach_inside(folder: Path) -> Network:
    """Try to send a message to every address, on a network that is written down."""
    network, asked = Network(), list[str]()

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        if host == "rebound.example":  # public when judged, inside a moment later
            return [PUBLIC] if asked.count(host) == 1 else [INSIDE]
        return NAMES.get(host, [PUBLIC] if host == "redirected.example" else [INSIDE])

    seal = CookieSeal.from_settings(None, folder / "seal-key")
    settings = Settings(data=folder)
    webhooks = WebhookContext.of(settings, (), seal)
    object.__setattr__(webhooks, "resolve", resolve)
    async with httpx.AsyncClient(transport=network, follow_redirects=False) as client:
        for url in ADDRESSES:
            await send_message(client, webhooks, url, {}, b"{}")
    return network


def count_reached(folder: Path) -> tuple[int, int, int]:
    """Return how many addresses were tried, how many were inside and reached, how many public."""
    network = asyncio.run(reach_inside(folder))
    return len(ADDRESSES), network.count_inside, len(network.connected) - network.count_inside


def count_reached_without_judge(folder: Path) -> int:
    """Count what is reached where every address passes for a public one."""
    with patch.object(targets, "is_public", lambda text: True):
        return count_reached(folder)[1]


def count_accepted(times: int, seed: int, mangle: Callable[..., None] | None = None) -> int:
    """Count the mangled messages that the sample receiver takes; a fault shows as well."""
    dice, accepted = random.Random(seed), 0
    for _ in range(times):
        headers = dict(sign_message(
            [signatures.OLD], "msg_1", signatures.AT, signatures.BODY
        ))  # fmt: skip
        body = bytearray(signatures.BODY)
        if mangle is None and dice.random() < 0.2:
            body[dice.randrange(len(body))] ^= 1 << dice.randrange(8)
        else:
            (mangle or signatures._mangle)(headers, dice)
        accepted += signatures.is_accepted(headers, bytes(body))
    return accepted


def mangle_one_signature(headers: dict[str, str], dice: random.Random) -> None:
    """Leave one signature good: a receiver that takes it is right, and the count has to show it."""
    name = "webhook-signature"
    good, _, other = headers[name].partition(" ")
    headers[name] = f"{good} {signatures._change(other, dice)}"
