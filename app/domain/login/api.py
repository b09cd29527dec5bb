"""API declaration of self-service: profile, password, second factor."""

from typing import Any

from app.domain.auth.me import about_me
from app.domain.login import self_service
from app.domain.operations import Operation, figure
from app.domain.resources import Resource

# Each has its own transactions, and an idempotency key would store secrets.
HASHED = 200  # a slow hash, or two
OWN: dict[str, Any] = {"tag": "me", "idempotent": False, "no_store": True}

RESOURCES: tuple[Resource, ...] = ()
OPERATIONS = (
    figure(about_me, "me", name="me", tag="me", cost=5),
    Operation(self_service.change_password, "me/password", cost=HASHED, **OWN),
    Operation(self_service.start_totp, "me/totp", cost=HASHED, **OWN),
    Operation(self_service.confirm_totp, "me/totp/confirm", **OWN),
)
