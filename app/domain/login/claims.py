"""Checks of the claims of an external provider's ID token."""

import time
from dataclasses import dataclass
from typing import Any

from app.domain.login.errors import ProviderRefused

LEEWAY = 30  # seconds of allowed clock skew
MANY_FACTORS = frozenset({"mfa", "otp", "hwk"})


@dataclass(frozen=True, slots=True)
class ExternalIdentity:
    """An identity that the external provider proved, under its own subject."""

    subject: str
    many_factors: bool  # as claimed; the settings decide whether it counts


def check_claims(
    claims: dict[str, Any], *, issuer: str, client_id: str, nonce: str
) -> ExternalIdentity:
    """OpenID Connect Core 3.1.3.7, each point by name; the signature was checked before."""
    audience, at = claims.get("aud"), time.time()
    named = audience if isinstance(audience, list) else [audience]
    azp = claims.get("azp", client_id if len(named) == 1 else None)
    subject, methods = claims.get("sub"), claims.get("amr")
    if not (
        claims.get("iss") == issuer
        and client_id in named
        and azp == client_id
        and claims.get("nonce") == nonce
        and _number(claims.get("exp")) > at - LEEWAY
        and 0 < _number(claims.get("iat")) < at + LEEWAY
        and isinstance(subject, str)
        and 0 < len(subject) <= 300
        and subject.isprintable()
    ):
        raise ProviderRefused()
    told = {m for m in methods if isinstance(m, str)} if isinstance(methods, list) else set()
    return ExternalIdentity(subject, not MANY_FACTORS.isdisjoint(told))


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
