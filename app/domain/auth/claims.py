"""Claims of an access token, and the actor that they describe."""

import base64
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.domain.actor import Actor, Level, Permission, Role

LEEWAY = 5  # seconds of allowed clock skew


def build_claims(actor: Actor) -> dict[str, Any]:
    """Return the claims of an actor, without personal data."""
    said = {
        "sub": actor.subject,
        "client_id": actor.client,
        "sid": str(actor.session),
        "ver": actor.session_version,
        "roles": sorted(actor.roles),
        "unit": str(actor.unit_id),
        "level": actor.level.value,
        "scope": " ".join(sorted(actor.permissions)),
        "purpose": list(actor.purposes),
    }
    if actor.signed_in_at:
        said |= {"amr": list(actor.methods), "auth_time": int(actor.signed_in_at.timestamp())}
    return said


def actor_of(claims: Mapping[str, Any]) -> Actor:
    """Return the actor of claims; refuse claims of a wrong type."""
    if claims["iat"] > time.time() + LEEWAY:
        raise ValueError("Issued in the future.")
    signed_in = claims.get("auth_time")
    return Actor.within(
        _permissions(claims["scope"]),
        subject=claims["sub"],
        roles=frozenset(Role(role) for role in _texts(claims["roles"])),
        level=Level(claims["level"]),
        unit_id=UUID(claims["unit"]),
        client=_texts([claims["client_id"]])[0],
        purposes=_texts(claims["purpose"]),
        session=UUID(claims["sid"]),
        session_version=parse_whole(claims["ver"]),
        methods=_texts(claims.get("amr", [])),
        signed_in_at=None
        if signed_in is None
        else datetime.fromtimestamp(parse_whole(signed_in), UTC),
    )


def _permissions(scope: Any) -> frozenset[Permission]:
    """Return the known permissions that a scope names."""
    named = set(_texts([scope])[0].split())
    return frozenset(permission for permission in Permission if permission in named)


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError("Not a list of words.")
    return tuple(values)


def parse_whole(number: Any) -> int:
    """A whole number, which neither text nor truth is."""
    if type(number) is not int:
        raise ValueError("Not a whole number.")
    return number


def reject_duplicates(token: str) -> None:
    """Refuse duplicate members: readers would disagree on their meaning."""
    for part in token.split(".")[:2]:
        text = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        json.loads(text, object_pairs_hook=_object)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("A member is repeated.")
    return found
