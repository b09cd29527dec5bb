"""The step of a sign-in: sealed in the form, opened for the same browser only."""

import hmac
import secrets
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from app.domain.login.cookie_seal import CookieSeal, fingerprint
from app.domain.login.errors import StartAgain

SECONDS = 300


class Stage(StrEnum):
    """Stage of a sign-in."""

    PASSWORD = "password"
    CODE = "code"
    ENROL = "enrol"
    RECOVERY = "recovery"  # the codes for a lost phone are shown
    UNIT = "unit"
    CONSENT = "consent"
    OUTSIDE = "outside"  # at the provider


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sign-in; what it holds was proved in the steps before."""

    stage: Stage
    asked: dict[str, str]  # the authorization request, as it came
    language: str
    browser: str = ""  # fingerprint of what the browser holds
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    account: str | None = None
    methods: tuple[str, ...] = ()
    signed_in_at: int | None = None
    unit: str | None = None  # for which the person signs in
    scope: str | None = None  # what the page of consent shows
    secret: str | None = None  # of the second factor that is being enrolled
    nonce: str | None = None
    verifier: str | None = None
    counter: str = ""  # of the tries at the password, forgotten when all is proved

    @property
    def account_id(self) -> UUID:
        assert self.account, "no step after the first is made without an account"
        return UUID(self.account)

    def next(self, stage: Stage, **proved: Any) -> Self:
        return replace(self, stage=stage, id=secrets.token_urlsafe(16), **proved)

    def close(self, seal: CookieSeal, held: str) -> str:
        """Close a step for the browser that holds this secret."""
        return seal.close("step", asdict(replace(self, browser=fingerprint(held))))


def open_step(seal: CookieSeal, closed: str, held: str, *stages: Stage) -> Step:
    """Open a step of the browser that it was made for, in time, and of a stage that fits."""
    told = seal.open("step", closed, seconds=SECONDS)
    step = Step(**told | {"stage": Stage(told["stage"]), "methods": tuple(told["methods"])})
    own = hmac.compare_digest(step.browser, fingerprint(held))
    if not own or (stages and step.stage not in stages):
        raise StartAgain()
    return step
