"""A request as the protocol library takes it."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from authlib.oauth2.rfc6749 import OAuth2Payload, OAuth2Request

MAX_PARAMETERS = 30  # parameters in one request
FORM = "application/x-www-form-urlencoded"
UNREADABLE = "Basic Og=="  # a name and a secret of nothing
TLS = "https://authorization"  # it ends at the proxy; the library wants to hear of it


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """A token request as received over HTTP, before any check."""

    method: str
    pairs: tuple[tuple[str, str], ...]
    authorization: str = ""

    @property
    def has_duplicates(self) -> bool:
        """Return whether a parameter is repeated, which OAuth forbids."""
        return len({name for name, _ in self.pairs}) < len(self.pairs)


def parse_form(kind: str, body: bytes, authorization: str = "") -> TokenRequest | None:
    """Parse the form of a request; return None if it is none or unreadable."""
    if kind.partition(";")[0].strip().lower() != FORM:
        return None
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MAX_PARAMETERS)
    except ValueError:
        return None
    return TokenRequest("POST", tuple(pairs), _basic(authorization))


def _basic(authorization: str) -> str:
    """Credentials by HTTP Basic, which the library takes to be well-formed."""
    scheme, _, given = authorization.strip().partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        base64.b64decode(given.strip(), validate=True).decode()
    except ValueError:
        return UNREADABLE
    return f"Basic {given.strip()}" if given.strip() else UNREADABLE


class _RequestPayload(OAuth2Payload):  # type: ignore[misc]
    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._data = dict(pairs)

    @property
    def data(self) -> dict[str, str]:
        return self._data

    @property
    def datalist(self) -> dict[str, list[str]]:
        return {name: [value] for name, value in self._data.items()}


class ProtocolRequest(OAuth2Request):  # type: ignore[misc]
    """A request whose parameters, wherever they stood, each stand once."""

    def __init__(self, asking: TokenRequest) -> None:
        headers = {"Authorization": asking.authorization} if asking.authorization else {}
        super().__init__(asking.method, TLS, headers=headers)
        self.payload = _RequestPayload(asking.pairs)

    @property
    def form(self) -> Mapping[str, str]:
        data: Mapping[str, str] = self.payload.data
        return data
