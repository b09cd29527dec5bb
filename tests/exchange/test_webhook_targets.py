"""Webhooks are sent to public addresses only, whatever the spelling and whatever a name means."""

import asyncio
from collections.abc import Sequence

import pytest

from app.domain.exchange.webhooks.context import NAMES as RESOLVER
from app.domain.exchange.webhooks.targets import TargetRefused, resolve_target

REFUSED = (
    "https://127.0.0.1/", "https://127.1/", "https://0x7f.1/", "https://0x7f000001/",
    "https://2130706433/", "https://0177.0.0.1/", "https://127.0.0.1./", "https://0.0.0.0/",
    "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.1.1/", "https://100.64.0.1/",
    "https://169.254.169.254/", "https://169.254.170.2/", "https://224.0.0.1/",
    "https://255.255.255.255/", "https://198.18.0.1/", "https://192.0.0.192/", "https://168.63.129.16/",
    "https://240.0.0.1/", "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/", "https://[0:0:0:0:0:0:0:1]/", "https://[fc00::1]/",
    "https://[fd00:ec2::254]/", "https://[fe80::1]/", "https://[fe80::1%25eth0]/",
    "https://[ff02::1]/", "https://[64:ff9b::7f00:1]/", "https://[64:ff9b:1::a00:1]/",
    "https://[2002:7f00:1::]/", "https://[::7f00:1]/", "https://localhost/",
    "https://name.example./", "https://user@name.example/", "https://name.example\\@x.example/",
    "http://name.example/", "ftp://name.example/", "file:///etc/passwd", "https://name.example:22/",
    "https:///path", "https://inner.example/", "https://both.example/",
    "https://１２７.0.0.1/", "https://name.example/#fragment",
    "https://[::ffff:0:7f00:1]/", "https://[5f00::1]/", "https://[2606:4700::1%eth0]/",
    "https://name.example:0/", f"https://name.{'e' * 64}/",
)  # fmt: skip
NAMES = {
    "name.example": ["93.184.216.34"], "inner.example": ["10.1.2.3"],
    "both.example": ["93.184.216.34", "169.254.169.254"], "localhost": ["127.0.0.1"],
}  # fmt: skip


async def resolve(host: str, port: int) -> Sequence[str]:
    return NAMES.get(host, [])


@pytest.mark.parametrize("url", REFUSED)
def test_a_target_that_is_not_public_is_not_reached(url: str) -> None:
    with pytest.raises(TargetRefused):
        asyncio.run(resolve_target(url, resolve))


def test_a_public_name_is_resolved_once_and_its_address_pinned() -> None:
    calls: list[str] = []

    async def rebind(host: str, port: int) -> Sequence[str]:
        calls.append(host)
        return ["93.184.216.34"] if len(calls) == 1 else ["127.0.0.1"]

    found = asyncio.run(resolve_target("https://name.example/hook", rebind))
    assert (found.address, found.host, calls) == ("93.184.216.34", "name.example", ["name.example"])


def test_a_host_that_the_operator_lists_is_reached() -> None:
    found = asyncio.run(resolve_target("http://127.0.0.1:9000/", resolve, {"127.0.0.1"}))
    assert (found.address, found.port) == ("127.0.0.1", 9000)


def test_a_name_that_dns_cannot_carry_has_no_address() -> None:
    assert asyncio.run(RESOLVER.resolve(f"name.{'e' * 64}", 443)) == ()
