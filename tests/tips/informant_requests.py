"""Requests of informants."""

from typing import Any
from uuid import uuid4

import httpx

from app.domain.actor import Role
from tests.application import Application, Caller

TIPS = "/api/v1/public/tips"
WRITTEN = "Đêm qua có nhóm lạ mặt tụ tập trước kho hàng ở cuối ngõ."


def hand_in(
    who: Application | Caller, unit: Any, key: str | None = None, **over: Any
) -> httpx.Response:
    """Submit a tip, without a token unless a caller is given."""
    caller = who.nobody if isinstance(who, Application) else who
    headers = {"idempotency-key": key} if key is not None else {}
    return caller.post(TIPS, {"text": WRITTEN, "unit_code": str(unit)} | over, headers=headers)


def receipt(who: Application | Caller, unit: Any, **over: Any) -> str:
    """Submit a tip and return its receipt."""
    answer = hand_in(who, unit, **over)
    assert answer.status_code == 201, answer.text
    given: str = answer.json()["receipt"]
    return given


def follow(
    who: Application | Caller, receipt: str, what: str = "status", **more: Any
) -> httpx.Response:
    caller = who.nobody if isinstance(who, Application) else who
    return caller.post(f"{TIPS}/{what}", {"receipt": receipt} | more)


def new_key() -> str:
    return f"{uuid4()}{uuid4()}"


def special_zone(application: Application) -> str:
    """Return the code of a special zone on today's map."""
    found = application.national(Role.VIEWER).get("/api/v1/units", kind="special_zone", limit=1)
    code: str = found.json()["items"][0]["code"]
    return code
