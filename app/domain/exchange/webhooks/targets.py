"""The addresses that webhooks may be sent to: public ones, unless the operator lists a host.

A name is resolved once, every address that it has is judged, and the connection goes to an address
that was judged; what the name means a moment later does not matter.
"""

import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

MAX_URL = 500
LABEL, TOP = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", r"[a-z][a-z0-9-]{0,61}[a-z0-9]"
HOST = re.compile(rf"(?=.{{1,253}}$)({LABEL}\.)+{TOP}")
PORTS = frozenset({443, 8443})
# addresses that carry an IPv4 address within them: 6to4, Teredo
CARRIERS = tuple(map(IPv6Network, ("2002::/16", "2001::/32")))
UNICAST = IPv6Network("2000::/3")  # all that is handed out; translators and relays lie beside it
# metadata services and relays, which some versions of the library count as public
BLOCKED = tuple(map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")))
Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class TargetRefused(Exception):
    """A webhook is not sent there; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Target:
    """A judged address: where to connect, and the name that the certificate has to state."""

    url: SplitResult
    host: str
    port: int
    address: str


def parse_target(url: str, listed: Collection[str] = ()) -> tuple[SplitResult, str, int]:
    """Return the parts of an address; refuse any spelling that two programs could read apart."""
    if len(url) > MAX_URL or not url.isascii() or not url.isprintable() or set(url) & set(" \\"):
        raise TargetRefused("webhook_url_spelling")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or ""), parts.port
    except ValueError:
        raise TargetRefused("webhook_url_spelling") from None
    if "@" in parts.netloc or parts.fragment or not host or port == 0:
        raise TargetRefused("webhook_url_spelling")
    known = host in listed
    if parts.scheme != "https" and not (known and parts.scheme == "http"):
        raise TargetRefused("webhook_url_not_https")
    port = port or (443 if parts.scheme == "https" else 80)
    if not known and port not in PORTS:
        raise TargetRefused("webhook_url_port")
    if not known and not HOST.fullmatch(host) and not _is_canonical(host):
        raise TargetRefused("webhook_url_spelling")
    return parts, host, port


def check_target(url: str, listed: Collection[str] = ()) -> None:
    """Refuse an address by its spelling alone; what a name means is judged at each message."""
    _, host, _ = parse_target(url, listed)
    if _is_canonical(host) and host not in listed and not is_public(host):
        raise TargetRefused("webhook_address_not_public")


async def resolve_target(url: str, resolve: Resolve, listed: Collection[str] = ()) -> Target:
    """Resolve an address once; refuse a name of which any address is not public."""
    parts, host, port = parse_target(url, listed)
    found = [host] if _is_canonical(host) else list(await resolve(host, port))
    if not found:
        raise TargetRefused("webhook_host_unknown")
    if host not in listed and not all(is_public(one) for one in found):
        raise TargetRefused("webhook_address_not_public")
    return Target(parts, host, port, found[0])


def is_public(text: str) -> bool:
    """Return whether an address is one of the public network, and carries no other within."""
    try:
        address: Address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address.scope_id or address not in UNICAST or any(address in one for one in CARRIERS):
            return False
        return address.is_global
    if any(address in one for one in BLOCKED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_canonical(host: str) -> bool:
    """Return whether a host is an address in its one usual spelling."""
    try:
        return str(ip_address(host)) == host
    except ValueError:
        return False
