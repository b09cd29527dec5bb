"""The source of a request: the address it comes from, and a counter that tells nobody of it."""

import secrets
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from app.api.deps import app_state

OF_THIS_PROCESS = secrets.token_bytes(32)


def find_address(scope: Scope, headers: Headers, proxies: int) -> str:
    """Find the address of the caller's network."""
    peer = scope.get("client") or ("", 0)
    return _network(address_of(peer[0], headers, proxies))


def find_own_address(request: HTTPConnection) -> str:
    """Find the address of a request, as the settings say who may be believed."""
    proxies = app_state(request).settings.trusted_proxies
    return find_address(request.scope, request.headers, proxies)


def find_counter(request: HTTPConnection) -> str:
    """Find the counter of a request's address, which stays in this process."""
    return counter_key(find_own_address(request))


def address_of(peer: str, headers: Headers, proxies: int) -> str:
    """The address a request comes from, as the outermost trusted proxy saw it."""
    said = [one.strip() for line in headers.getlist("x-forwarded-for") for one in line.split(",")]
    return said[-proxies] if 0 < proxies <= len(said) else peer


def counter_key(address: str) -> str:
    """Return a counter of an address; the address is not stored and cannot be recovered."""
    return blake2b(_network(address).encode(), key=OF_THIS_PROCESS, digest_size=2).hexdigest()


def _network(address: str) -> str:
    """An IPv6 caller has at least a /64 to choose from, so that is what counts as one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else found.packed[:8].hex()
