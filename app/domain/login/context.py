"""The context and the responses of the sign-in pages."""

from dataclasses import dataclass, field
from typing import Any

from app.db.session import Database
from app.domain.errors import DomainError
from app.domain.login.cookie_seal import CookieSeal
from app.domain.login.errors import SignInBusy
from app.domain.login.provider import Provider
from app.domain.login.steps import Step
from app.domain.turns import FairGate
from app.settings import Settings

MAX_HASHES, MAX_WAITING = 4, 48  # each takes 19 MB and a core


@dataclass(frozen=True, slots=True)
class LoginContext:
    """Lives as long as the application."""

    database: Database
    seal: CookieSeal
    settings: Settings
    provider: Provider | None = None
    turns: FairGate = field(default_factory=lambda: FairGate(MAX_HASHES, MAX_WAITING, SignInBusy))

    @property
    def returns_to(self) -> str:
        """Return the redirect URI for the external provider."""
        return f"{self.settings.issuer.rstrip('/')}/oauth/external"


@dataclass(frozen=True, slots=True)
class Page:
    """The next page: its step, sealed for the holder of the secret, and the error."""

    step: Step
    closed: str
    held: str
    facts: dict[str, Any] = field(default_factory=dict)
    fault: DomainError | None = None


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect of the browser; to a provider it carries a sealed step."""

    url: str
    held: str | None = None
    device: str | None = None  # for a browser in which somebody has just signed in


LoginResponse = Page | Redirect
